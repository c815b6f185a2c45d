import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite("What a risk score is worth")
struct RiskScoresTests {
  private let known = RiskScores(with: [3, 5, 9, 8], without: [60, 40, 25, 5])
  private let risks = [0.04, 0.1, 0.25, 0.55]

  @Test("the page's scores give the page's answers")
  func knownAnswers() {
    #expect(isPrinted(known.concordance, 0.776154))
    #expect(isPrinted(known.predictiveValue(from: 2), 0.361702))
    #expect(isPrinted(known.sensitivity(from: 2), 0.68))
    let calibration = known.calibration(expected: risks, .ninetyFive)
    #expect(isPrinted(calibration.value, 1.102779))
    // Byar's limits of 25, over 22.67 expected.
    #expect(isPrinted(calibration.interval?.lower, 16.174266 / 22.67))
    #expect(isPrinted(calibration.interval?.upper, 36.906451 / 22.67))
    #expect(isPrinted(known.calibrationSlope(expected: risks), 1.019318))
  }

  @Test("C is the share of all pairs, counted one by one", arguments: 0..<60)
  func agreesWithPairs(seed: UInt64) {
    let scores = randomScores(seed: seed)
    var above = 0.0
    var pairs = 0.0
    for (high, with) in scores.with.enumerated() {
      for (low, without) in scores.without.enumerated() {
        for _ in 0..<with {
          for _ in 0..<without {
            above += high > low ? 1 : high == low ? 0.5 : 0
            pairs += 1
          }
        }
      }
    }
    guard pairs > 0 else {
      #expect(scores.concordance == nil)
      return
    }
    #expect(abs((scores.concordance ?? .nan) - above / pairs) < 1e-12, "seed \(seed)")
  }

  @Test("the slope solves the likelihood equations, by another way", arguments: 0..<60)
  func slopeSolves(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed + 1)
    let scores = randomScores(seed: seed)
    let risks = scores.with.map { _ in Double.random(in: 0.001...0.999, using: &random) }
    let logits = risks.map { log($0 / (1 - $0)) }
    func spread(_ persons: [Int]) -> (Double, Double)? {
      let own = logits.indices.filter { persons[$0] > 0 }.map { logits[$0] }
      guard let least = own.min(), let most = own.max() else { return nil }
      return (least, most)
    }
    guard let with = spread(scores.with), let without = spread(scores.without),
      with.0 < without.1, without.0 < with.1
    else {
      #expect(scores.calibrationSlope(expected: risks) == nil, "seed \(seed)")
      return
    }
    let slope = try #require(scores.calibrationSlope(expected: risks), "seed \(seed)")
    // At the one summit both sums of residuals are 0; the intercept makes the first so, by halving.
    func residuals(_ intercept: Double) -> [Double] {
      logits.indices.map { score in
        let risk = 1 / (1 + exp(-(intercept + slope * logits[score])))
        return Double(scores.with[score])
          - risk * Double(scores.with[score] + scores.without[score])
      }
    }
    var (low, high) = (-1000.0, 1000.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if residuals(middle).reduce(0, +) > 0 { low = middle } else { high = middle }
    }
    let tilt = zip(residuals(low), logits).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(tilt) < 1e-9, "seed \(seed)")
  }

  @Test("what cannot be told is missing: no outcomes, all, an empty stratum, separated data")
  func missing() {
    let none = RiskScores(with: [0, 0], without: [4, 5])
    #expect(none.concordance == nil)
    #expect(none.sensitivity(from: 1) == nil)
    #expect(none.predictiveValue(from: 1) == 0)
    #expect(none.calibration(expected: [0, 0], .ninetyFive).value == nil)
    #expect(none.predictiveValue(from: 2) == nil)
    #expect(RiskScores(with: [], without: []).concordance == nil)
    func slope(_ with: [Int], _ without: [Int], _ risks: [Double]) -> Double? {
      RiskScores(with: with, without: without).calibrationSlope(expected: risks)
    }
    #expect(slope([0, 0], [4, 5], [0.1, 0.2]) == nil)
    #expect(slope([0, 3], [4, 0], [0.1, 0.2]) == nil)
    #expect(slope([0, 3], [4, 5], [0.1, 0.2]) == nil)
    #expect(slope([3, 0], [4, 5], [0.1, 0.2]) == nil)
    #expect(slope([3, 3], [4, 5], [0.2, 0.2]) == nil)
    #expect(slope([3, 3], [4, 5], [0, 0.2]) == nil)
    #expect(slope([3, 3, 0], [4, 1, 0], [0.1, 0.2, 1]) != nil)
  }

  private func randomScores(seed: UInt64) -> RiskScores {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...6, using: &random)
    func persons() -> [Int] {
      (0..<count).map { _ in max(0, Int.random(in: -2...12, using: &random)) }
    }
    return RiskScores(with: persons(), without: persons())
  }
}
