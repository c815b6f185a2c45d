import Cryptography
import Ingest
import PipelineFile
import Pseudonymisation
import Synchronization
import Tabular

/// Remembers which row of an extract became which identity.
///
/// In memory alone, and only where a pipeline is tried out; of what names a row it knows a digest.
final class RecordTrace: Sendable {
  /// The accepted rows of one chunk.
  struct Records: Sendable {
    /// Which row of its chunk each is, from 1.
    fileprivate var numbers: [Int]
    /// What names them; empty where their number does.
    fileprivate var digests: [Token]
    /// The codes of their identities.
    fileprivate var identities: [Int64] = []
    /// Rows of the chunk, refused ones too.
    fileprivate let count: Int

    fileprivate func taking(_ rows: [Int]) -> Records {
      var taken = self
      taken.numbers = rows.map { numbers[$0] }
      if !digests.isEmpty { taken.digests = rows.map { digests[$0] } }
      if !identities.isEmpty { taken.identities = rows.map { identities[$0] } }
      return taken
    }
  }

  private struct State {
    var chunks: [Int: Records] = [:]
    var records = TracedRecords()
  }

  /// The column that names a row; nil where its number does.
  private let column: SourceColumn?
  private let digester: RecordKeyDigester
  private let state = Mutex(State())

  init(_ source: Source, _ digester: RecordKeyDigester) {
    column = source.recordKey.flatMap { source.column(named: $0) }
    self.digester = digester
  }

  /// What became of the records; complete when the source is staged.
  var records: TracedRecords { state.withLock { $0.records } }

  /// Forgets what an earlier reading told.
  func begin() { state.withLock { $0 = State() } }

  /// The columns that a batch must hold beside those of the plan.
  func wanted(beside planned: [String]) -> [String] {
    guard let column, !planned.contains(column.name) else { return [] }
    return [column.name]
  }

  /// The records of a chunk, before their values are replaced.
  ///
  /// - Note: Clear identifiers pass through here.
  func records(of parsed: borrowing ParsedChunk, planned: [String]) throws -> Records {
    var digests: [Token] = []
    if let column {
      digests = try digester.digests(
        of: parsed.batch,
        column: planned.firstIndex(of: column.name) ?? planned.count,
        type: column.type
      )
    }
    return Records(numbers: parsed.rowNumbers, digests: digests, count: parsed.numberedCount)
  }

  /// Notes what a chunk became, whose rows may be refused yet.
  func note(_ records: Records, _ rows: PseudonymisedRows, chunk: Int) {
    var noted = rows.batchRows.map { records.taking($0) } ?? records
    if case .integers(let codes, _) = rows.rows.table.columns[0] { noted.identities = codes }
    state.withLock { $0.chunks[chunk] = noted }
  }

  /// Forgets the rows of a chunk that do not stand.
  func settle(goes: [Bool]?, chunk: Int) {
    guard let goes else { return }
    state.withLock { state in
      state.chunks[chunk] = state.chunks[chunk]?.taking(goes.indices.filter { !goes[$0] })
    }
  }

  /// Numbers the rows over all files, when the identities are in order.
  func finish(_ ordered: OrderedIdentities) {
    state.withLock { state in
      var records = TracedRecords(column: column, digester: digester)
      for ordinal in state.chunks.keys.sorted() {
        guard let chunk = state.chunks[ordinal] else { continue }
        records.append(
          numbers: chunk.numbers,
          digests: chunk.digests,
          identities: chunk.identities.map { ordered.number(ofCode: $0) },
          rowCount: chunk.count
        )
      }
      state = State(records: records)
    }
  }
}
