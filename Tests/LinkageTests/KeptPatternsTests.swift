import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Patterns that are kept")
struct KeptPatternsTests {
  // One that states tell, one by a part, one that asks for a column that nothing compares, one of two.
  private let rules = [
    ["birth_date"], ["birth_date_year", "sex"], ["surname", "postcode_pc4"], ["surname", "sex"],
  ]
  private let comparisons = [
    Comparison(column: "surname", levels: [.exact], usesFrequency: true),
    Comparison(column: "birth_date", levels: [.exact, .part(column: "birth_date_year")]),
    Comparison(column: "sex", levels: [.exact]),
  ]

  @Test(
    "score and count the same pairs as comparing anew",
    arguments: 0..<40 as Range<UInt64>,
    [false, true]
  )
  func agreesWithComparing(seed: UInt64, isWithin: Bool) throws {
    var random = SeededGenerator(seed: seed)
    // Two chunks on the right.
    var spine = randomRecords(40, random: &random)
    var source = isWithin ? spine : randomRecords(1100, random: &random)
    if seed % 2 == 0 {
      // Then states tell the year too.
      giveYears(&spine)
      giveYears(&source)
    }
    let left = ComparedSide(staged(spine, allColumns), filters: [:])
    let right = ComparedSide(staged(source, allColumns), filters: [:])
    let columns = comparisons.compactMap { ComparedColumn($0, left: left, right: right) }
    try #require(columns.count == comparisons.count)
    let comparer = PairComparer(columns)
    let pairs = BlockedPairs(
      rules: rules.map { rule in
        BlockIndex(
          columns: rule,
          CodedColumn(
            joining: rule.compactMap { CodedColumn($0, left: left.table, right: right.table) }
          ),
          isActiveLeft: nil,
          isActiveRight: nil,
          isWithin: isWithin
        )
      },
      isWithin: isWithin,
      rightCount: source.count
    )
    let kept = try #require(KeptPatterns(pairs, comparer, columns, workers: 2))
    for rule in rules.indices {
      let counts = pairs.patternCounts(rule, comparer, limit: .max, seed: 1, workers: 1)
      #expect(kept.counts(ofRule: rule) == counts)
      #expect(counts.reduce(0, +) == pairs.rules[rule].pairCount)
    }
    let shares = LevelShares(
      columns: columns.map { column in
        let weights = (0...column.levels.count).map { _ in Double.random(in: 1...9, using: &random)
        }
        return weights.map { $0 / weights.reduce(0, +) }
      }
    )
    let model = LinkModel(
      columns,
      m: shares,
      u: LevelShares(columns: shares.columns.map { $0.reversed() }),
      joints: [],
      isWithin: isWithin
    )
    let anew = ScoredPairs(pairs, comparer, model, least: 0, workers: 1)
    let read = ScoredPairs(pairs, comparer, kept: kept, model, least: 0, workers: 2)
    #expect(read.candidates == anew.candidates)
    #expect(read.rest == anew.rest)
    #expect(read.hasPair == anew.hasPair)
    #expect(Set(read.candidates).count == read.candidates.count)
  }

  private func giveYears(_ records: inout [PlainRecord]) {
    for number in records.indices {
      let date = records[number]["birth_date"].flatMap { Int($0) }
      records[number]["birth_date_year"] = date.map { String($0 % 3) }
    }
  }
}
