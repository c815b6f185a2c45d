import TestSupport
import Testing

@testable import Statistics

@Suite("The normal distribution")
struct NormalTests {
  @Test("probabilities are right to 1e-12, down to 1e-300")
  func cdfAgrees() throws {
    let vectors = try DistributionVector.all(of: "normal-cdf")
    #expect(vectors.count == 19)
    for vector in vectors {
      #expect(isClose(Normal.cdf(vector.arguments[0]), vector.value), "\(vector)")
    }
  }

  @Test("quantiles are right to 1e-12, down to 1e-300")
  func quantileAgrees() throws {
    let vectors = try DistributionVector.all(of: "normal-quantile")
    #expect(vectors.count == 28)
    for vector in vectors {
      #expect(isClose(Normal.quantile(vector.arguments[0]), vector.value), "\(vector)")
    }
  }

  @Test("the quantile of a value's probability is the value")
  func turnsBack() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<1000 {
      let value = Double.random(in: -37...0, using: &random)
      #expect(isClose(Normal.quantile(Normal.cdf(value)), value), "\(value)")
    }
  }

  @Test("there is no quantile outside 0...1, and none that is finite at its ends")
  func keepsItsRange() {
    #expect(Normal.quantile(0) == -.infinity)
    #expect(Normal.quantile(1) == .infinity)
    for outside in [-0.1, 1.1, Double.nan] { #expect(Normal.quantile(outside).isNaN) }
  }

  @Test("z of 95 % is 1.959964, of 99.8 % 3.090232")
  func givesZ() {
    #expect(isPrinted(Confidence.ninetyFive.z, 1.959964))
    #expect(isPrinted(Confidence.ninetyNineEight.z, 3.090232))
  }
}
