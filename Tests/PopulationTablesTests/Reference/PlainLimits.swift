import Glibc

/// Limits as the design gives them; quantiles by halving, distributions by their series.
struct PlainLimits {
  let lower: Double
  let upper: Double

  func scaled(by factor: Double) -> PlainLimits {
    PlainLimits(lower: lower * factor, upper: upper * factor)
  }

  /// Wilson, of x persons among n.
  static func share(_ x: Double, of n: Double, _ level: Double) -> PlainLimits? {
    guard n > 0 else { return nil }
    let z = z(level)
    let root = z * (z * z + 4 * x * (1 - x / n)).squareRoot()
    return PlainLimits(
      lower: (2 * x + z * z - root) / (2 * (n + z * z)),
      upper: (2 * x + z * z + root) / (2 * (n + z * z))
    )
  }

  /// Byar, exact under ten; widened where persons have several.
  static func events(
    _ observed: Double,
    variance: Double? = nil,
    _ level: Double
  ) -> PlainLimits {
    let (tail, z) = ((1 - level) / 2, z(level))
    func byar(_ count: Double, _ side: Double) -> Double {
      let root = 1 - 1 / (9 * count) + side * z / (3 * count.squareRoot())
      return count * root * root * root
    }
    var lower = observed > 0 ? chiSquare(tail, 2 * observed) / 2 : 0
    var upper = chiSquare(1 - tail, 2 * observed + 2) / 2
    if observed >= 10 { (lower, upper) = (byar(observed, -1), byar(observed + 1, 1)) }
    if let variance, observed > 0 {
      let widening = (variance / observed).squareRoot()
      lower = max(0, observed + widening * (lower - observed))
      upper = observed + widening * (upper - observed)
    }
    return PlainLimits(lower: lower, upper: upper)
  }

  /// Of the mean of numbers; from thirty on.
  static func mean(_ numbers: [Double], _ level: Double) -> PlainLimits? {
    guard numbers.count >= 30 else { return nil }
    let n = Double(numbers.count)
    let mean = numbers.reduce(0, +) / n
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let width = z(level) * (squares / (n - 1)).squareRoot() / n.squareRoot()
    return PlainLimits(lower: mean - width, upper: mean + width)
  }

  /// Between which shares of n persons those lie that have this one.
  static func funnel(share: Double, of n: Double, _ level: Double) -> PlainLimits {
    let width = z(level) * (share * (1 - share) / n).squareRoot()
    return PlainLimits(lower: max(0, share - width), upper: min(1, share + width))
  }

  /// Between which ratios those lie that expect so much.
  static func funnel(expected: Double, _ level: Double) -> PlainLimits {
    let tail = (1 - level) / 2
    return PlainLimits(
      lower: chiSquare(tail, 2 * expected) / (2 * expected),
      upper: chiSquare(1 - tail, 2 * expected + 2) / (2 * expected)
    )
  }

  /// Φ⁻¹(1−α/2).
  static func z(_ level: Double) -> Double {
    halved(upTo: 40) { erfc($0 / 2.0.squareRoot()) < 1 - level }
  }

  /// Below which a χ² of so many degrees of freedom lies with that probability.
  private static func chiSquare(_ probability: Double, _ degrees: Double) -> Double {
    halved(upTo: degrees + 20 * (2 * degrees).squareRoot() + 100) { limit in
      let (shape, x) = (degrees / 2, limit / 2)
      let logGamma: Double = lgamma(shape + 1)
      var term = exp(shape * log(x) - x - logGamma)
      var sum = 0.0
      var step = 1.0
      while term > sum * 1e-18 || step < x {
        sum += term
        term *= x / (shape + step)
        step += 1
      }
      return sum > probability
    }
  }

  private static func halved(upTo limit: Double, _ isBeyond: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, limit)
    for _ in 0..<64 {
      let middle = (low + high) / 2
      if isBeyond(middle) { high = middle } else { low = middle }
    }
    return low
  }
}
