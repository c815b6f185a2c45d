import TestSupport
import Testing

@testable import Statistics

@Suite("Outcome for what it costs")
struct ValueRatioTests {
  @Test("six persons give the page's value and limits")
  func knownAnswer() throws {
    let found = try #require(
      ValueRatio(
        outcomes: [8, 12, 5, 15, 10, 6],
        costs: [9000, 11000, 8000, 14000, 12000, 7000]
      )
    )
    let interval = try #require(found.interval(.ninetyFive))
    #expect(isPrinted(1000 * found.value, 0.918033))
    #expect(isPrinted(1000 * interval.lower, 0.781681))
    #expect(isPrinted(1000 * interval.upper, 1.054384))
  }

  @Test("the variance is that of the written formula", arguments: 0..<40)
  func agreesWithFormula(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let n = Int.random(in: 2...30, using: &random)
    let outcomes = (0..<n).map { _ in Double.random(in: -5...20, using: &random) }
    let costs = (0..<n).map { _ in Double.random(in: 100...900, using: &random) }
    let found = try #require(ValueRatio(outcomes: outcomes, costs: costs))
    func covariance(_ left: [Double], _ right: [Double]) -> Double {
      let (meanLeft, meanRight) = (left.reduce(0, +) / Double(n), right.reduce(0, +) / Double(n))
      return zip(left, right).reduce(0) { $0 + ($1.0 - meanLeft) * ($1.1 - meanRight) }
        / Double(n - 1)
    }
    let ratio = found.value
    let variance =
      (covariance(outcomes, outcomes) + ratio * ratio * covariance(costs, costs)
        - 2 * ratio * covariance(outcomes, costs)) / (Double(n) * found.cost * found.cost)
    #expect(abs((found.standardError ?? .nan) - variance.squareRoot()) < 1e-12, "seed \(seed)")
  }

  @Test("nobody, or no cost, has no value, and one person no error")
  func missing() {
    #expect(ValueRatio(outcomes: [], costs: []) == nil)
    #expect(ValueRatio(outcomes: [1, 2], costs: [3, -3]) == nil)
    let one = ValueRatio(outcomes: [4], costs: [8])
    #expect(one?.value == 0.5)
    #expect(one != nil && one?.interval(.ninetyFive) == nil)
  }
}
