/// The χ² distribution.
package enum ChiSquare {
  /// Gives the value below which a share `probability` lies.
  ///
  /// Relative error below 1e-12 for 1 to 2e7 degrees of freedom and tails to 1e-300, by Newton's
  /// method on the incomplete gamma function.
  ///
  /// - Parameters:
  ///   - probability: in 0...1.
  ///   - degreesOfFreedom: above 0, not only whole numbers.
  /// - Returns: not a number outside these ranges.
  package static func lowerQuantile(
    _ probability: Double,
    degreesOfFreedom: Double
  ) -> Double {
    guard degreesOfFreedom > 0, probability >= 0, probability <= 1 else { return .nan }
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return .infinity }
    return probability <= 0.5
      ? 2 * IncompleteGamma.lowerInverse(degreesOfFreedom / 2, probability)
      : 2 * IncompleteGamma.upperInverse(degreesOfFreedom / 2, 1 - probability)
  }

  /// Gives the value above which a share `probability` lies.
  ///
  /// As exact for 1e-300 as for a half, where 1 − `probability` would be 1.
  ///
  /// - Parameters:
  ///   - probability: in 0...1.
  ///   - degreesOfFreedom: above 0, not only whole numbers.
  /// - Returns: not a number outside these ranges.
  package static func upperQuantile(
    _ probability: Double,
    degreesOfFreedom: Double
  ) -> Double {
    guard degreesOfFreedom > 0, probability >= 0, probability <= 1 else { return .nan }
    guard probability > 0 else { return .infinity }
    guard probability < 1 else { return 0 }
    return probability <= 0.5
      ? 2 * IncompleteGamma.upperInverse(degreesOfFreedom / 2, probability)
      : 2 * IncompleteGamma.lowerInverse(degreesOfFreedom / 2, 1 - probability)
  }
}
