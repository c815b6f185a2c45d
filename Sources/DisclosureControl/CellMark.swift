import Tabular

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
  /// Too few events, areas or persons for a number to mean anything.
  case few
  /// A stratum of nobody was joined with its neighbour.
  case pooled
  /// Of everyone in the extract, whenever they lived here.
  case snapshot
  /// Made of an earlier delivery.
  case stale
  /// The value of an earlier release, not renewed, to protect people.
  case held

  /// Whether tonight's value is not seen.
  var isHidden: Bool { self == .hidden || self == .held }

  /// What stands in a published table: nothing, `x`, `~` or a word.
  package var symbol: String {
    switch self {
    case .none: ""
    case .hidden: "x"
    case .changed: "~"
    case .missing: "missing"
    case .few: "few"
    case .pooled: "pooled"
    case .snapshot: "snapshot"
    case .stale: "stale"
    case .held: "h"
    }
  }

  /// The mark that stands so in a published table.
  package init?(symbol: String) {
    let words = symbol.split(separator: " ", omittingEmptySubsequences: false)
    if words.count == 2, words[0] == Self.held.symbol, CivilDate(words[1]) != nil {
      self = .held
      return
    }
    guard let mark = Self.allCases.first(where: { $0.symbol == symbol }) else { return nil }
    self = mark
  }

  init(_ mark: CellTable.Figure.Mark) {
    self =
      switch mark {
      case .none: .none
      case .few: .few
      case .pooled: .pooled
      case .snapshot: .snapshot
      case .stale: .stale
      }
  }
}
