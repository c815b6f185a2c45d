package import PipelineFile
package import Statistics
package import Tabular

/// Protects the tables of a release.
///
/// `hide` and `round` look at each cell by itself: one of fewer than `minimum` persons shows nothing;
/// a part is hidden too when either it or those whom it leaves out are fewer, a sum when fewer persons
/// contribute to it. `suppress` looks at all tables together and hides what else must be hidden, so
/// that none of these can be worked out (`ReleaseSuppression`).
///
/// A mean or a quotient is made of its two parts as they are shown: it tells nothing that they do not.
/// A quantile needs `minimum` persons on either side and is cut to three digits. What is fitted is
/// shown where all that it is made of is shown. Zero is shown: nobody is in it. With `round`, counts
/// and sums go to the nearest multiple of the base, and what is fitted has three digits. `cell-key`
/// moves counts and sums first (`Perturbation`).
///
/// With earlier releases, what they showed and what changed since belong to what is looked at; where
/// tonight's figure is hidden and an earlier release showed one, that stays.
///
/// - Parameters:
///   - tables: cells as they were counted; a figure hides what it has no value for.
///   - pieces: tables that are not printed, of what joins those that are; for `suppress`.
///   - policy: the minimum, and what is done beside hiding.
///   - earlier: releases of earlier nights, the oldest first: what they showed is known.
///   - levels: of the limits that stand beside figures.
///   - explain: called with why each number is hidden.
/// - Returns: for each table the same cells in the same order, with marks.
/// - Throws: `overflow` for a mean or a quotient that 64 bits cannot hold; `contradiction` and
///   `unprotected` of `suppress`; `noise` of `cell-key`.
package func protect(
  _ tables: [CellTable],
  pieces: [CellTable] = [],
  _ policy: Protection,
  since earlier: [EarlierRelease] = [],
  levels: [Confidence] = [.ninetyFive],
  explain: ([ProtectedNumber]) -> Void = { _ in }
) throws(DisclosureControlError) -> [ProtectedTable] {
  let suppression: ReleaseSuppression? =
    switch policy.method {
    case .hide, .round, .cellKey: nil
    case .suppress:
      try ReleaseSuppression(tables, pieces: pieces, policy, since: earlier).complete()
    }
  var protected: [ProtectedTable] = []
  var reasons = suppression?.reasons(tables, minimum: policy.minimum) ?? []
  for (number, table) in tables.enumerated() {
    let hiding = CellHiding(
      rule: MinimumRule(
        minimum: policy.minimum,
        hidesZeros: policy.hidesZeros,
        group: policy.group
      ),
      pattern: suppression.map { ($0, number) }
    )
    let own = try TableProtection(
      table: table,
      policy: policy,
      hiding: hiding,
      perturbation: try Perturbation(table, policy),
      levels: levels
    ).protected()
    let settled =
      if case .cellKey = policy.method {
        own.hiding(DriftingFigures(table, since: earlier, minimum: policy.minimum))
      } else { own }
    if suppression == nil { reasons += hiding.reasons(table, settled, beforeNights: own) }
    protected.append(settled.holding(earlier.last(before: table)))
  }
  explain(reasons)
  return protected
}

/// Protects one table, as a release of its own.
package func protect(
  _ table: CellTable,
  _ policy: Protection,
  levels: [Confidence] = [.ninetyFive]
) throws(DisclosureControlError) -> ProtectedTable {
  try protect([table], policy, levels: levels)[0]
}
