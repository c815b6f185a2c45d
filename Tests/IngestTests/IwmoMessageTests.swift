import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("iWmo messages as a whole")
struct IwmoMessageTests {
  @Test("amounts that do not add up to the total refuse the message")
  func controlTotal() throws {
    let extract = Extract.iwmo(iwmoColumns("bsn"))
    func message(_ total: String, _ direction: String, _ services: String...) -> String {
      Message(
        kind: 323,
        clients: Message.claimant("123456782", services.joined()),
        claim: Message.claim(total: total, direction)
      ).text
    }
    let refused = "the amounts do not add up to the total of the message"
    #expect(try extract.read(message("5", "D", Message.service("5"))).read == 1)
    #expect(try extract.read(message("5", "C", Message.service("5", "C"))).read == 1)
    #expect(extract.refusal(of: message("6", "D", Message.service("5"))).hasPrefix(refused))
    #expect(extract.refusal(of: message("5", "C", Message.service("5"))).hasPrefix(refused))
    #expect(extract.refusal(of: message("x", "D", Message.service("5"))).hasPrefix(refused))
    #expect(extract.refusal(of: message("5", "D", Message.service("y"))).hasPrefix(refused))
    let without = Message(kind: 323, clients: Message.claimant("123456782", Message.service("5")))
    #expect(try extract.read(without.text).read == 1)
  }

  @Test("return messages and those that nobody asked for are skipped whole, and counted")
  func skipped() throws {
    let extract = Extract.iwmo(iwmoColumns("bsn"), messages: [301])
    let texts = [302, 306, 308, 316, 318, 320, 325, 317, 319, 305, 323, 301].map {
      Array(Message(kind: $0, clients: Message.client(Message.assignment)).text.utf8)
    }
    let outcome = try extract.read(texts)
    #expect(outcome.skipped == [.returnMessage: 7, .notAsked: 4])
    #expect(outcome.accepted == 1)
    #expect(outcome.read == 12)
    #expect(outcome.deliveries.count == 12)
  }

  @Test("another version or standard is refused by name")
  func version() {
    let extract = Extract.iwmo(iwmoColumns("bsn"))
    for (space, found) in [
      ("http://www.istandaarden.nl/iwmo/3_1/wmo301/schema", "found 'iwmo/3_1/wmo301/schema'"),
      ("http://www.istandaarden.nl/ijw/3_2/wmo301/schema", "found 'ijw/3_2/wmo301/schema'"),
      ("http://www.istandaarden.nl/iwmo/2_0/wmo301/schema", "found 'iwmo/2_0/wmo301/schema'"),
      ("http://www.istandaarden.nl/iwmo/2_0/wmo323/schema/2_0", "found 'iwmo/2_0/wmo323'"),
      ("http://www.istandaarden.nl/iwmo/3_2/wmo999/schema", "found 'iwmo/3_2/wmo999'"),
      ("http://www.istandaarden.nl/iwmo/3_2/Kanarie/schema", "found another root element"),
      ("http://example.org/Kanarie", "found another root element"),

    ] {
      let text = Message(space: space, clients: Message.client(Message.assignment)).text
      #expect(extract.refusal(of: text).hasPrefix(found), "\(space)")
    }
    #expect(extract.refusal(of: "<html/>").hasPrefix("found another root element"))
  }

  @Test("the code in the header must be that of the message")
  func headerCode() {
    let extract = Extract.iwmo(iwmoColumns("bsn"))
    let clients = Message.client(Message.assignment)
    #expect(
      extract.refusal(of: Message(code: "418", clients: clients).text)
        .hasPrefix("found message code 418, expected 414 for a 301")
    )
    #expect(
      extract.refusal(of: Message(code: "", clients: clients).text).hasPrefix(
        "found no message code"
      )
    )
    #expect(extract.refusal(of: Message(code: "418").text).hasPrefix("found message code 418"))
  }

  @Test("an element that stands twice costs the rows it belongs to, in the header the file")
  func repeated() throws {
    let extract = Extract.iwmo(iwmoColumns("bsn", "product"))
    let two = Message.client(Message.assignment, extra: "<m:Bsn>999990019</m:Bsn>")
    let outcome = try extract.read(Message(clients: two + Message.client(Message.assignment)).text)
    #expect(outcome.accepted == 1)
    #expect(outcome.rejects.count == 1 && outcome.rejects[0].contains(" bsn structure "))
    let row = Message.assignment.replacing(
      "</m:Product>",
      with: "</m:Product><m:Product><t:Code>X</t:Code></m:Product>"
    )
    let rowOutcome = try extract.read(
      Message(clients: Message.client(row + Message.assignment)).text
    )
    #expect(rowOutcome.accepted == 1 && rowOutcome.rejected == 1)
    let header = Message(clients: two).text.replacing(
      "<wmo301:Afzender>",
      with: "<wmo301:BerichtCode>414</wmo301:BerichtCode><wmo301:Afzender>"
    )
    #expect(extract.refusal(of: header).hasPrefix("found 'BerichtCode' more than once"))
  }

  @Test("white space around a value goes, CDATA and character references count")
  func texts() throws {
    let text = Message(clients: Message.client(Message.assignment)).text
      .replacing("Gaastra", with: "\n  <![CDATA[Ga]]>as&#x74;ra&amp;<!-- no --> Zn.\t")
    #expect(try Extract.iwmo(iwmoColumns("surname")).read(text).rows == ["Gaastra& Zn."])
  }

  @Test("ISO-8859-1 and UTF-16 obey the prologue")
  func encodings() throws {
    let extract = Extract.iwmo(iwmoColumns("surname"))
    let message = Message(clients: Message.client(Message.assignment)).text.replacing(
      "Gaastra",
      with: "Gaåstra"
    )
    let latin = message.replacing("UTF-8", with: "ISO-8859-1").unicodeScalars.map {
      UInt8($0.value)
    }
    #expect(try extract.read(latin).rows == ["Gaåstra"])
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in message.replacing("UTF-8", with: "UTF-16").utf16 {
      wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    #expect(try extract.read(wide).rows == ["Gaåstra"])
  }

  @Test("a big message gives the same rows as one that fits a chunk, in bounded pieces")
  func bigMessage() throws {
    let extract = Extract.iwmo(iwmoColumns("message", "bsn", "claim", "amount", "product"))
    let clients = (0..<500).map { number in
      Message.claimant(
        number % 3 == 0 ? "123456782" : "999990019",
        Message.service("\(number)"),
        Message.service("1")
      )
    }
    let total = 500 * 499 / 2 + 500
    let message = Message(
      kind: 323,
      clients: clients.joined(),
      claim: Message.claim(total: "\(total)")
    )
    let small = Message(clients: Message.client(Message.assignment))
    let texts = [small, message, small, small, message].map { Array($0.text.utf8) }
    let whole = try extract.read(texts)
    #expect(whole.accepted == 2003)
    #expect(whole.ordinals == [0])
    for size in [16, 4000, 20_000] {
      let pieces = try extract.inChunks(of: size).read(texts)
      #expect(pieces.meaning == whole.meaning, "chunks of \(size)")
      #expect(pieces.ordinals == Array(0..<pieces.ordinals.count) && pieces.ordinals.count > 4)
      #expect(pieces.deliveries == whole.deliveries.map { $0 } || pieces.deliveries.count == 5)
    }
    let wrong = Message(kind: 323, clients: clients.joined(), claim: Message.claim(total: "1"))
    #expect(
      extract.inChunks(of: 1000).refusal(of: wrong.text).hasPrefix("the amounts do not add up")
    )
  }
}
