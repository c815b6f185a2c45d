import Tabular
import Testing

@testable import Ingest

@Suite("Corrections of iWmo")
struct IwmoCorrectionTests {
  private let columns = iwmoColumns("product")

  @Test("status 2 replaces, 3 removes, others add; what is taken back comes first of a day")
  func status() throws {
    let starts =
      ["1", "2", "3", "9"].map { Message.start($0) } + [
        Message.start("1").replacing("<m:StatusAanlevering>1</m:StatusAanlevering>", with: "")
      ]
    let clients = Message.client("<m:StartProducten>\(starts.joined())</m:StartProducten>")
    let key = "98025566,0384,123456782,7,01,01A01,20260802"
    let outcome = try Extract.iwmo(columns).read(Message(kind: 305, clients: clients).text)
    #expect(
      outcome.corrections == [
        "0 add \(key) 2026082021d8d", "1 replace \(key) 2026082011d8d",
        "2 remove \(key) 2026082001d8d", "3 add \(key) 2026082021d8d",
        "4 add \(key) 2026082021d8d",
      ]
    )
  }

  @Test("a later assignment replaces the one of its number, whatever its product")
  func assignment() throws {
    let outcome = try Extract.iwmo(columns).read(
      Message(clients: Message.client(Message.assignment)).text
    )
    #expect(
      outcome.corrections == [
        "0 replace 0384,98025566,123456782,425, 20260801142326202608201d8d"
      ]
    )
  }

  @Test("messages, laws, senders and persons are kept apart, columns or not")
  func keys() throws {
    func corrections(_ message: Message, _ change: (String) -> String = { $0 }) throws -> [String] {
      try Extract.iwmo(columns).read(change(message.text)).corrections
    }
    let starts = "<m:StartProducten>\(Message.start("3"))</m:StartProducten>"
    let plain = Message(kind: 305, clients: Message.client(starts))
    let first = try corrections(plain)
    for (old, new) in [
      ("123456782", "999990019"), ("0384", "0385"), ("98025566", "98025567"), (">7<", ">8<"),
      ("01A01", "01A02"), ("2026-08-02", "2026-08-03"),
    ] {
      let others = try corrections(plain) { $0.replacing(old, with: new) }
      #expect(first.count == 1 && others.count == 1 && first != others, "\(new)")
    }
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    var keys: Set<[UInt8]> = []
    for (kind, clients) in [(305, starts), (307, starts.replacing("Start", with: "Stop"))] {
      let text = Message(kind: kind, clients: Message.client(clients)).text
      let path = try folder.write(Array(text.utf8), named: "\(kind).xml")
      let source = Extract.iwmo(columns).source
      let reader = try ExtractReader(source: source, wanted: ["product"], files: [path])
      let chunk = try #require(try reader.next())
      let batch = try reader.makeParser().parse(chunk).batch
      for correction in batch.corrections {
        keys.insert(Array(batch.bytes[ClearBatch.textRange(correction.key)]))
      }
    }
    #expect(keys.count == 2)
  }

  @Test("a claim corrects nothing: its rows are events, and the amounts cancel")
  func claims() throws {
    let services = Message.service("1500") + Message.service("1500", "C")
    let message = Message(
      kind: 323,
      clients: Message.claimant("123456782", services),
      claim: Message.claim(total: "0")
    )
    let outcome = try Extract.iwmo(iwmoColumns("amount")).read(message.text)
    #expect(outcome.rows == ["1500", "-1500"])
    #expect(outcome.corrections.isEmpty)
    #expect(outcome.roles == [.event])
  }
}
