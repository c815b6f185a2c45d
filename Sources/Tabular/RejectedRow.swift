/// Why a row or a value was refused; the words stand in `rejects.csv` and never change.
package enum RejectReason: String, Sendable, CaseIterable {
  case required
  case encoding
  case nul
  case control
  case quote
  case fieldCount = "field-count"
  case lineLength = "line-length"
  case number
  case money
  case date
  case datePartial = "date-partial"
  case future
  case code
  case range
  case nameScript = "name-script"
  case nameLength = "name-length"
  case postcode
  case bsnCheck = "bsn-check"
  /// No token of the level that was expected.
  case token
  /// No Bloom filter of the encoding that was expected.
  case filter
  case unique
  case parent
  case orphan
  case structure
  case limit
  // Of a whole file; its rows are counted under them.
  case missingColumn = "missing-column"
  case truncated
  case controlTotal = "control-total"
  case sequence
  case version
  case testFile = "test-file"
  case currency
  case senderError = "sender-error"
  case malformed
  case doctype
  case schema
}

/// A row that was refused: where and why, and the shape of what was found, never the value.
package struct RejectedRow: Sendable, Hashable {
  /// Index of the file in its source's list.
  package var file: Int
  /// Counted from 1; within a chunk until the run has joined the chunks.
  package var line: Int
  /// The column's name, or empty when the whole row is meant.
  package let column: String
  package let reason: RejectReason
  /// From `valueShape`, or a count such as `7 fields`.
  package let shape: String

  package init(file: Int, line: Int, column: String, reason: RejectReason, shape: String) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
    self.shape = shape
  }
}
