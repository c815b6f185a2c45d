import Foundation
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

@Suite("Envelopes of the GGk")
struct GgkEnvelopeTests {
  private let extract = Extract.iwmo(iwmoColumns("message", "bsn", "product"))
  private let good = Message(clients: Message.client(Message.assignment)).text

  private func envelope(
    _ payload: String,
    function: String = "WMO301",
    name: String = "envelopHeenbericht-ggk_Di01",
    element: String = "xmlBestand",
    after: String = ""
  ) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?><!-- <ggk:xmlBestand> -->
    <ggk:\(name) xmlns:ggk="http://www.stufstandaarden.nl/koppelvlak/ggk0210"
      xmlns:StUF="http://www.egem.nl/StUF/StUF0301"><ggk:stuurgegevens>
      <StUF:berichtcode>Di01</StUF:berichtcode><StUF:functie>\(function)</StUF:functie>
    </ggk:stuurgegevens><ggk:parameters><ggk:functieVersie>0302</ggk:functieVersie>
    <ggk:bericht><ggk:\(element) a=">">\(payload)</ggk:\(element)>\(after)</ggk:bericht></ggk:parameters>
    </ggk:\(name)>
    """
  }

  private func base64(_ text: String, lineLength: Int = 76, lineEnd: String = "\n") -> String {
    var text = Data(text.utf8).base64EncodedString()[...]
    var lines: [Substring] = []
    while !text.isEmpty {
      lines.append(text.prefix(lineLength))
      text = text.dropFirst(lineLength)
    }
    return lines.joined(separator: lineEnd)
  }

  @Test("the message inside is read as a file of its own, however its base64 is laid out")
  func reads() throws {
    for payload in [
      base64(good), base64(good, lineLength: 5), base64(good, lineLength: .max),
      "\n  " + base64(good, lineEnd: "&#13;\n") + "\t", base64(good, lineEnd: "&#xD;&#xA;"),
    ] {
      for name in ["envelopHeenbericht-ggk_Di01", "envelopRetourbericht-ggk_Du01"] {
        for size in [16, 1 << 22] {
          let outcome = try extract.inChunks(of: size).read(envelope(payload, name: name))
          #expect(outcome.rows == ["301|123456782|07A03"])
          #expect(outcome.read == 1)
        }
      }
    }
  }

  /// A text in UTF-16.
  private func wide(_ text: String, isLittle: Bool, hasMark: Bool) -> [UInt8] {
    let text = text.replacing("UTF-8", with: "UTF-16")
    return ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isLittle ? bytes.reversed() : bytes
    }
  }

  @Test("an envelope in UTF-16 is read as one in UTF-8", arguments: [16, 17, 1 << 22])
  func wideUnits(size: Int) throws {
    let extract = extract.inChunks(of: size)
    let inner = wide(good, isLittle: true, hasMark: true)
    for isLittle in [true, false] {
      for hasMark in [true, false] {
        for payload in [base64(good), Data(inner).base64EncodedString()] {
          // A character beyond the first 256 whose halves look like markup.
          let text = envelope(payload).replacing("<!-- ", with: "<!-- \u{3C3E}é ")
          let bytes = wide(text, isLittle: isLittle, hasMark: hasMark)
          #expect(try extract.read(bytes).rows == ["301|123456782|07A03"])
          #expect(extract.refusal(of: bytes.dropLast(20)).hasPrefix("found malformed XML"))
          let cut = Array(bytes.prefix(bytes.count / 2 | 1))
          #expect(extract.refusal(of: cut).hasPrefix("found an envelope whose message is not"))
        }
      }
    }
  }

  @Test("base64 in sections, with comments and instructions between, is the message")
  func sections() throws {
    let whole = base64(good)
    let (first, second) = (whole.prefix(100), whole.dropFirst(100))
    for payload in [
      "<![CDATA[\(whole)]]>", " <![CDATA[\n\(first)]]>\n<![CDATA[\(second)]]> ",
      "\(first)<![CDATA[\(second)]]>", "<![CDATA[\(first)]]>\(second)", "<![CDATA[]]>\(whole)",
      "\(first)<!-- AAAA -> -- --><?AAAA > ??>\(second)", "<!--AAAA-->\(whole)<?AAAA?>",
    ] {
      for size in [16, 1 << 22] {
        let outcome = try extract.inChunks(of: size).read(envelope(payload))
        #expect(outcome.rows == ["301|123456782|07A03"], "\(payload.prefix(40))")
      }
    }
    for payload in [
      "<![CDATA[\(whole)&#13;]]>", "<![CDATA[\(whole)]>", "<![CDATA[\(whole)]] ]>",
      "<![CDATA[\(first)<b/>\(second)]]>", "<![cdata[\(whole)]]>", "<!DOCTYPE a>\(whole)",
      "<!->\(whole)", "<!-->\(whole)", "\(whole)&#<!---->13;", "<![CDATA[\(first)]]>A\(second)",
    ] {
      let found = extract.refusal(of: envelope(payload))
      #expect(
        found.hasPrefix("found an envelope whose message is not base64"),
        "\(payload.prefix(40)): \(found)"
      )
    }
  }

  @Test("a message in a big envelope is decoded piece by piece")
  func big() throws {
    let clients = (0..<3000).map { _ in Message.claimant("123456782", Message.service("1")) }
    let message = Message(kind: 323, clients: clients.joined(), claim: Message.claim(total: "3000"))
    let text = envelope(base64(message.text), function: "WMO323")
    let whole = try extract.read(text)
    #expect(whole.accepted == 3000)
    #expect(try extract.inChunks(of: 30_000).read(text).meaning == whole.meaning)
  }

  @Test("an envelope must name what is inside")
  func function() {
    for function in ["WMO301", "wmo301", "iWmo301", "301", "414", "WMO 414"] {
      #expect(
        extract.refusal(of: envelope(base64(good), function: function)) == "read 1",
        "\(function)"
      )
    }
    for function in ["WMO305", "JW301", "", "Kanarie301", "302"] {
      #expect(
        extract.refusal(of: envelope(base64(good), function: function))
          .hasPrefix("found another message in the envelope than its functie names"),
        "\(function)"
      )
    }
  }

  @Test("what is no message in an envelope is refused in words of its own")
  func refuses() {
    let inner = envelope(base64(good))
    for (text, refusal) in [
      (envelope(base64(inner)), "found an envelope in an envelope"),
      (envelope("A" + base64(good)), "found an envelope whose message is not base64"),
      (envelope("%%%%"), "found an envelope whose message is not base64"),
      (envelope(base64(good) + "&amp;"), "found an envelope whose message is not base64"),
      (envelope(base64(good), element: "anderBestand"), "found an envelope without one message"),
      (envelope(base64("<html/>")), "found another root element"),
      (
        envelope(base64(good), after: "<ggk:xmlBestand>AAAA</ggk:xmlBestand>"),
        "found an envelope without"
      ),
      (envelope(base64(good), after: "<ggk:open>"), "found malformed XML"),
      (String(inner.dropLast(10)), "found malformed XML"),
      (envelope(""), "found malformed XML"),
    ] {
      let found = extract.refusal(of: text)
      #expect(found.hasPrefix(refusal), "\(refusal): \(found)")
    }
  }

  @Test("more than 64 MiB of base64 are refused")
  func limit() {
    let long = good + String(repeating: " ", count: 50 << 20)
    let found = extract.inChunks(of: 1 << 20).refusal(of: envelope(base64(long, lineLength: .max)))
    #expect(found.hasPrefix("found a message of more than 67108864 bytes"), "\(found)")
    let short = extract.limited([.base64: 100]).refusal(of: envelope(base64(good)))
    #expect(short.hasPrefix("found a message of more than 100 bytes"), "\(short)")
  }

  @Test("return messages in envelopes, and faults, are skipped")
  func skips() throws {
    let answer = envelope(base64(Message(kind: 302).text), function: "WMO302")
    #expect(try extract.read(answer).skipped == [.returnMessage: 1])
    let fault = "<Fo01Bericht xmlns=\"http://www.egem.nl/StUF/StUF0301\"><body/></Fo01Bericht>"
    #expect(try extract.read(fault).skipped == [.notAsked: 1])
    #expect(extract.refusal(of: "<Fo01Bericht/>").hasPrefix("found another root element"))
  }

  private static let flatPath =
    repositoryRoot() + "/../shared/data/iwmo-2.0/ei/CasusB-02-WMO305_start.ei"

  @Test(
    "flat records in an envelope give the rows of the bare file",
    .enabled(if: FileManager.default.fileExists(atPath: flatPath))
  )
  func flat() throws {
    let text = String(decoding: try Data(contentsOf: URL(filePath: Self.flatPath)), as: UTF8.self)
    let bare = try extract.read(text)
    let wrapped = { envelope(base64(text), function: $0, element: "tekstBestand") }
    #expect(bare.accepted == 1)
    #expect(try extract.read(wrapped("WMO305")).rows == bare.rows)
    #expect(extract.refusal(of: wrapped("WMO301")).hasPrefix("found another message"))
  }
}
