import Glibc

/// The standard normal distribution.
package enum Normal {
  /// Gives the probability of a value up to `value`.
  ///
  /// Relative error below 1e-12 down to 1e-300, by the complementary error function of the C
  /// library. The upper tail is `cdf(-value)`.
  package static func cdf(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

  /// Gives the value below which a share `probability` lies.
  ///
  /// By rational functions, to sixteen digits (Wichura, 1988, algorithm AS 241, PPND16). The upper
  /// quantile of p is `-quantile(p)`.
  ///
  /// - Parameter probability: in 0...1.
  /// - Returns: infinite at the ends, not a number outside.
  package static func quantile(_ probability: Double) -> Double {
    guard probability > 0, probability < 1 else {
      return probability == 0 ? -.infinity : probability == 1 ? .infinity : .nan
    }
    let offset = probability - 0.5
    guard abs(offset) > 0.425 else {
      return offset * ratio(middle, at: 0.180625 - offset * offset)
    }
    let depth = (-log(min(probability, 1 - probability))).squareRoot()
    let distance = depth <= 5 ? ratio(tail, at: depth - 1.6) : ratio(farTail, at: depth - 5)
    return offset < 0 ? -distance : distance
  }

  private typealias Polynomials = (above: [Double], below: [Double])

  /// Coefficients of AS 241, from the constant term up.
  private static let middle: Polynomials = (
    [
      3.387132872796366608, 133.14166789178437745, 1971.5909503065514427,
      13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
      33430.575583588128105, 2509.0809287301226727,
    ],
    [
      1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077,
      21213.794301586595867, 39307.89580009271061, 28729.085735721942674,
      5226.495278852854561,
    ]
  )
  private static let tail: Polynomials = (
    [
      1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055,
      3.64784832476320460504, 1.27045825245236838258, 0.24178072517745061177,
      0.0227238449892691845833, 7.7454501427834140764e-4,
    ],
    [
      1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455,
      0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4,
      1.05075007164441684324e-9,
    ]
  )
  private static let farTail: Polynomials = (
    [
      6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358,
      0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386,
      2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ],
    [
      1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
      7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
      2.04426310338993978564e-15,
    ]
  )

  private static func ratio(_ polynomials: Polynomials, at value: Double) -> Double {
    let above = polynomials.above.reversed().reduce(0) { $0 * value + $1 }
    return above / polynomials.below.reversed().reduce(0) { $0 * value + $1 }
  }
}
