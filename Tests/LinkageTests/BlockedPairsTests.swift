import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Which pairs are compared")
struct BlockedPairsTests {
  private let rules = [["birth_date"], ["surname", "sex"], ["surname", "postcode_pc4"]]

  @Test("each pair that some rule makes is met once", arguments: 0..<60 as Range<UInt64>)
  func meetsOnce(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let spine = randomRecords(25, random: &random)
    let source = randomRecords(30, random: &random)
    let isFree = spine.map { _ in Int.random(in: 0..<5, using: &random) > 0 }
    let isOpen = source.map { _ in Int.random(in: 0..<5, using: &random) > 0 }
    let (left, right) = (staged(spine, allColumns).table, staged(source, allColumns).table)
    let indexes = rules.map { rule in
      BlockIndex(
        columns: rule,
        CodedColumn(
          joining: rule.compactMap { CodedColumn($0, left: left, right: right) },
          isForPairs: seed % 2 == 0
        ),
        isActiveLeft: isFree,
        isActiveRight: isOpen,
        isWithin: false
      )
    }
    let pairs = BlockedPairs(rules: indexes, isWithin: false, rightCount: source.count)
    var met: [Int: Int] = [:]
    var fellows: [Int32] = []
    for record in source.indices {
      for rule in rules.indices {
        pairs.newFellows(rule, ofRight: record, into: &fellows)
        for fellow in fellows { met[Int(fellow) * 100 + record, default: 0] += 1 }
      }
    }
    var counts = [Int](repeating: 0, count: rules.count)
    for fellow in spine.indices where isFree[fellow] {
      for record in source.indices where isOpen[record] {
        let held = rules.indices.filter { rule in
          rules[rule].allSatisfy {
            spine[fellow][$0] != nil && spine[fellow][$0] == source[record][$0]
          }
        }
        for rule in held { counts[rule] += 1 }
        #expect(met[fellow * 100 + record] == (held.isEmpty ? nil : 1), "seed \(seed)")
        #expect(pairs.ruleCount(fellow, record) == held.count, "seed \(seed)")
      }
    }
    #expect(met.count == met.values.reduce(0, +), "seed \(seed)")
    #expect(indexes.map(\.pairCount) == counts, "seed \(seed)")
  }
}
