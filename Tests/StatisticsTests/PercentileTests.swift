import TestSupport
import Testing

@testable import Statistics

@Suite("Medians and percentiles")
struct PercentileTests {
  @Test("the median of an even number lies halfway between the two in the middle")
  func halves() {
    #expect(percentile(50, ofSorted: [1, 3, 8]) == 3)
    #expect(percentile(50, ofSorted: [1, 3, 8, 20]) == 5.5)
    #expect(percentile(50, ofSorted: [7]) == 7)
  }

  @Test("the 90th percentile is linear between order statistics")
  func interpolates() {
    #expect(percentile(90, ofSorted: Array(0...10)) == 9)
    #expect(isClose(percentile(90, ofSorted: [10, 20, 30, 40]), 37))
    // (21 − 1)·0.9 is 18, and the value that of rank 18.
    #expect(percentile(90, ofSorted: (0...20).map { $0 * $0 }) == 324)
  }

  @Test("a percentile lies between the values around it, for any value a file can hold")
  func staysBetween() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let values = (0..<Int.random(in: 1...50, using: &random))
        .map { _ in Int64(bitPattern: random.next()) }.sorted()
      let percent = Int.random(in: 0...100, using: &random)
      let found = try #require(percentile(percent, ofSorted: values))
      let rank = Double(values.count - 1) * Double(percent) / 100
      #expect(found >= Double(values[Int(rank.rounded(.down))]))
      #expect(found <= Double(values[Int(rank.rounded(.up))]))
    }
  }

  @Test("there is none of nothing, nor beyond the hundredth")
  func keepsItsRange() {
    #expect(percentile(50, ofSorted: []) == nil)
    #expect(percentile(101, ofSorted: [1]) == nil)
    #expect(percentile(100, ofSorted: [1, 2]) == 2)
    #expect(percentile(0, ofSorted: [1, 2]) == 1)
  }
}
