/// What protection did to one figure of one cell.
package enum CellMark: UInt8, Sendable, CaseIterable {
  /// Shown as it was counted.
  case none
  /// Not shown, to protect people.
  case hidden
  /// Perturbed or rounded; totals may not add up.
  case changed

  /// What stands in a published table: nothing, `x` or `~`.
  package var symbol: String {
    switch self {
    case .none: ""
    case .hidden: "x"
    case .changed: "~"
    }
  }
}
