import Tabular
import TestSupport
import Testing

@testable import Ingest
@testable import PipelineFile

@Suite("What the columns of a file come to")
struct ColumnTallyTests {
  @Test("sums and missing values agree with a plain count, on any chunk size", arguments: 0..<20)
  func agrees(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var text = "bsn;amount;kind\n"
    var (sum, missingAmounts, unknown, rows) = (Int64(0), 0, 0, 0)
    for _ in 0..<Int.random(in: 1...800, using: &random) {
      let amount = Int64.random(in: -50_000...50_000, using: &random)
      let isMissing = Int.random(in: 0..<5, using: &random) == 0
      // A row without BSN is rejected, and its amount counts nonetheless.
      let bsn = Bool.random(using: &random) ? "999990019" : ""
      let kind = Int.random(in: 0..<6, using: &random) == 0 ? "x" : "a"
      text += "\(bsn);\(isMissing ? "" : "\(amount)");\(kind)\n"
      rows += 1
      sum += isMissing ? 0 : amount
      missingAmounts += isMissing ? 1 : 0
      if !bsn.isEmpty && kind == "x" { unknown += 1 }
    }
    let tallies = try tallies(text, chunkSize: [16, 1000, 1 << 20][seed % 3])
    #expect(tallies.reduce(0) { $0 + $1.rowCount } == rows)
    #expect(tallies.reduce(0) { $0 + $1.missing[1] } == missingAmounts)
    #expect(tallies.reduce(0) { $0 + $1.unknownCodes[2] } == unknown)
    let sums = tallies.flatMap(\.sums)
    #expect(sums.allSatisfy { $0.file == 0 })
    #expect(sums.reduce(0) { $0 + ($1.sums[0] ?? 0) } == sum)
  }

  @Test("a sum that is too large for 64 bits is none")
  func overflow() throws {
    let row = "999990019;9000000000000000;a\n"
    let text = "bsn;amount;kind\n" + String(repeating: row, count: 2000)
    let sums = try tallies(text, chunkSize: 1 << 20).flatMap(\.sums)
    #expect(sums.map(\.sums) == [[nil]])
  }

  private func tallies(_ text: String, chunkSize: Int) throws -> [ColumnTally] {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write(Array(text.utf8), named: "a.csv")
    var source = Extract.csv([
      column("bsn", .bsn, required: true), column("amount", .money),
      column("kind", .code, values: [("a", "b")]),
    ]).source
    source.expectations = [
      PipelineFile.Expectation(
        subject: .sum(column: "amount"),
        bound: .trailer,
        isGate: true,
        place: source.place
      )
    ]
    let reader = try ExtractReader(
      source: source,
      wanted: ["bsn"],
      files: [path],
      chunkSize: chunkSize
    )
    let parser = try reader.makeParser()
    var tallies: [ColumnTally] = []
    while let chunk = try reader.next() { tallies.append(try parser.parse(chunk).columns) }
    return tallies
  }
}
