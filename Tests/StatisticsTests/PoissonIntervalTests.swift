import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite("Limits of counts")
struct PoissonIntervalTests {
  @Test(
    "limits are those of the page",
    arguments: [
      (42, Confidence.ninetyFive, 30.266717, 56.773239),
      (42, Confidence.ninetyNineEight, 24.752484, 66.168578),
      (4, Confidence.ninetyFive, 1.089865, 10.241589),
      (0, Confidence.ninetyFive, 0, 3.688879),
    ]
  )
  func givesKnown(observed: Int, confidence: Confidence, lower: Double, upper: Double) {
    let interval = poissonInterval(observed: observed, confidence)
    #expect(isPrinted(interval.lower, lower))
    #expect(isPrinted(interval.upper, upper))
  }

  @Test("exact limits leave α/2 beyond each", arguments: 0..<10)
  func leavesTails(observed: Int) {
    for confidence in [Confidence.ninetyFive, .ninetyNineEight] {
      let interval = poissonInterval(observed: observed, confidence)
      #expect(
        isClose(Poisson.lowerTail(to: observed, mean: interval.upper), confidence.tail)
      )
      guard observed > 0 else { continue }
      #expect(
        isClose(Poisson.upperTail(from: observed, mean: interval.lower), confidence.tail)
      )
    }
  }

  @Test("a mean up to three is within the limits of at least 95 % of its counts")
  func covers() {
    let intervals = (0..<80).map { poissonInterval(observed: $0, .ninetyFive) }
    var random = SeededGenerator(seed: 4)
    for _ in 0..<300 {
      let mean = Double.random(in: 0.01...3, using: &random)
      let covered = intervals.enumerated().reduce(0.0) { sum, entry in
        let (count, interval) = entry
        guard interval.lower <= mean, mean <= interval.upper else { return sum }
        return sum + exp(Double(count) * log(mean) - mean - lgamma(Double(count) + 1).0)
      }
      #expect(covered > 0.95 - 1e-12, "mean \(mean): \(covered)")
    }
  }

  @Test("from ten events up, Byar's limits are within a hundredth of the exact ones")
  func isNearExact() {
    for observed in [10, 12, 20, 50, 400, 10_000] {
      let found = poissonInterval(observed: observed, .ninetyFive)
      let doubled = 2 * Double(observed)
      let lower = ChiSquare.lowerQuantile(0.025, degreesOfFreedom: doubled) / 2
      let upper = ChiSquare.upperQuantile(0.025, degreesOfFreedom: doubled + 2) / 2
      #expect(isClose(found.lower, lower, within: 0.01), "\(observed)")
      #expect(isClose(found.upper, upper, within: 0.01), "\(observed)")
    }
  }

  @Test("limits go up with the count, from nine to ten too")
  func rises() {
    for confidence in [Confidence.ninetyFive, .ninetyNineEight] {
      let intervals = (0..<200).map { poissonInterval(observed: $0, confidence) }
      for (before, after) in zip(intervals, intervals.dropFirst()) {
        #expect(before.lower < after.lower)
        #expect(before.upper < after.upper)
      }
    }
  }
}
