import Testing

@testable import Statistics

@Suite("Funnels")
struct FunnelLimitsTests {
  @Test("twenty expected have the limits of the page")
  func givesKnown() {
    let inner = ratioFunnel(expected: 20, .ninetyFive)
    #expect(isPrinted(inner?.lower, 0.610826))
    #expect(isPrinted(inner?.upper, 1.544419))
    let outer = ratioFunnel(expected: 20, .ninetyNineEight)
    #expect(isPrinted(outer?.lower, 0.447911))
    #expect(isPrinted(outer?.upper, 1.902094))
  }

  @Test("what is expected need not be whole, nor much")
  func takesParts() {
    let interval = ratioFunnel(expected: 0.25, .ninetyFive)
    #expect(isClose(interval?.lower, 1.0546405182519982e-6, within: 1e-9))
    #expect(isClose(interval?.upper, 16.784590533825824, within: 1e-9))
  }

  @Test("more expected is a narrower funnel, around 1")
  func narrows() throws {
    var last = Interval(lower: 0, upper: .infinity)
    for expected in [0.5, 1, 3, 10, 40, 300, 20_000] {
      let interval = try #require(ratioFunnel(expected: expected, .ninetyFive))
      #expect(last.lower < interval.lower && interval.lower < 1)
      #expect(last.upper > interval.upper && interval.upper > 1)
      last = interval
    }
  }

  @Test("a share of a tenth among 200 lies between 5.8 and 14.2 %")
  func givesShares() {
    let interval = shareFunnel(share: 0.1, of: 200, .ninetyFive)
    #expect(isPrinted(interval?.lower, 0.058423))
    #expect(isPrinted(interval?.upper, 0.141577))
  }

  @Test("no share lies outside 0...1, and none without persons or expectation")
  func keepsItsRange() {
    let low = shareFunnel(share: 0.01, of: 5, .ninetyFive)
    let high = shareFunnel(share: 0.99, of: 5, .ninetyFive)
    #expect(low?.lower == 0)
    #expect(high?.upper == 1)
    #expect(shareFunnel(share: 0.1, of: 0, .ninetyFive) == nil)
    #expect(shareFunnel(share: 1.1, of: 10, .ninetyFive) == nil)
    #expect(ratioFunnel(expected: 0, .ninetyFive) == nil)
  }
}
