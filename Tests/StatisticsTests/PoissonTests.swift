import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite("The Poisson distribution")
struct PoissonTests {
  /// P(X ≤ count), by adding up.
  private func summed(to count: Int, mean: Double) -> Double {
    var term = exp(-mean)
    var sum = term
    for value in stride(from: 1, through: count, by: 1) {
      term *= mean / Double(value)
      sum += term
    }
    return sum
  }

  @Test("tails are the sums of their probabilities")
  func agreesWithSums() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let mean = Double.random(in: 0.001...300, using: &random)
      let count = Int.random(in: 0...400, using: &random)
      let sum = summed(to: count, mean: mean)
      #expect(isClose(Poisson.lowerTail(to: count, mean: mean), sum, within: 1e-11))
      #expect(abs(Poisson.upperTail(from: count + 1, mean: mean) - (1 - sum)) < 1e-12)
    }
  }

  @Test("at least 31 where 18.4 are expected has p 0.004526")
  func givesExcess() {
    #expect(isPrinted(Poisson.upperTail(from: 31, mean: 18.4), 0.004526))
  }

  @Test("an excess that nobody would believe has a p that is not 0")
  func keepsSmallTails() {
    // e^−1/170!·(1 + 1/171 + 1/(171·172) + …)
    var series = 1.0
    for next in stride(from: 190.0, through: 171, by: -1) { series = 1 + series / next }
    let expected = exp(-1 - lgamma(171.0).0) * series
    #expect(isClose(Poisson.upperTail(from: 170, mean: 1), expected))
  }

  @Test("none or more are always seen; where nothing is expected, one never")
  func keepsItsEnds() {
    #expect(Poisson.upperTail(from: 0, mean: 5) == 1)
    #expect(Poisson.upperTail(from: 1, mean: 0) == 0)
    #expect(Poisson.lowerTail(to: 0, mean: 0) == 1)
    #expect(Poisson.lowerTail(to: -1, mean: 5) == 0)
  }
}
