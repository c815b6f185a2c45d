import TestSupport
import Testing

@testable import Linkage

@Suite("Each resident takes one client")
struct GreatestMatchingTests {
  @Test("the total weight is the greatest of all assignments", arguments: 0..<300 as Range<UInt64>)
  func greatest(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let edges = randomEdges(side: 5, random: &random)
    let matched = GreatestMatching(edges).isMatched
    let chosen = edges.indices.filter { matched[$0] }.map { edges[$0] }
    #expect(Set(chosen.map(\.left)).count == chosen.count, "seed \(seed)")
    #expect(Set(chosen.map(\.right)).count == chosen.count, "seed \(seed)")
    let total = chosen.reduce(0) { $0 + Int($1.weight) }
    #expect(total == greatestTotal(edges[...], [], []), "seed \(seed)")
  }

  @Test("above the limit an edge is matched when it is the best of both its ends")
  func mutualBest() {
    let count = Int32(GreatestMatching.exactLimit) + 50
    // A chain: neighbours compete, so that all edges hang together.
    let edges = (0..<count).flatMap { place in
      [
        GreatestMatching.Edge(left: place, right: place, weight: 1000 - place % 7),
        GreatestMatching.Edge(left: place + 1, right: place, weight: 10),
      ]
    }
    let matched = GreatestMatching(edges).isMatched
    #expect(edges.indices.allSatisfy { matched[$0] == (edges[$0].weight > 10) })
  }

  private func randomEdges(
    side: Int32,
    random: inout SeededGenerator
  ) -> [GreatestMatching.Edge] {
    var edges: [GreatestMatching.Edge] = []
    for left in 0..<side {
      for right in 0..<side where Int.random(in: 0..<3, using: &random) == 0 {
        let weight = Int32.random(in: 1...9, using: &random)
        edges.append(GreatestMatching.Edge(left: left, right: right, weight: weight))
      }
    }
    return edges.shuffled(using: &random)
  }

  /// Tries every choice of edges.
  private func greatestTotal(
    _ edges: ArraySlice<GreatestMatching.Edge>,
    _ lefts: Set<Int32>,
    _ rights: Set<Int32>
  ) -> Int {
    guard let first = edges.first else { return 0 }
    let without = greatestTotal(edges.dropFirst(), lefts, rights)
    if lefts.contains(first.left) || rights.contains(first.right) { return without }
    let with = greatestTotal(
      edges.dropFirst(),
      lefts.union([first.left]),
      rights.union([first.right])
    )
    return max(without, with + Int(first.weight))
  }
}
