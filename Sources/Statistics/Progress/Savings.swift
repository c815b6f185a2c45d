/// What a payer, or all together, saved against a baseline, in cents; a loss is below 0.
package struct Savings: Sendable, Equatable {
  /// What costs would have been.
  package let baseline: Int
  /// What they were.
  package let actual: Int
  /// What was invested: what a payer brings.
  package let invested: Int
  /// Baseline less actual costs: what a payer takes.
  package let saving: Int
  /// The saving less what was invested.
  package let net: Int

  /// Fails when a difference does not fit in 64 bits.
  package init?(baseline: Int, actual: Int, invested: Int) {
    let (saving, overflow) = baseline.subtractingReportingOverflow(actual)
    let (net, netOverflow) = saving.subtractingReportingOverflow(invested)
    guard !overflow, !netOverflow else { return nil }
    self.baseline = baseline
    self.actual = actual
    self.invested = invested
    self.saving = saving
    self.net = net
  }

  /// The saving less the investment, over the investment; missing when nothing was invested.
  package var returnOnInvestment: Double? {
    invested == 0 ? nil : Double(net) / Double(invested)
  }
}
