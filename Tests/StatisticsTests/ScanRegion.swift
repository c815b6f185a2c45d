import Glibc
import TestSupport

/// A made-up region of areas on a jittered grid, for tests of zones.
struct ScanRegion {
  var x: [Double] = []
  var y: [Double] = []
  var residents: [Int] = []
  var expected: [Double] = []
  var observed: [Int] = []
  /// A block of three by four areas, in which the true ratio is `ratio`.
  var planted: [Int] = []

  /// Makes up where areas lie, what is expected of them, and what was seen.
  ///
  /// - Parameters:
  ///   - side: areas along each side, at least 4.
  ///   - casesPerArea: expected at least, in each area; at most a half more.
  ///   - ratio: of the planted block to all others.
  ///   - seed: of all that is made up.
  init(side: Int, casesPerArea: Double, ratio: Double, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let left = Int.random(in: 0...side - 3, using: &random)
    let bottom = Int.random(in: 0...side - 4, using: &random)
    for column in 0..<side {
      for row in 0..<side {
        let isPlanted = (left..<left + 3).contains(column) && (bottom..<bottom + 4).contains(row)
        let cases = casesPerArea * Double.random(in: 1...1.5, using: &random)
        if isPlanted { planted.append(x.count) }
        x.append(1000 * (Double(column) + Double.random(in: -0.3...0.3, using: &random)))
        y.append(1000 * (Double(row) + Double.random(in: -0.3...0.3, using: &random)))
        residents.append(Int(100 * cases))
        expected.append(cases)
        observed.append(poisson(cases * (isPlanted ? ratio : 1), using: &random))
      }
    }
  }
}

/// A Poisson draw by multiplying uniform ones (Knuth, 1969).
private func poisson(_ mean: Double, using random: inout SeededGenerator) -> Int {
  let limit = exp(-mean)
  var product = Double.random(in: 0..<1, using: &random)
  var count = 0
  while product > limit {
    product *= Double.random(in: 0..<1, using: &random)
    count += 1
  }
  return count
}
