import Diagnostics
package import Tabular

/// The rows of a chunk, typed, and what became of those that are not among them.
///
/// read = accepted + rejected + skipped.
///
/// - Note: Clear identifiers pass through here.
package struct ParsedChunk: Sendable {
  /// At most so many rejected rows of a chunk are told one by one.
  package static let rejectCapacity = 1000

  /// The number of the chunk, from 0, over all files of the source.
  package let ordinal: Int
  /// Index of the file in the list; of the first one, for messages.
  package let file: Int
  /// The accepted rows.
  package internal(set) var batch: ClearBatch
  /// In file order, at most `rejectCapacity`; lines count from the start of the chunk for CSV, from
  /// the start of the file for messages.
  package internal(set) var rejects: [RejectedRow] = []
  /// How many lines the chunk has; 0 for messages.
  package internal(set) var lineCount = 0
  /// Rows that were found, and messages that were skipped.
  package internal(set) var read = 0
  package internal(set) var accepted = 0
  package internal(set) var rejected = 0
  /// All rejected rows by their reason; they add up to `rejected`.
  package internal(set) var rejectedByReason: [RejectReason: Int] = [:]
  package internal(set) var skipped: [SkipReason: Int] = [:]
  /// What files say of themselves, as far as this chunk holds them.
  package internal(set) var facts: [FileFacts] = []
  /// Files that are refused as a whole; their rows are among `rejected`.
  package internal(set) var refused: [RefusedFile] = []
  /// For each declared column: codes that nobody knows and that stay nonetheless.
  package internal(set) var keptCodes: [Int] = []
  /// For each declared column: faulty values that became missing.
  package internal(set) var blanked: [Int]
  /// By accepted row, which row of the chunk it is, from 1; empty unless that was asked for.
  ///
  /// Rows that are refused count, skipped ones and those of refused messages do not.
  package internal(set) var rowNumbers: [Int] = []
  /// How many rows of the chunk are numbered; 0 unless that was asked for.
  package internal(set) var numberedCount = 0
  /// What the columns came to.
  package internal(set) var columns: ColumnTally

  init(ordinal: Int, file: Int, batch: ClearBatch, columnCount: Int) {
    self.ordinal = ordinal
    self.file = file
    self.batch = batch
    blanked = Array(repeating: 0, count: columnCount)
    columns = ColumnTally(columnCount: columnCount)
  }

  /// Counts a file that is refused as a whole.
  mutating func take(_ file: RefusedFile) {
    refused.append(file)
    read += file.rowCount
    rejected += file.rowCount
    rejectedByReason[file.fault.reason, default: 0] += file.rowCount
    guard rejects.count < Self.rejectCapacity else { return }
    rejects.append(
      RejectedRow(
        file: file.file,
        line: file.place.line,
        column: file.fault.element ?? "",
        reason: file.fault.reason,
        shape: ""
      )
    )
  }
}
