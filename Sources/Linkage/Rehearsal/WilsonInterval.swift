import Glibc

/// Between which shares the true one lies (Wilson, 1927).
enum WilsonInterval {
  /// For 95 %.
  private static let deviations = 1.96

  /// - Parameters:
  ///   - hits: in 0...trials.
  ///   - trials: at least 0.
  /// - Returns: the interval that holds it in 95 of 100 cases.
  static func around(
    _ hits: Int,
    of trials: Int
  ) -> ClosedRange<Double> {
    guard trials > 0 else { return 0...1 }
    let (share, trials) = (Double(hits) / Double(trials), Double(trials))
    let square = deviations * deviations
    let middle = (share + square / (2 * trials)) / (1 + square / trials)
    let half =
      deviations / (1 + square / trials)
      * (share * (1 - share) / trials + square / (4 * trials * trials)).squareRoot()
    return max(0, middle - half)...min(1, middle + half)
  }

  /// How likely so few hits or fewer are, if each trial is a hit with that probability.
  ///
  /// - Parameters:
  ///   - hits: in 0...trials.
  ///   - trials: at least 0.
  ///   - share: in 0...1.
  /// - Returns: a probability.
  static func chance(ofAtMost hits: Int, of trials: Int, share: Double) -> Double {
    if hits >= trials || share <= 0 { return 1 }
    if share >= 1 { return 0 }
    var sum = 0.0
    for count in stride(from: hits, through: 0, by: -1) {
      let term = exp(
        lgamma(Double(trials + 1)) - lgamma(Double(count + 1)) - lgamma(Double(trials - count + 1))
          + Double(count) * log(share) + Double(trials - count) * log1p(-share)
      )
      sum += term
      // Terms fall from here on, each faster than the one before.
      if Double(count) < share * Double(trials), term < 1e-6 * sum { break }
    }
    return min(1, sum)
  }
}
