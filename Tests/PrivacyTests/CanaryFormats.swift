import Foundation
import TestSupport

/// A pipeline over extracts in all the formats that know their columns, and rows with every fault.
final class CanaryFormats: PlantedRegion {
  let folder: TemporaryFolder
  let flock: [Canary]
  private(set) var search = CanarySearch()
  private(set) var identifierCount = 0
  /// Files that are refused as a whole, and how each would be read.
  private(set) var broken: [(read: String, bytes: [UInt8])] = []

  init() throws {
    folder = try TemporaryFolder()
    flock = Canary.flock(100, seed: 43)
    identifierCount = search.add(flock)
    for name in [".home", ".tmp"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name),
        withIntermediateDirectories: true
      )
    }
    let documents = CanaryDocuments(flock: flock)
    let messages = try CanaryMessages(flock: flock).files()
    for (name, bytes) in documents.files { try folder.write(bytes, to: "given/in/\(name)") }
    for message in messages where !message.isBroken {
      try folder.write(message.bytes, to: "given/in/\(message.name)")
    }
    broken = documents.broken
    broken.append(
      (read: "xml, record: export/case, schema: codes/cases.xsd", bytes: Array(cases.utf8))
    )
    for message in messages where message.isBroken {
      broken.append((read: message.read, bytes: message.bytes))
    }
    try folder.write(rows, to: "given/in/rows.csv")
    let objectors = flock[10..<16].map { "\($0.surname);\($0.bsn);\($0.mail)\n" }.joined()
    try folder.write(("name;bsn;mail\n" + objectors).utf8, to: "given/in/bezwaar.csv")
    for (place, number) in [flock[0].bsn, flock[99].bsn, flock[0].phone].enumerated() {
      try folder.write("\(number)\n".utf8, to: "given/in/asked-\(place)")
    }
    try folder.write(Self.schema.utf8, to: "given/codes/cases.xsd")
    try folder.write(Self.pipeline.utf8, to: "given/formats.yaml")
  }

  /// Rows with each fault that a row of values can have.
  private var rows: [UInt8] {
    var bytes = Array("bsn;surname;day;birth;amount;n;code;postcode\n".utf8)
    for (place, canary) in flock.enumerated() {
      let (bsn, name, word) = (canary.bsn, canary.surname, canary.surname.dropFirst(2))
      func row(_ bsn: String, _ name: String, _ day: String, _ rest: String) {
        bytes += Array("\(bsn);\(name);\(day);\(rest)\n".utf8)
      }
      let sound = "\(canary.birthDate);1;1;A;\(canary.postcode)"
      row(bsn, name, "2026-08-02", sound)
      switch place % 21 {
      case 0: row("", name, canary.birthDate, sound)
      case 1:
        bytes += Array("\(bsn);\(name)".utf8) + [0xC3, 0x28] + Array(";2026-08-02;\(sound)\n".utf8)
      // In the first 4 KiB it would be the whole file's.
      case 2 where place > 60: row(bsn, "\(name)\u{0}", "2026-08-02", sound)
      case 3: row(bsn, "\(name)\u{1}", "2026-08-02", sound)
      case 4: row(bsn, "\"\(name)\"\(canary.iban)", "2026-08-02", sound)
      case 5: row(bsn, name, "2026-08-02", "\(canary.mail)")
      case 6: row(bsn, String(repeating: name, count: 600), "2026-08-02", sound)
      case 7: row(canary.client, name, "2026-08-02", sound)
      case 8:
        row(bsn, name, "2026-08-02", "\(canary.birthDate);\(canary.iban);1;A;\(canary.postcode)")
      case 9: row(bsn, name, canary.phone, sound)
      case 10: row(bsn, name, "19\(word)", sound)
      case 11: row(bsn, name, "2026-08-02", "2099-01-01;1;1;A;\(canary.postcode)")
      case 12: row(bsn, name, "2026-08-02", "\(canary.birthDate);1;1;\(name);\(canary.postcode)")
      case 13:
        row(bsn, name, "2026-08-02", "\(canary.birthDate);1;\(canary.phone);A;\(canary.postcode)")
      case 14: row(bsn, "Ж\(name)Ж", "2026-08-02", sound)
      case 15: row(bsn, String(repeating: name, count: 20), "2026-08-02", sound)
      case 16: row(bsn, name, "2026-08-02", "\(canary.birthDate);1;1;A;\(canary.postcode)\(name)")
      case 17: row(String(bsn.dropLast()) + "X", name, "2026-08-02", sound)
      case 18: row(bsn, name, "2026-08-02", sound)
      case 19:
        row(bsn, name, "2026-08-02", "\(canary.birthDate);1;\(canary.mail);A;\(canary.postcode)")
      default: row(String(bsn.reversed()), name, "2026-08-02", sound)
      }
    }
    return bytes
  }

  /// Documents of which one breaches the schema by a name, so that libxml2 has something to quote.
  private var cases: String {
    let cases = flock.prefix(40).enumerated().map { place, canary in
      "<case bsn=\"\(canary.bsn)\"><amount>\(place == 39 ? canary.surname : "12")</amount></case>"
    }
    return "<export>\n\(cases.joined(separator: "\n"))\n</export>\n"
  }

  private static let schema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:element name="export"><xs:complexType><xs:sequence><xs:element name="case" maxOccurs="unbounded">
    <xs:complexType><xs:sequence><xs:element name="amount" type="xs:integer"/></xs:sequence>
    <xs:attribute name="bsn" type="xs:string"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
    </xs:element></xs:schema>
    """
}
