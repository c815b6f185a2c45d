import PipelineFile
import Tabular
import Testing

@testable import Ingest

private let people = [
  column("bsn", .bsn), column("name", .name, required: true), column("amount", .money),
]

@Suite("ISO-8859-1")
struct Latin1Tests {
  @Test("ISO-8859-1 is converted; 80–9F are refused")
  func latin1() throws {
    let latin = Extract.csv(people, encoding: .latin1)
    let outcome = try latin.read(
      Array("bsn;name;amount\n;Ren".utf8) + [0xE9] + Array(";1\n;".utf8) + [0x80]
        + Array("uro;2\n;Bo;3\n".utf8)
    )
    #expect(outcome.rows == ["-|René|1", "-|Bo|3"])
    #expect(outcome.rejects.map { $0.prefix(15) } == ["3 name encoding"])
  }

  @Test("a header in ISO-8859-1 is found by its name")
  func latin1Header() throws {
    let latin = Extract.csv([column("née", .text)], encoding: .latin1)
    let outcome = try latin.read([0x6E, 0xE9, 0x65, 0x0A, 0x61, 0x0A])
    #expect(outcome.rows == ["a"])
  }

  @Test("the first accent may stand far behind in the file")
  func lateAccent() throws {
    let text = Array("name\n".utf8) + Array(String(repeating: "Ann\n", count: 200_000).utf8)
    let latin = Extract.csv([column("name", .name)], encoding: .latin1).inChunks(of: 1 << 16)
    let outcome = try latin.read(text + [0xE9, 0x0A])
    #expect(outcome.rows.last == "é")
    #expect(outcome.accepted == 200_001)
    #expect(outcome.lines.last == 200_002)
  }
}
