/// What is agreed on sharing savings; all are fractions.
package struct SavingsAgreement: Sendable, Equatable {
  /// The growth of costs that is expected anyhow.
  package let trend: Double
  /// Savings and losses up to this part of the baseline are chance, and shared with nobody.
  package let corridor: Double
  /// The part of a saving or a loss that is paid out.
  package let share: Double
  /// The greatest part of the baseline that is paid out, either way.
  package let cap: Double

  package init(trend: Double, corridor: Double, share: Double, cap: Double) {
    self.trend = trend
    self.corridor = corridor
    self.share = share
    self.cap = cap
  }

  /// What costs would have been: Σcᵢ·PYᵢ·(1 + trend).
  ///
  /// - Parameters:
  ///   - costs: cents a person-year in the baseline year, a stratum.
  ///   - personYears: of today, by the same strata.
  /// - Returns: whole cents; missing when they do not fit in 64 bits.
  package func baseline(costs: [Double], personYears: [Double]) -> Int? {
    precondition(costs.count == personYears.count)
    let sum = costs.indices.reduce(0.0) { $0 + costs[$1] * personYears[$1] }
    return wholeCents(sum * (1 + trend))
  }

  /// What is paid out: a share of the saving, outside the corridor and within the cap.
  ///
  /// - Parameters:
  ///   - savings: of all payers together.
  ///   - quality: the share of targets reached, in 0...1.
  /// - Returns: whole cents; missing when they do not fit in 64 bits.
  package func payout(of savings: Savings, quality: Double) -> Int? {
    let baseline = Double(savings.baseline)
    let saving = Double(savings.saving)
    guard abs(saving) > corridor * baseline else { return 0 }
    return wholeCents(max(-cap * baseline, min(cap * baseline, quality * share * saving)))
  }

  private func wholeCents(_ amount: Double) -> Int? { Int(exactly: amount.rounded()) }
}
