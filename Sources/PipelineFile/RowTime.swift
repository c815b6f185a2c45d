/// When the rows of a source are, by their columns of dates.
package enum RowTime: Sendable, Hashable {
  /// On a day; a row without it is in no period.
  case day(String)
  /// From a first to a last day, both inside; without a last one it has not ended yet.
  case spell(start: String, end: String)

  /// The columns, in the order in which they are written.
  package var columns: [String] {
    switch self {
    case .day(let column): [column]
    case .spell(let start, let end): [start, end]
    }
  }
}
