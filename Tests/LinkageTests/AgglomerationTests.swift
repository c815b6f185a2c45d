import TestSupport
import Testing

@testable import Linkage

@Suite("Clusters of records that fit together")
struct AgglomerationTests {
  private typealias Edge = Agglomeration.Edge

  /// Joins by totals that are written down; pairs that are not are far apart.
  private func joined(
    _ count: Int,
    _ totals: [(Int, Int, Int32?)],
    least: Int32 = 1
  ) -> Agglomeration {
    var known: [Int: Int32?] = [:]
    for (one, other, total) in totals { known[min(one, other) * count + max(one, other)] = total }
    let edges = totals.compactMap { one, other, total -> Edge? in
      guard let total, total >= least else { return nil }
      return Edge(left: Int32(min(one, other)), right: Int32(max(one, other)), total: total)
    }
    return Agglomeration(Clusters(recordCount: count), edges: edges) { one, other in
      known[min(one, other) * count + max(one, other), default: -50]
    }
  }

  private func groups(_ clusters: Clusters) -> Set<Set<Int>> {
    Set(
      Dictionary(grouping: clusters.numbers.indices) { clusters.numbers[$0] }.values.map(Set.init)
    )
  }

  @Test("that one record resembles both does not join two") func doesNotChain() {
    let chain = joined(3, [(0, 1, 9), (1, 2, 8)])
    #expect(groups(chain.clusters) == [[0, 1], [2]])
    #expect(chain.refusedJoins == [Edge(left: 1, right: 2, total: 8)])
    // It does where the third pair is not far apart.
    let whole = joined(3, [(0, 1, 9), (1, 2, 8), (0, 2, -8)])
    #expect(groups(whole.clusters) == [[0, 1, 2]])
    #expect(whole.weakestJoin == 0)
    #expect(groups(joined(3, [(0, 1, 9), (1, 2, 8), (0, 2, -9)]).clusters) == [[0, 1], [2]])
  }

  @Test("a pair that is barred keeps its clusters apart, however alike they are") func bars() {
    let found = joined(4, [(0, 1, 9), (2, 3, 9), (1, 2, 8), (0, 2, 8), (1, 3, 8), (0, 3, nil)])
    #expect(groups(found.clusters) == [[0, 1], [2, 3]])
  }

  @Test("twenty records are one person, the next one is told") func limits() {
    let pairs = (0..<21).flatMap { one in (0..<one).map { ($0, one, Int32(5) as Int32?) } }
    let found = joined(21, pairs)
    #expect(groups(found.clusters) == [Set(0..<20), [20]])
    #expect(!found.largeJoins.isEmpty)
    #expect(found.largeJoins.allSatisfy { $0.right == 20 })
    let twenty = joined(20, pairs.filter { $0.1 < 20 })
    #expect(groups(twenty.clusters) == [Set(0..<20)])
    #expect(twenty.largeJoins.isEmpty)
  }

  @Test("of equal pairs the one of lower records goes first") func breaksTies() {
    // Either pair can be joined, not both.
    let found = joined(3, [(1, 2, 7), (0, 1, 7)])
    #expect(groups(found.clusters) == [[0, 1], [2]])
  }

  @Test("the order in which pairs are told changes nothing", arguments: 0..<50 as Range<UInt64>)
  func ignoresOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = 12
    let totals = (0..<count).flatMap { one in
      (0..<one).map { ($0, one, Int32.random(in: -6...6, using: &random) as Int32?) }
    }
    let expected = joined(count, totals)
    let other = joined(count, totals.shuffled(using: &random))
    #expect(groups(expected.clusters) == groups(other.clusters), "seed \(seed)")
    for group in groups(expected.clusters) where group.count == 2 {
      let pair = group.sorted()
      #expect(totals.contains { $0.0 == pair[0] && $0.1 == pair[1] && $0.2 ?? 0 >= 1 })
    }
  }
}
