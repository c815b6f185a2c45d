import Foundation
import TestSupport
import Testing

/// Faulty extracts about people who exist in no other file: whatever of them comes out, leaked.
enum NightFaults {
  /// The words that stand in every planted row or message.
  static var planted: NightClearValues {
    var values = NightClearValues()
    for word in [
      "kanarie", "111222333", "120459787", "1912-03-04", "19120304", "04-03-1912", "9876zx",
      "9876 zx", "piepstra", "sijsje",
    ] {
      values.plant(word)
    }
    return values
  }

  /// A file that refuses a delivery as a whole.
  struct File: Sendable, CustomTestStringConvertible {
    enum Place: String, Sendable {
      case register = "sample-data/register/register.csv.gz"
      case message = "sample-data/support/planted.xml"
    }

    let name: String
    let place: Place
    let bytes: @Sendable ([UInt8]) -> [UInt8]

    var testDescription: String { name }
    var isMessage: Bool { place == .message }

    /// Puts the file in its place; a register keeps its other rows.
    func plant(in region: NightRegion) throws {
      switch place {
      case .register:
        let text = try gunzipped(region.folder.file(place.rawValue))
        try gzip(bytes(Array(text.utf8)), to: place.rawValue, in: region.folder)
      case .message: try region.folder.write(bytes([]), to: place.rawValue)
      }
    }
  }

  // bsn;a_number;surname;prefix;first_names;initials;birth_date;sex;postcode;house_number;
  // house_letter;neighbourhood;district;municipality;partner_surname;remark;moved_in;moved_out
  private static let row =
    "111222333;1112223339;Kanarie;de;Sijsje;S;1912-03-04;V;9876ZX;17;;BU90010101;WK900101;GM9001;"
    + "Piepstra;Kanarie;2020-03-01;"

  /// Adds rows to the register, each faulty in another way.
  static func plantRows(in region: NightRegion) throws {
    let name = File.Place.register.rawValue
    var bytes = Array(try gunzipped(region.folder.file(name)).utf8)
    let changes = [
      ("111222333;", "120459787;"), ("111222333;", "Kanarie;"), ("111222333;", ";"),
      ("1912-03-04", "1912-13-04 Kanarie"), ("1912-03-04", "04-03-1912"), ("1912-03-04", "Sijsje"),
      (";V;", ";Kanarie;"), ("9876ZX;17", "9876 ZX KANARIE;17"), (";17;", ";111222333;"),
      (";17;", ";17 Kanarie;"), ("BU90010101", "Kanarie"), ("GM9001", "111222333"),
      (";Kanarie;de", ";Kan\"arie\"Kanarie;de"), (";Kanarie;de", ";\"Kanarie\"Piepstra;de"),
      (";Kanarie;de", ";Kanarie\u{1}\u{7}Kanarie;de"), (";Kanarie;de", ";Канарейка Kanarie;de"),
      (";Kanarie;de", ";\(String(repeating: "Kanarie", count: 200));de"), (";de;", ";de;Kanarie;"),
      (";Piepstra;Kanarie;2020-03-01", ""), ("111222333;1112223339", "111222333"),
      (";Kanarie;de", ";;de"),
    ]
    for (old, new) in changes {
      bytes += Array(row.replacingOccurrences(of: old, with: new).utf8) + [0x0A]
    }
    let (before, after) = (Array("111222333;;Kanarie".utf8), Array(";Piepstra;1912-03-04\n".utf8))
    for fault in [[0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0x00], [0xF8, 0x88]] as [[UInt8]] {
      bytes += before + fault + after
      bytes += Array(row.utf8) + fault + [0x0A]
    }
    // A quote that is opened and never closed, at the very end.
    bytes += Array("111222333;;\"Kanarie;de;Sijsje;S;1912-03-04;V;9876ZX;17\n".utf8)
    try gzip(bytes, to: name, in: region.folder)
  }

  static let files: [File] = [
    File(name: "a register without its header", place: .register) { _ in
      Array((row + "\n" + row + "\n").utf8)
    },
    File(name: "a header that tells a person", place: .register) { bytes in
      Array("bsn;Kanarie;111222333;surnam;Bsn Piepstra\n".utf8) + bytes
    },
    File(name: "a header with a name that is almost a column's", place: .register) { _ in
      Array((row.replacingOccurrences(of: "Sijsje", with: "birth_date") + "\n").utf8)
    },
    File(name: "a header with an open quote", place: .register) { bytes in
      Array("\"Kanarie;111222333\n".utf8) + bytes
    },
    File(name: "a header that is not UTF-8", place: .register) { bytes in
      Array("bsn;Kanarie 111222333 ".utf8) + [0xFF, 0x0A] + bytes
    },
    File(name: "a NUL at the start", place: .register) { _ in
      Array("bsn;111222333;Kanarie".utf8) + [0] + Array("Piepstra".utf8)
    },
    File(name: "UTF-16", place: .register) { _ in
      [0xFF, 0xFE] + row.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    },
    message("a tag that is not closed", "<Bsn>111222333<Naam>Kanarie</Bsn>"),
    message("an element of that name", "<Kanarie><Bsn>111222333</Kanarie2></Kanarie>"),
    message("an entity of that name", "<Naam>&Kanarie; &Piepstra;</Naam>"),
    message("an attribute without quotes", "<Naam x=Kanarie y='111222333>1912-03-04</Naam>"),
    message("an attribute twice", "<Naam Kanarie='111222333' Kanarie='Piepstra'/>"),
    message("a prefix that is not declared", "<Kanarie:Naam>Piepstra</Kanarie:Naam></Bericht>x"),
    message("a character reference that is none", "<Naam>Kanarie&#x111222333;</Naam>"),
    message("CDATA that is not closed", "<![CDATA[Kanarie 111222333 1912-03-04"),
    message("an instruction that is not closed", "<?Kanarie 111222333 Piepstra"),
    File(name: "a type declaration", place: .message) { _ in
      let type = "<!DOCTYPE Kanarie [<!ENTITY Piepstra 'Kanarie 111222333'>]>"
      return Array("\(type)<Bericht>&Piepstra;</Bericht>".utf8)
    },
    File(name: "another root", place: .message) { _ in
      Array("<Kanarie xmlns='http://111222333/Piepstra'><Bsn>111222333</Bsn></Kanarie>".utf8)
    },
    File(name: "a root of the standard's name space with a name in it", place: .message) { _ in
      let space = "http://www.istandaarden.nl/iwmo/3_2/Kanarie111222333/schema"
      return Array("<Bericht xmlns='\(space)'/>".utf8)
    },
    File(name: "a message code that is a name", place: .message) { _ in
      let space = "http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"
      let header = "<Header><BerichtCode>Kanarie 111222333</BerichtCode></Header>"
      return Array("<Bericht xmlns='\(space)'>\(header)</Bericht>".utf8)
    },
    File(name: "a CSV in the place of a message", place: .message) { _ in Array(row.utf8) },
    File(name: "an encoding of that name", place: .message) { _ in
      Array("<?xml version='1.0' encoding='Kanarie111222333'?><Bericht/>".utf8)
    },
  ]

  private static func message(_ name: String, _ text: String) -> File {
    File(name: name, place: .message) { _ in
      let space = "http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"
      return Array("<Bericht xmlns='\(space)'><Header/><Client>\(text)".utf8)
    }
  }
}
