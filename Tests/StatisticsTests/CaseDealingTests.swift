import TestSupport
import Testing

@testable import Statistics
@testable import Tabular

@Suite("Dealing cases by expectation")
struct CaseDealingTests {
  @Test("the guide finds the area that a search from the first does", arguments: 0..<40)
  func agreesWithSearch(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let expected =
      (0..<Int.random(in: 1...70, using: &random)).map { area in
        Bool.random(using: &random)
          ? 0 : Double.random(in: 0...1, using: &random) + Double(area / 60)
      } + [1e-3]
    let dealing = CaseDealing(expected: expected)
    var found = [Int](repeating: 7, count: expected.count)
    dealing.deal(3000, stream: seed, into: &found)

    var plain = [Int](repeating: 0, count: expected.count)
    var stream = SplitMix64(seed: seed)
    for _ in 0..<3000 {
      var position = Double(stream.next().multipliedFullWidth(by: UInt64(dealing.total)).high)
      let area = dealing.weights.firstIndex { weight in
        defer { position -= weight }
        return position < weight
      }
      if let area { plain[area] += 1 }
    }
    #expect(found == plain, "seed \(seed)")
    #expect(found.reduce(0, +) == 3000)
  }

  @Test("areas get their shares, and an area that expects nothing gets nothing")
  func shares() {
    let dealing = CaseDealing(expected: [1, 0, 3, 6])
    var counts = [0, 0, 0, 0]
    dealing.deal(100_000, stream: 5, into: &counts)
    #expect(counts[1] == 0)
    // Four standard deviations of a binomial count.
    #expect(abs(counts[0] - 10_000) < 380)
    #expect(abs(counts[2] - 30_000) < 580)
    #expect(abs(counts[3] - 60_000) < 620)
  }
}
