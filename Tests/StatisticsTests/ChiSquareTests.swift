import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite("The χ² distribution")
struct ChiSquareTests {
  @Test("quantiles are right to 1e-12, for degrees of freedom to 2e7 and tails to 1e-300")
  func agrees() throws {
    let lower = try DistributionVector.all(of: "chi-lower")
    let upper = try DistributionVector.all(of: "chi-upper")
    #expect(lower.count > 100 && upper.count > 100)
    for vector in lower {
      let (probability, freedom) = (vector.arguments[0], vector.arguments[1])
      let found = ChiSquare.lowerQuantile(probability, degreesOfFreedom: freedom)
      #expect(isClose(found, vector.value), "\(vector), found \(found)")
    }
    for vector in upper {
      let (probability, freedom) = (vector.arguments[0], vector.arguments[1])
      let found = ChiSquare.upperQuantile(probability, degreesOfFreedom: freedom)
      #expect(isClose(found, vector.value), "\(vector), found \(found)")
    }
  }

  @Test("the quantile of a value's probability is the value, in either tail")
  func turnsBack() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<1000 {
      let freedom = pow(10, Double.random(in: 0...5, using: &random))
      let value = freedom + Double.random(in: -3...6, using: &random) * (2 * freedom).squareRoot()
      guard value > 0 else { continue }
      let lower = IncompleteGamma.lower(freedom / 2, value / 2)
      let upper = IncompleteGamma.upper(freedom / 2, value / 2)
      let found =
        lower < upper
        ? ChiSquare.lowerQuantile(lower, degreesOfFreedom: freedom)
        : ChiSquare.upperQuantile(upper, degreesOfFreedom: freedom)
      #expect(isClose(found, value), "\(freedom) \(value)")
    }
  }

  @Test("what lies below a share is what lies above the rest")
  func isOneFunction() {
    for probability in [0.125, 0.5, 0.875] {
      #expect(
        isClose(
          ChiSquare.lowerQuantile(probability, degreesOfFreedom: 7),
          ChiSquare.upperQuantile(1 - probability, degreesOfFreedom: 7)
        )
      )
    }
  }

  @Test("there is no quantile of what is no probability, or without degrees of freedom")
  func keepsItsRange() {
    #expect(ChiSquare.lowerQuantile(0, degreesOfFreedom: 4) == 0)
    #expect(ChiSquare.lowerQuantile(1, degreesOfFreedom: 4) == .infinity)
    #expect(ChiSquare.upperQuantile(0, degreesOfFreedom: 4) == .infinity)
    #expect(ChiSquare.upperQuantile(1, degreesOfFreedom: 4) == 0)
    for (probability, freedom) in [(-0.1, 4.0), (1.1, 4), (.nan, 4), (0.5, 0), (0.5, .nan)] {
      #expect(ChiSquare.lowerQuantile(probability, degreesOfFreedom: freedom).isNaN)
      #expect(ChiSquare.upperQuantile(probability, degreesOfFreedom: freedom).isNaN)
    }
  }
}
