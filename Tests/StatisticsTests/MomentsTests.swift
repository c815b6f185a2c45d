import TestSupport
import Testing

@testable import Statistics

@Suite("Means of persons")
struct MomentsTests {
  private func moments(_ values: [Int64]) -> Moments {
    values.reduce(into: Moments()) { $0.add($1) }
  }

  @Test("1 to 40 have mean 20.5 and limits 16.877158 and 24.122842")
  func givesLimits() {
    let estimate = meanEstimate(moments(Array(1...40)), .ninetyFive)
    #expect(estimate.value == 20.5)
    #expect(isPrinted(estimate.interval?.lower, 16.877158))
    #expect(isPrinted(estimate.interval?.upper, 24.122842))
  }

  @Test("under thirty persons a mean has no limits; of nobody there is none")
  func needsThirty() {
    let estimate = meanEstimate(moments(Array(1...29)), .ninetyFive)
    #expect(estimate.value == 15)
    #expect(estimate.interval == nil)
    #expect(meanEstimate(moments(Array(1...30)), .ninetyFive).interval != nil)
    #expect(meanEstimate(Moments(), .ninetyFive) == .none(.missing))
    #expect(moments([7]).variance == nil)
  }

  @Test("the variance is that of squared distances from the mean", arguments: 0..<100)
  func agreesWithDistances(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let centre = Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)
    let spread = Int64.random(in: 1...100_000, using: &random)
    let values = (0..<Int.random(in: 2...300, using: &random)).map { _ in
      centre + Int64.random(in: -spread...spread, using: &random)
    }
    // Distances from the centre are small integers: their doubles are exact.
    let distances = values.map { Double($0 - centre) }
    let mean = distances.reduce(0, +) / Double(values.count)
    let squares = distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let expected = squares / Double(values.count - 1)
    #expect(isClose(moments(values).variance, expected, within: 1e-11), "seed \(seed)")
  }

  @Test("one of a million that differs is not lost to rounding")
  func keepsSmallVariance() {
    var million = moments([0])
    for _ in 1..<1_000_000 { million.add(1) }
    #expect(isClose(million.variance, 1e-6))
  }

  @Test("parts come together in any order to the same moments")
  func hasNoOrder() {
    var left = moments([3, -8, 12])
    left.add(moments([5, 5]))
    var right = moments([5])
    right.add(moments([12, 5, -8, 3]))
    #expect(left == right)
    #expect(left == moments([3, -8, 12, 5, 5]))
  }

  @Test("values whose squares nothing can hold have a mean without limits")
  func survivesOverflow() {
    let values = moments(Array(repeating: .min, count: 40))
    #expect(values.hasOverflowed)
    let estimate = meanEstimate(values, .ninetyFive)
    #expect(estimate.value == Double(Int64.min))
    #expect(estimate.interval == nil)
    var whole = moments(Array(1...40))
    whole.add(values)
    #expect(whole.variance == nil)
  }
}
