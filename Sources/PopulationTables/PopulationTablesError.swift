/// Why no tables could be made; names and numbers only, never a value.
package enum PopulationTablesError: Error, Sendable {
  /// A number is too large for 64 bits: in a derived column, a measure or a sum over rows.
  case overflow(column: String)
  /// An expression or a table asks for a column that the staged tables lack.
  case noColumn(name: String)
  /// An expression or a table asks for a source that is not there.
  case noSource(name: String)
  /// A column or an expression yields another type than its use asks for.
  case typeMismatch(column: String)
  /// The dimensions of a table have more combinations than can be numbered.
  case tooManyCells(table: String)
  /// The sizes of the segments do not add up to the persons: over all, or by a column.
  case segments(by: String)
  /// The cells that a total is made of do not add up to it.
  case totals(table: String)
  /// A standard population lacks strata that residents are in: how many, of which measure.
  case standard(measure: String, lacking: Int)
  /// A staged source does not fit itself: counts that do not add up, numbers out of range.
  case malformed(source: String)
  /// A group of rows could not be read.
  case unreadable(source: String, group: Int, reason: any Error)
}
