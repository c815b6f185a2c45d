import TestSupport
import Testing

@testable import PrivacyLog

@Suite struct ShownCountTests {
  @Test("a count of one to four is not shown, zero and five are")
  func alone() {
    let shown = (0...6).map { ShownCount($0).text(.english) }
    #expect(shown == ["0", "<5", "<5", "<5", "<5", "5", "6"])
  }

  @Test(
    "a sum does not depend on the counts that are hidden in it",
    arguments: 0..<300 as Range<UInt64>
  )
  func sumsHide(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let parts = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      Int.random(in: 0...12, using: &random)
    }
    // Whoever sees all parts but the hidden ones, and the sum, sees the same for other hidden ones.
    let others = parts.map { 1..<5 ~= $0 ? Int.random(in: 1...4, using: &random) : $0 }
    #expect(ShownCount(sumOf: parts) == ShownCount(sumOf: others), "seed \(seed): \(parts)")
  }

  @Test("a sum without a hidden part is exact, and largest numbers do not trap")
  func exact() {
    #expect(ShownCount(sumOf: [5, 0, 41_980]).text(.english) == "41,985")
    #expect(ShownCount(sumOf: [5, 0, 41_980]).text(.dutch) == "41.985")
    #expect(ShownCount(sumOf: [41_985, 2]).text(.dutch) == "≈ 41.990")
    #expect(ShownCount(sumOf: [Int.max, Int.max, 3]) != .few)
    #expect(ShownCount(sumOf: [2]).text(.english) == "<5")
    #expect(ShownCount(sumOf: [4, 4]).text(.english) == "<10")
  }
}
