/// Why a table could not be protected; names only, never a value.
package enum DisclosureControlError: Error, Sendable {
  /// A mean or a quotient is too large for 64 bits.
  case overflow(figure: String)
  /// Parts and totals of tables do not fit each other: a fault of ours.
  case contradiction(table: String)
  /// So many numbers cannot be protected, whatever else is hidden; the tables in which they stand.
  case unprotected(count: Int, tables: [String])
  /// Of a table in which zeros are hidden the combinations of labels are too many to show them all.
  case tooManyCells(table: String, limit: Int)
  /// A count cannot be moved as asked: no such moves have the variance (nil), or they are fewer than
  /// one bit of surprise.
  case noise(count: Int64, bits: Double?)
}
