import TestSupport
import Testing

@testable import Tabular

@Suite("Sorting of hashes")
struct SpreadOrderTests {
  @Test("it agrees with a sort by comparison, also of words that are not spread evenly")
  func agrees() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 0...400, using: &random)
      // Few bits make many equal words, and many in one place.
      let masks: [UInt64] = [.max, 3, 0xF000_0000_0000_0000, 0xFF, 1 << 63 | 7, 0]
      let mask = masks[Int.random(in: masks.indices, using: &random)]
      let words = (0..<count).map { _ in random.next() & mask }
      #expect(sortedHashes(words) == words.sorted(), "seed \(seed)")
      let tokens = words.map { Token(high: $0, low: random.next() & 3) }
      #expect(sortedTokens(tokens) == tokens.sorted(), "seed \(seed)")
      let ordered = inOrder(words.indices.map { (words[$0], Int32($0)) })
      #expect(ordered.map(\.order) == words.sorted(), "seed \(seed)")
      #expect(ordered.allSatisfy { words[Int($0.number)] == $0.order }, "seed \(seed)")
      #expect(Set(ordered.map(\.number)).count == count, "seed \(seed)")
    }
  }

  @Test("words at both ends of what there is are in order")
  func ends() {
    #expect(sortedHashes([.max, 0, .max, 1, 0]) == [0, 0, 1, .max, .max])
    #expect(sortedHashes([]).isEmpty)
    #expect(sortedHashes([.max]) == [.max])
  }
}
