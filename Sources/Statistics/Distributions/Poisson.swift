/// The Poisson distribution.
package enum Poisson {
  /// Gives P(X ≥ `observed`), the p of an excess.
  ///
  /// Relative error below 1e-12 for counts to 1e7 and tails to 1e-300.
  ///
  /// - Parameters:
  ///   - observed: 0 or more.
  ///   - mean: 0 or more.
  /// - Returns: 1 for none or more.
  package static func upperTail(from observed: Int, mean: Double) -> Double {
    observed > 0 ? IncompleteGamma.lower(Double(observed), mean) : 1
  }

  /// Gives P(X ≤ `observed`).
  ///
  /// - Parameters:
  ///   - observed: 0 or more.
  ///   - mean: 0 or more.
  /// - Returns: 1 − P(X > `observed`), not by subtraction where it is small.
  package static func lowerTail(to observed: Int, mean: Double) -> Double {
    observed < 0 ? 0 : IncompleteGamma.upper(Double(observed) + 1, mean)
  }
}
