import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("A list whose rows are often equal")
struct DeduplicatedListTests {
  /// Rows that are equal in everything are one identity, as staging has it.
  private func persons(
    _ rows: [MadeUpPeople.Person],
    times: Int = 1
  ) throws -> (persons: [Int32], report: DeduplicationReport) {
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
    #expect(abs(quality.recall.value - score.recall) < 0.015, "seed \(seed)")
    #expect(report.recordCount == rows.count)
    #expect(report.sizes.reduce(0) { $0 + $1.key * $1.value } == rows.count)
  }

  /// Everybody once, and one in thirty twice, with an error or moved; families share name and house.
  private func fewTwice(seed: UInt64) -> (rows: [MadeUpPeople.Person], truth: [Int]) {
    var random = SeededGenerator(seed: seed)
    var rows = MadeUpPeople(count: 6000, clientCount: 0, seed: seed).residents
    var truth = Array(rows.indices)
    for number in stride(from: 0, to: rows.count, by: 30) {
      var other = rows[number]
      switch Int.random(in: 0..<4, using: &random) {
      case 0: other.surnameErrors = 1
      case 1: other.firstNameErrors = 1
      case 2: other.postcode = Int.random(in: 0..<300, using: &random)
      default: break
      }
      rows.append(other)
      truth.append(number)
    }
    return (rows, truth)
  }

  @Test(
    "where brothers outnumber duplicates, these are found and no brothers",
    arguments: [1, 2, 3]
  )
  func tellsBrothers(seed: UInt64) throws {
    let (rows, truth) = fewTwice(seed: seed)
    let (persons, report) = try persons(rows)
    let score = PairScore(persons, truth)
    #expect(score.precision > 0.95, "seed \(seed)")
    #expect(score.recall > 0.95, "seed \(seed)")
    let weighed = try #require(report.weighed)
    #expect(abs((weighed.quality?.recall.value ?? 0) - score.recall) < 0.04, "seed \(seed)")
    // There are some 1,500 pairs of one family, and 200 of one person.
    let pairCount = Double(rows.count) * Double(rows.count - 1) / 2
    #expect(weighed.relatives.reduce(0) { $0 + $1.share * pairCount } > 1000, "seed \(seed)")
  }

  @Test("what relatives share is one piece, and the pieces are the weight", arguments: [4, 5])
  func explainsRelatives(seed: UInt64) throws {
    let people = fewTwice(seed: seed).rows
    let (table, filters) = MadeUpPeople.side(people)
    let side = ComparedSide(table, filters: filters)
    let columns = DeduplicationTests.model.comparisons
      .compactMap { ComparedColumn($0, left: side, right: side) }
    let comparer = PairComparer(columns)
    let coincidence = Coincidence(columns, isWithin: true, seed: seed, workers: 2)
    var report = ProbabilisticReport()
    let pairs = try BlockedPairs(
      within: side.table,
      by: DeduplicationTests.model,
      columns,
      &report
    )
    let model = LearningWithin(
      columns: columns,
      pairs: pairs,
      comparer: comparer,
      coincidence: coincidence,
      personal: DeduplicationTests.model.personal,
      workers: 2,
      seed: seed
    ).learn().model
    let explainer = PairExplainer(columns, comparer, model)
    var jointCount = 0
    // A member of a household comes after another.
    for one in 0..<2000 {
      let (steps, joint, weight) = explainer.weight(one, one + 1)
      let pattern = comparer.pattern(one, one + 1)
      #expect(
        weight == model.weight(pattern, comparer, right: one + 1),
        "seed \(seed), record \(one)"
      )
      let sum = steps.reduce(joint?.weight ?? 0) {
        $0 + ($1.weight ?? 0) + ($1.frequency?.weight ?? 0)
      }
      #expect(sum == weight, "seed \(seed), record \(one)")
      if joint?.columns.contains("surname") ?? false { jointCount += 1 }
    }
    #expect(jointCount > 200, "seed \(seed)")
  }

  @Test("events that repeat what is known of a person are no rows of a list")
  func countsEventsOnce() throws {
    let (rows, _) = MadeUpPeople.duplicates(of: 500, seed: 4)
    let (_, report) = try persons(rows, times: 40)
    #expect(report.recordCount < rows.count)
  }
}
