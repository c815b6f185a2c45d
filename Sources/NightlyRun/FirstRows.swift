import Diagnostics
import Ingest
import PipelineFile
import Tabular

/// The first rows of the files of a source, read as a run would, and what became of them.
///
/// - Note: Clear identifiers pass through here; counts, places and shapes are all that stays.
struct FirstRows {
  /// So many rows of a file are enough.
  private static let rowLimit = 1000
  private static let chunkSize = 1 << 18
  /// Together no more than 4 MiB of a file.
  private static let chunkLimit = 16

  let source: Source
  private(set) var read = 0
  private(set) var accepted = 0
  private(set) var rejected = 0
  private(set) var skipped = 0
  private(set) var reasons: [String: Int] = [:]
  /// The first rejects, with the path of their file.
  private(set) var rejects: [(path: String, reject: RejectedRow)] = []
  /// Messages that are refused as a whole.
  private(set) var refused: [Diagnostic] = []
  /// One a declared column.
  private(set) var faulty: [Int]
  private(set) var present: [Int]
  private(set) var unknownCodes: [Int]

  init(source: Source) {
    self.source = source
    faulty = Array(repeating: 0, count: source.columns.count)
    present = faulty
    unknownCodes = faulty
  }

  /// Reads the first rows of one file.
  ///
  /// - Throws: what refuses the file.
  mutating func read(_ path: String, lastDay: CivilDate?) throws(IngestError) {
    let reader = try ExtractReader(
      source: source,
      wanted: [],
      files: [path],
      lastDay: lastDay,
      chunkSize: Self.chunkSize
    )
    let parser = try reader.makeParser()
    var lines = 0
    let before = read
    for _ in 0..<Self.chunkLimit where read - before < Self.rowLimit {
      guard let chunk = try reader.next() else { return }
      let parsed = try parser.parse(chunk)
      read += parsed.read
      accepted += parsed.accepted
      rejected += parsed.rejected
      skipped += parsed.skipped.values.reduce(0, +)
      for (reason, count) in parsed.rejectedByReason {
        reasons[reason.rawValue, default: 0] += count
      }
      for reject in parsed.rejects where rejects.count < 100 {
        var placed = reject
        placed.line += lines
        rejects.append((path, placed))
      }
      lines += parsed.lineCount
      refused += parsed.refused.map {
        Diagnostic(
          .warning,
          at: $0.place,
          "message refused: \($0.fault.sentence)",
          hint: $0.fault.hint
        )
      }
      for column in faulty.indices {
        faulty[column] += parsed.columns.faulty[column]
        unknownCodes[column] += parsed.columns.unknownCodes[column]
        present[column] += parsed.columns.rowCount - parsed.columns.missing[column]
      }
    }
  }
}
