/// A kind of episode: which rows start it, how long it lasts, and which rows it takes.
package struct EpisodeDefinition: Sendable, Hashable {
  /// Rows of one source.
  package struct Rows: Sendable, Hashable {
    package let source: String
    /// On the columns of the rows; nil for all of them.
    package let condition: Expression?
  }

  /// What it tells of a person, as `episodes.hip.amount`.
  package enum Figure: String, Sendable, CaseIterable {
    /// What the rows of the latest finished episode come to; missing without one.
    case amount
    /// How many episodes are finished.
    case count
    /// How many have begun and are not finished.
    case open
  }

  package let name: String
  package let starts: Rows
  /// For so many days before it begins nothing has started one.
  package let cleanDays: Int64
  /// How many days it lasts, the first included.
  package let lengthInDays: Int64
  /// One a source.
  package let takes: [Rows]

  /// What the names of the columns begin with; no other column has such a name.
  package static let columnPrefix = "episodes."

  /// The column of rows that is added up.
  package static let amountColumn = "amount"

  /// The name of the column of persons.
  package func column(_ figure: Figure) -> String { Self.column(figure, of: name) }

  static func column(_ figure: Figure, of name: String) -> String {
    "\(columnPrefix)\(name).\(figure.rawValue)"
  }
}
