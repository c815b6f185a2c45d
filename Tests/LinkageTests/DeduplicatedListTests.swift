import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("A list whose rows are often equal")
struct DeduplicatedListTests {
  /// Rows that are equal in everything are one identity, as staging has it.
  private func persons(_ rows: [MadeUpPeople.Person], times: Int = 1) throws -> (
    persons: [Int32], report: DeduplicationReport
  ) {
    var numbers: [String: Int] = [:]
    var identities: [MadeUpPeople.Person] = []
    var counts: [Int32] = []
    let identityOfRow = rows.map { row in
      let key = "\(row)"
      if let number = numbers[key] {
        counts[number] += 1
        return number
      }
      numbers[key] = identities.count
      identities.append(row)
      counts.append(1)
      return identities.count - 1
    }
    let (table, filters) = MadeUpPeople.side(identities)
    let found = try deduplicate(
      [ComparedSide(table, filters: filters)],
      rowCounts: [counts.map { $0 * Int32(times) }],
      by: DeduplicationTests.stage([]),
      workers: 2
    )
    return (identityOfRow.map { found.links[0].persons[$0] }, found.report)
  }

  @Test("what is expected of rows is told of rows, equal ones too", arguments: [1, 2, 3])
  func expectsOfRows(seed: UInt64) throws {
    let (rows, truth) = MadeUpPeople.duplicates(of: 3000, seed: seed)
    let (persons, report) = try persons(rows)
    let score = PairScore(persons, truth)
    #expect(score.precision > 0.99, "seed \(seed)")
    #expect(score.recall > 0.97, "seed \(seed)")
    let quality = try #require(report.weighed?.quality)
    #expect(abs(quality.precision.value - score.precision) < 0.005, "seed \(seed)")
    #expect(abs(quality.recall.value - score.recall) < 0.01, "seed \(seed)")
    #expect(report.recordCount == rows.count)
    #expect(report.sizes.reduce(0) { $0 + $1.key * $1.value } == rows.count)
  }

  @Test("events that repeat what is known of a person are no rows of a list")
  func countsEventsOnce() throws {
    let (rows, _) = MadeUpPeople.duplicates(of: 500, seed: 4)
    let (_, report) = try persons(rows, times: 40)
    #expect(report.recordCount < rows.count)
  }
}
