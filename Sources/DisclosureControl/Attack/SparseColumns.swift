/// A matrix of few entries, column by column.
struct SparseColumns: Sendable {
  /// One a column, and the end.
  private(set) var starts: [Int32] = [0]
  private(set) var rows: [Int32] = []
  private(set) var coefficients: [Double] = []

  /// Adds an entry to the column that is being made.
  mutating func add(row: Int32, _ coefficient: Double) {
    rows.append(row)
    coefficients.append(coefficient)
  }

  /// Ends the column that is being made.
  mutating func endColumn() { starts.append(Int32(rows.count)) }
}
