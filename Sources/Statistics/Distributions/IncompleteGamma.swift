import Glibc

/// The regularised incomplete gamma functions: χ² and Poisson are theirs under other names.
///
/// Relative error below 1e-12 for shapes to 1e7 and tails to 1e-300. For shapes under a half the
/// upper tail has that error absolutely.
enum IncompleteGamma {
  /// Gives P(shape, value), the probability of a gamma variable up to `value`.
  static func lower(_ shape: Double, _ value: Double) -> Double {
    guard value > 0 else { return 0 }
    return value < shape + 1
      ? exp(logDensity(shape, value)) * lowerRatio(shape, value)
      : 1 - exp(logDensity(shape, value)) * upperRatio(shape, value)
  }

  /// Gives Q(shape, value) = 1 − P(shape, value), not by subtraction where it is small.
  static func upper(_ shape: Double, _ value: Double) -> Double {
    guard value > 0 else { return 1 }
    return value < shape + 1
      ? 1 - exp(logDensity(shape, value)) * lowerRatio(shape, value)
      : exp(logDensity(shape, value)) * upperRatio(shape, value)
  }

  /// Gives the value at which P(shape, value) is `probability`, at most a half.
  ///
  /// ln P is concave in ln x, so Newton's steps come from the left and never turn.
  static func lowerInverse(_ shape: Double, _ probability: Double) -> Double {
    // P is below x^a/Γ(a+1), so the first is left of the root; the second is close to it. Both, and
    // so all that follow, are left of the mean.
    let small = exp((log(probability) + lgamma(shape + 1).0) / shape)
    var value = max(small, wilsonHilferty(shape, Normal.quantile(probability)))
    for _ in 0..<stepLimit where value > 0 {
      let ratio = lowerRatio(shape, value)
      let excess = logDensity(shape, value) + log(ratio) - log(probability)
      let step = excess * ratio / shape
      value *= exp(-step)
      guard abs(step) * max(1, shape.squareRoot()) > sufficientStep else { break }
    }
    return value
  }

  /// Gives the value at which Q(shape, value) is `probability`, at most a half.
  ///
  /// The mirror image: ln Q is concave too, and steps come from the right.
  static func upperInverse(_ shape: Double, _ probability: Double) -> Double {
    var value = max(shape, wilsonHilferty(shape, -Normal.quantile(probability)))
    for _ in 0..<stepLimit {
      let density = logDensity(shape, value)
      let ratio =
        value < shape + 1
        ? exp(-density) - lowerRatio(shape, value) : upperRatio(shape, value)
      let excess = density + log(ratio) - log(probability)
      let step = excess * ratio / shape
      value *= exp(step)
      guard abs(step) * max(1, shape.squareRoot()) > sufficientStep else { break }
    }
    return value
  }

  private static let stepLimit = 100

  /// A step in ln x, in widths of the distribution, after which the next would change nothing.
  private static let sufficientStep = 1e-8

  /// An approximate quantile by that of the normal distribution (Wilson and Hilferty, 1931).
  private static func wilsonHilferty(_ shape: Double, _ normal: Double) -> Double {
    let root = 1 - 1 / (9 * shape) + normal / (3 * shape.squareRoot())
    return shape * root * root * root
  }

  /// ln(x^a·e^−x/Γ(a+1)), by the deviance where the terms would cancel (Loader, 2000).
  private static func logDensity(_ shape: Double, _ value: Double) -> Double {
    guard shape >= 20 else { return shape * log(value) - value - lgamma(shape + 1).0 }
    // What Stirling's formula leaves of ln Γ(a+1) (Abramowitz and Stegun, 6.1.41).
    let square = 1 / (shape * shape)
    let rest =
      (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / shape
    return -deviance(shape, value) - rest - log(2 * Double.pi * shape) / 2
  }

  /// a·ln(a/x) + x − a, to the last digits also where a and x are close.
  private static func deviance(_ shape: Double, _ value: Double) -> Double {
    let skew = (shape - value) / (shape + value)
    guard abs(skew) < 0.5 else { return shape * log(shape / value) + value - shape }
    // ln(a/x) = 2·artanh(skew), of which the first term is taken together with x − a.
    var sum = 0.0
    var power = skew
    var exponent = 1.0
    var before: Double
    repeat {
      before = sum
      power *= skew * skew
      exponent += 2
      sum += power / exponent
    } while sum != before
    return (shape - value) * skew + 2 * shape * sum
  }

  /// P/density, by its series of positive terms (Abramowitz and Stegun, 6.5.29).
  ///
  /// - Complexity: O(√*shape*) near the mean.
  private static func lowerRatio(_ shape: Double, _ value: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    var divisor = shape
    while term > sum * 1e-17 {
      divisor += 1
      term *= value / divisor
      sum += term
    }
    return sum
  }

  /// Q/density, by Legendre's continued fraction (Abramowitz and Stegun, 6.5.31; Lentz, 1976).
  ///
  /// - Complexity: O(√*shape*) near the mean.
  private static func upperRatio(_ shape: Double, _ value: Double) -> Double {
    var base = value + 1 - shape
    var forward = Double.greatestFiniteMagnitude
    var backward = 1 / base
    var product = backward
    var index = 0.0
    var factor: Double
    repeat {
      index += 1
      base += 2
      let numerator = index * (shape - index)
      backward = 1 / (numerator * backward + base)
      forward = base + numerator / forward
      factor = forward * backward
      product *= factor
    } while abs(factor - 1) > 2.3e-16 && index < 1e5
    return shape * product
  }
}
