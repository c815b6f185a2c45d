import Testing

@testable import Statistics

@Suite("The incomplete gamma functions")
struct IncompleteGammaTests {
  @Test("both tails are right to 1e-12, for shapes to 1e7 and tails to 1e-300")
  func agrees() throws {
    let lower = try DistributionVector.all(of: "gamma-lower")
    let upper = try DistributionVector.all(of: "gamma-upper")
    #expect(lower.count > 200 && upper.count > 200)
    for vector in lower {
      let found = IncompleteGamma.lower(vector.arguments[0], vector.arguments[1])
      #expect(isClose(found, vector.value), "\(vector), found \(found)")
    }
    for vector in upper {
      let found = IncompleteGamma.upper(vector.arguments[0], vector.arguments[1])
      #expect(isClose(found, vector.value), "\(vector), found \(found)")
    }
  }

  @Test("nothing lies below 0, and everything above it")
  func beginsAtZero() {
    #expect(IncompleteGamma.lower(3, 0) == 0)
    #expect(IncompleteGamma.upper(3, 0) == 1)
  }
}
