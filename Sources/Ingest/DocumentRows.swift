import Tabular

/// Rows of documents before they are typed: where the values of each stand.
///
/// - Note: Clear identifiers pass through here.
struct DocumentRows: Sendable {
  /// The values, one after the other.
  var bytes: [UInt8] = []
  /// Offset · 2³² + length in `bytes`, for each row and declared column; 0 has no value.
  var values: [UInt64] = []
  var rows: [Row] = []
  var skipped: [SkipReason: Int] = [:]
  /// What the documents say of themselves, one a document that has rows here.
  var facts: [FileFacts] = []
  /// Documents that are refused as a whole; none of their rows are here.
  var refused: [RefusedFile] = []

  /// How far the rows go, to come back to.
  struct Mark {
    fileprivate let byteCount: Int
    fileprivate let valueCount: Int
    fileprivate let rowCount: Int
    fileprivate let factCount: Int
    fileprivate let skipped: [SkipReason: Int]
  }

  var mark: Mark {
    Mark(
      byteCount: bytes.count,
      valueCount: values.count,
      rowCount: rows.count,
      factCount: facts.count,
      skipped: skipped
    )
  }

  /// Forgets what was added since.
  ///
  /// - Returns: how many rows that were.
  mutating func goBack(to mark: Mark) -> Int {
    let count = rows.count - mark.rowCount
    bytes.removeLast(bytes.count - mark.byteCount)
    values.removeLast(values.count - mark.valueCount)
    rows.removeLast(count)
    facts.removeLast(facts.count - mark.factCount)
    skipped = mark.skipped
    return count
  }

  /// Notes where the values of a document that was read whole stand.
  mutating func endDocument(_ file: Int, since mark: Mark) {
    guard let last = facts.indices.last, last >= mark.factCount, facts[last].file == file else {
      return
    }
    facts[last].payload = mark.byteCount..<bytes.count
  }

  init() {}

  /// No rows: what became of a file that is passed over.
  init(_ verdict: FileVerdict) {
    switch verdict {
    case .refused(let file): refused = [file]
    case .skipped(let reason): skipped[reason] = 1
    }
  }

  struct Row: Sendable {
    let file: Int
    let line: Int
    /// A `Fault` of the row itself, and the declared column it is in, or -1.
    var fault: UInt8
    var faultColumn: Int
    var role = RowRole.ordinary
    /// What it does to earlier rows; its cells point into `bytes`, its row counts for nothing.
    var correction: RowCorrection?
  }
}
