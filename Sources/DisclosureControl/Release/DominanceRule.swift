import PipelineFile

// p %: a sum is sensitive if X − x₁ − x₂ < (p/100)·x₁; n, k: if x₁ + … + xₙ > (k/100)·X (Hundepool and
// others, Statistical Disclosure Control, 2012).
extension Protection.Dominance {
  /// What an attacker's interval of a sum must reach.
  ///
  /// - Parameters:
  ///   - total: the sum of magnitudes, X.
  ///   - largest: the largest contributions, the largest first; at least as many as the rule asks.
  /// - Returns: nil where the sum may be known.
  func required(total: Int64, largest: [Int64]) -> RequiredInterval? {
    let reach: Double
    switch self {
    case .prior(let share):
      let (first, second) = (largest.first ?? 0, largest.dropFirst().first ?? 0)
      guard Double(total) - Double(first) - Double(second) < share * Double(first) else {
        return nil
      }
      reach = (1 + share) * Double(first) + Double(second)
    case .share(let count, let share):
      let sum = largest.prefix(count).reduce(0.0) { $0 + Double($1) }
      guard sum > share * Double(total) else { return nil }
      reach = sum / share
    }
    // Bounds in whole units, on the careful side.
    guard let upper = Int64(exactly: (reach - 1e-9).rounded(.up)) else { return nil }
    let (twice, overflow) = total.multipliedReportingOverflow(by: 2)
    return RequiredInterval(lower: overflow ? 0 : max(0, twice - upper), upper: upper)
  }
}
