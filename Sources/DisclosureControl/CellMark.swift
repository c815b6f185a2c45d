/// What protection did to one figure of one cell.
package enum CellMark: UInt8, Sendable, CaseIterable {
  /// Shown as it was counted.
  case none
  /// Not shown, to protect people.
  case hidden
  /// Perturbed or rounded; totals may not add up.
  case changed
  /// There is no such number: nobody of whom it is known, or a division by zero.
  case missing

  /// What stands in a published table: nothing, `x`, `~` or `missing`.
  package var symbol: String {
    switch self {
    case .none: ""
    case .hidden: "x"
    case .changed: "~"
    case .missing: "missing"
    }
  }
}
