import Diagnostics
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

@Suite("Hostile XML")
struct HostileXMLTests {
  let extract = Extract.iwmo([column("bsn", .bsn), column("surname", .name)])
  let good = Message(clients: Message.client(Message.assignment))

  private func withProlog(_ prolog: String, surname: String = "Gaastra") -> String {
    var message = good
    message.prologue += prolog
    return message.text.replacing("Gaastra", with: surname)
  }

  @Test("any document type refuses the file")
  func doctype() {
    for prolog in [
      "<!DOCTYPE Bericht>", "<!DOCTYPE Bericht SYSTEM \"file:///etc/passwd\">",
      "<!DOCTYPE Bericht [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
      "<!DOCTYPE Bericht SYSTEM \"http://127.0.0.1:1/x.dtd\" [<!ELEMENT a ANY>]>",
    ] {
      let refusal = extract.refusal(of: withProlog(prolog))
      #expect(refusal.hasPrefix("found a document type declaration"), "\(refusal)")
    }
  }

  @Test("an entity bomb is refused before it goes off")
  func entityBomb() {
    var bomb = "<!DOCTYPE Bericht [<!ENTITY a0 \"aaaaaaaaaa\">"
    for level in 1...30 {
      let inner = String(repeating: "&a\(level - 1);", count: 10)
      bomb += "<!ENTITY a\(level) \"\(inner)\">"
    }
    let refusal = extract.refusal(of: withProlog(bomb + "]>", surname: "&a30;"))
    #expect(refusal.hasPrefix("found a document type declaration"), "\(refusal)")
    // Parameter entities are expanded within the declaration itself.
    var parameters = "<!DOCTYPE Bericht [<!ENTITY % p0 \"<!ELEMENT x ANY>\">"
    for level in 1...30 {
      let inner = String(repeating: "&#37;p\(level - 1);", count: 10)
      parameters += "<!ENTITY % p\(level) \"\(inner)\">"
    }
    let other = extract.refusal(of: withProlog(parameters + "%p30;]>"))
    #expect(other.hasPrefix("found a document type declaration"), "\(other)")
  }

  @Test("a document type is found behind comments and in every encoding that is read")
  func hiddenDoctype() throws {
    let doctype = "<!DOCTYPE Bericht [<!ENTITY x \"y\">]>"
    for prolog in [
      "<!-- <a> -->", "<!-- -- <a> --->", "<?pi <a> ??>", "<?pi?><!---->\n<!-- ? > -->",
    ] {
      let refusal = extract.refusal(of: withProlog(prolog + doctype))
      #expect(refusal.hasPrefix("found a document type declaration"), "\(prolog)")
    }
    #expect(try extract.read(withProlog("<!-- \(doctype) --><?pi \(doctype)?>")).accepted == 1)
    for (name, isBig) in [("UTF-16LE", false), ("UTF-16BE", true), ("UTF-16", false)] {
      let text = withProlog("<!-- \u{2D2D}>\u{613C} -->" + doctype).replacing("UTF-8", with: name)
      var bytes: [UInt8] = name == "UTF-16" ? [0xFF, 0xFE] : []
      for unit in text.utf16 {
        let halves = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        bytes += isBig ? halves.reversed() : halves
      }
      #expect(extract.refusal(of: bytes).hasPrefix("found a document type declaration"), "\(name)")
    }
  }

  @Test("an encoding that could hide markup is refused")
  func otherEncodings() {
    for name in ["UTF-7", "EBCDIC-CP-US", "UTF-16", "HZ-GB-2312", "Kanarie"] {
      let refusal = extract.refusal(of: good.text.replacing("UTF-8", with: name))
      #expect(refusal.hasPrefix("found another encoding"), "\(name)")
    }
    #expect(extract.refusal(of: [0x4C, 0x6F, 0xA7, 0x94]).hasPrefix("found another encoding"))
  }

