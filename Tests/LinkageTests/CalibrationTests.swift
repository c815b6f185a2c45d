import TestSupport
import Testing

@testable import Linkage

@Suite("What a probability is worth")
struct CalibrationTests {
  @Test("steps are those of the least squares under order", arguments: 0..<40 as Range<UInt64>)
  func agreesWithDefinition(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (right, wrong) = (Chances(), Chances())
    let tried = (0..<15).map { _ in Int.random(in: 150..<300, using: &random) }
    for _ in 0..<60 {
      let step = tried[Int.random(in: 0..<tried.count, using: &random)]
      if Double.random(in: 0..<1, using: &random) < Chances.probability(ofStep: step) {
        right.add(step: step, 1)
      } else {
        wrong.add(step: step, 1)
      }
    }
    let calibration = Calibration(right: right, wrong: wrong)
    let steps = Set(tried).filter { right.counts[$0] + wrong.counts[$0] > 0 }.sorted()
    for step in steps {
      // The greatest of the least means of intervals that hold it (Robertson et al., 1988).
      var expected = 0.0
      for first in steps where first <= step {
        var least = 1.0
        for last in steps where last >= step {
          let hits = right.counts[first...last].reduce(0, +)
          least = min(least, hits / (hits + wrong.counts[first...last].reduce(0, +)))
        }
        expected = max(expected, least)
      }
      // One pseudo-pair moves a step by no more than one part in its weight.
      let weight = right.counts[step] + wrong.counts[step]
      let told = calibration(Chances.probability(ofStep: step))
      #expect(abs(told - expected) <= 1 / (weight + 1), "seed \(seed)")
    }
  }

  @Test("it never falls where the probability rises", arguments: 0..<40 as Range<UInt64>)
  func rises(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let right = Chances((0..<12).map { _ in Double.random(in: 0..<1, using: &random) })
    let wrong = Chances((0..<12).map { _ in Double.random(in: 0..<1, using: &random) })
    let calibration = Calibration(right: right, wrong: wrong, wrongWeight: 0.3)
    let shares = (0...1000).map { calibration(Double($0) / 1000) }
    #expect(shares == shares.sorted(), "seed \(seed)")
    #expect(shares.allSatisfy { 0...1 ~= $0 })
  }

  @Test("a model that claims too much is told so, one that is right is left as it is")
  func corrects() {
    // Of what the model holds for 0.99, nine in ten are right.
    let right = Chances(Array(repeating: 0.5, count: 1000) + Array(repeating: 0.99, count: 2700))
    let wrong = Chances(Array(repeating: 0.5, count: 1000) + Array(repeating: 0.99, count: 300))
    let calibration = Calibration(right: right, wrong: wrong)
    #expect(abs(calibration(0.99) - 0.9) < 0.001)
    #expect(abs(calibration(0.5) - 0.5) < 0.001)
    #expect(Calibration(right: Chances(), wrong: Chances())(0.7) == 0.7)
  }

  @Test("what was never wrong is held for sure, and not by who is wary")
  func doubts() {
    let right = Chances(Array(repeating: 0.999_999_999, count: 400))
    let sure = Calibration(right: right, wrong: Chances())
    let wary = Calibration(right: right, wrong: Chances(), isWary: true)
    #expect(sure(0.999_999_999) > 0.999_999)
    #expect(abs(wary(0.999_999_999) - 400.5 / 401) < 1e-9)
  }
}