  @Test("a byte order mark that contradicts the declared encoding refuses the file")
  func contradictingMark() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    #expect(try extract.read(mark + good.text.utf8).accepted == 1)
    for name in ["ISO-8859-1", "windows-1252"] {
      let text = good.text.replacing("UTF-8", with: name)
      #expect(try extract.read(text).accepted == 1, "\(name)")
      #expect(
        extract.refusal(of: mark + text.utf8).hasPrefix("found another encoding"),
        "\(name)"
      )
    }
    for (name, isRead) in [("UTF-16", true), ("UTF-16LE", true), ("UTF-16BE", false)] {
      var bytes: [UInt8] = [0xFF, 0xFE]
      for unit in good.text.replacing("UTF-8", with: name).utf16 {
        bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      }
      if isRead {
        #expect(try extract.read(bytes).accepted == 1, "\(name)")
      } else {
        #expect(extract.refusal(of: bytes).hasPrefix("found another encoding"), "\(name)")
      }
    }
  }

  @Test("an entity that nobody declared is refused")
  func undeclaredEntity() {
    let refusal = extract.refusal(of: withProlog("", surname: "&kanarie;"))
    #expect(
      refusal.hasPrefix("found malformed XML") || refusal.hasPrefix("found a reference"),
      "\(refusal)"
    )
    #expect(!refusal.contains("kanarie"))
  }

  @Test("elements deeper than 64 in each other are refused, also where nothing is read")
  func depth() throws {
    func nested(_ count: Int) -> String {
      let extra =
        String(repeating: "<m:Relaties>", count: count)
        + String(repeating: "</m:Relaties>", count: count)
      return Message(clients: Message.client(Message.assignment, extra: extra)).text
    }
    #expect(try extract.read(nested(62)).accepted == 1)
    #expect(extract.refusal(of: nested(63)).hasPrefix("found elements nested deeper than 64"))
    #expect(extract.refusal(of: nested(200)).hasPrefix("found elements nested deeper than 64"))
    #expect(!extract.refusal(of: nested(100_000)).hasPrefix("read"))
  }

  @Test("a text of more than 1 MiB is refused, also where nothing is read")
  func longText() throws {
    let long = String(repeating: "x", count: (1 << 20) + 1)
    #expect(
      extract.refusal(of: withProlog("", surname: long)).hasPrefix("found a text of more than")
    )
    // One that libxml2 itself would not take.
    let longer = String(repeating: "x", count: 11_000_000)
    #expect(
      extract.refusal(of: withProlog("", surname: longer)).hasPrefix("found a text of more than")
    )
    let pieces = String(repeating: "<![CDATA[xxxxxxxxxxxxxxxx]]>y", count: 1 << 16)
    #expect(
      extract.refusal(of: withProlog("", surname: pieces)).hasPrefix("found a text of more than")
    )
    let unread = Message.client(Message.assignment, extra: "<m:Commentaar>\(long)</m:Commentaar>")
    #expect(
      extract.refusal(of: Message(clients: unread).text).hasPrefix("found a text of more than")
    )
  }

  @Test("malformed XML is told by code and line, never by its text")
  func malformed() {
    for (text, replacement) in [
      ("</wmo301:Naam>", "</wmo301:Kanarie>"), ("Gaastra", "Kanarie < x"),
      ("Gaastra", "\u{1}Kanarie"),
      ("<wmo301:Geslacht>", "<wmo301:Geslacht Kanarie=1>"),
      ("<wmo301:Geslacht>", "<Kanarie:Geslacht>"),
    ] {
      let refusal = extract.refusal(of: good.text.replacing(text, with: replacement))
      #expect(refusal.hasPrefix("found malformed XML (libxml2 code "), "\(refusal)")
      #expect(!refusal.contains("Kanarie"))
    }
    #expect(extract.refusal(of: "").hasPrefix("found malformed XML"))
    #expect(extract.refusal(of: [0xFF, 0x00, 0x80]).hasPrefix("found malformed XML"))
    #expect(extract.refusal(of: good.text + "<more/>").hasPrefix("found malformed XML"))
  }

  @Test("invalid UTF-8 refuses the file")
  func encoding() {
    var bytes = Array(good.text.utf8)
    if let place = bytes.firstIndex(of: UInt8(ascii: "G")) { bytes[place] = 0xFF }
    #expect(extract.refusal(of: bytes).hasPrefix("found malformed XML"))
  }

  @Test("a byte beyond ASCII refuses a document that says it is ASCII, with its line")
  func notASCII() throws {
    let head = "<?xml version=\"1.0\" encoding=\"US-ASCII\"?>\n"
    let start = good.text.firstRange(of: "?>")?.upperBound ?? good.text.startIndex
    let root = good.text[start...]
    #expect(try extract.read(head + root).accepted > 0)
    let filler = String(repeating: "<!-- -->\n", count: 4000)
    for text in [head + root, head + filler + root, head + root + filler] {
      var bytes = Array(text.utf8)
      let place = try #require(bytes.lastIndex(of: UInt8(ascii: "-")))
      bytes[place] = 0xE9
      let line = bytes[..<place].count { $0 == 0x0A } + 1
      let outcome = try extract.read(bytes)
      let refused = try #require(outcome.refused.first)
      #expect(refused.fault == .malformed(code: 9))
      #expect(refused.place.line == line)
    }
  }

  @Test("a message cut at any byte before its root ends is refused")
  func cutAnywhere() {
    let bytes = Array(good.text.utf8)
    let end = bytes.lastIndex(of: UInt8(ascii: ">")) ?? 0
    for place in 0..<end {
      #expect(!extract.refusal(of: Array(bytes[..<place])).hasPrefix("read"), "at byte \(place)")
    }
  }

  @Test("mutated messages neither trap nor lose count", arguments: 0..<200 as Range<UInt64>)
  func mutated(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let clients =
      Message.claimant("123456782", Message.service("1500"), Message.service("500", "C"))
      + Message.claimant("999990019", Message.service("250"))
    let message = Message(kind: 323, clients: clients, claim: Message.claim(total: "1250"))
    var bytes = Array((Bool.random(using: &random) ? good : message).text.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.insert(UInt8.random(in: 32...126, using: &random), at: place)
      case 2: bytes.remove(at: place)
      default:
        let other = Int.random(in: 0..<bytes.count, using: &random)
        bytes.insert(
          contentsOf: bytes[min(place, other)..<max(place, other)].prefix(200),
          at: place
        )
      }
    }
    for size in [64, 1 << 20] {
      guard let outcome = try? extract.inChunks(of: size).read(bytes) else { continue }
      let skipped = outcome.skipped.values.reduce(0, +)
      #expect(outcome.read == outcome.accepted + outcome.rejected + skipped, "seed \(seed)")
    }
  }
}
