import Files
package import PipelineFile
import Synchronization
package import Tabular

/// Hands out the chunks of a source's files, in order.
///
/// Reads, inflates and digests one chunk at a time, whoever asks; where chunks begin and end follows
/// from the files alone, never from who asks or how often.
///
/// - Note: Clear identifiers pass through here.
package final class ExtractReader: Sendable {
  private let source: Source
  private let form: CsvForm?
  private let wanted: [Int]
  private let files: [String]
  private let lastDay: CivilDate?
  /// By the number of the column that is looked up.
  private let lookups: [Int: RegionTable]
  private let chunkSize: Int
  private let verdicts: [Int: FileVerdict]
  private let state: Mutex<State>

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - source: how the files are read.
  ///   - wanted: the columns that a batch shall hold, by name, in that order; all declared columns
  ///     are checked nonetheless.
  ///   - files: paths, in the order in which they are read.
  ///   - lastDay: the day after which nobody was born who is in the files; nil judges none. It comes
  ///     from the pipeline, never from a clock.
  ///   - chunkSize: about how many bytes a chunk has, before a line that ends later.
  ///   - verdicts: files, by their index, of which no row is wanted.
  ///   - chunkBeginnings: files, by their index, that stand in no chunk with those before them.
  /// - Throws: `unknownColumn`, `table`; opens no extract yet.
  package init(
    source: Source,
    wanted: [String],
    files: [String],
    lastDay: CivilDate? = nil,
    chunkSize: Int = 4 << 20,
    verdicts: [Int: FileVerdict] = [:],
    chunkBeginnings: Set<Int> = []
  ) throws(IngestError) {
    var numbers: [Int] = []
    for name in wanted {
      guard let number = source.columns.firstIndex(where: { $0.name == name }) else {
        throw .unknownColumn(name, source.place)
      }
      numbers.append(number)
    }
    self.source = source
    form = CsvForm(source)
    self.wanted = numbers
    self.files = files
    self.lastDay = lastDay
    // Offsets in a chunk have 32 bits.
    let chunkSize = min(max(chunkSize, 16), 1 << 28)
    self.chunkSize = chunkSize
    self.verdicts = verdicts
    lookups = try RegionTable.all(of: source)
    state = Mutex(
      State(
        documents: try DocumentFormat(source).map { format in
          DocumentFiles(
            format: format,
            isOfMessages: source.format.isOfMessages,
            files: files,
            verdicts: verdicts,
            chunkSize: chunkSize,
            chunkBeginnings: chunkBeginnings,
            inflation: InflationLimits(source.limits)
          )
        }
      )
    )
  }

  /// The next chunk, or nil at the end; may be called from any thread.
  ///
  /// - Throws: `file`, `refused`; the same again after that.
  package func next() throws(IngestError) -> ExtractChunk? {
    try state.withLock { (state: inout State) throws(IngestError) -> ExtractChunk? in
      if let failure = state.failure { throw failure }
      do throws(IngestError) {
        return try next(&state)
      } catch {
        state.failure = error
        throw error
      }
    }
  }

  /// A parser for the chunks; each worker needs its own.
  ///
  /// - Throws: `pattern`, if the pattern of a column is none.
  package func makeParser() throws(IngestError) -> RowParser {
    try RowParser(
      source: source,
      wanted: wanted,
      files: files,
      lastDay: lastDay,
      lookups: lookups
    )
  }

  /// The files that were read to their end, in order; all of them once `next` gave nil.
  package var deliveries: [Delivery] {
    state.withLock { $0.documents?.deliveries ?? $0.deliveries }
  }

  private struct State: ~Copyable {
    var ordinal = 0
    /// The file to open next.
    var file = 0
    var lines: CsvFile?
    var records: LineFile?
    var documents: DocumentFiles?
    var deliveries: [Delivery] = []
    var failure: IngestError?
  }

  private func next(_ state: inout State) throws(IngestError) -> ExtractChunk? {
    guard let form else {
      switch source.format {
      case .ndjson, .fhir: return try nextRecords(&state)
      default: break
      }
      guard let (content, file) = try state.documents?.next() else { return nil }
      return make(content, file: file, &state)
    }
    while true {
      if var lines = state.lines.take() {
        if let chunk = try lines.next(chunkSize: chunkSize) {
          state.lines = consume lines
          return make(.csv(chunk), file: state.file - 1, &state)
        }
        if let delivery = try lines.finish() { state.deliveries.append(delivery) }
      }
      guard let path = nextPath(&state) else { return nil }
      if let chunk = try passOver(path, &state) { return chunk }
      state.lines = try CsvFile(path: path, form: form)
    }
  }

  /// The next lines that are JSON records.
  private func nextRecords(_ state: inout State) throws(IngestError) -> ExtractChunk? {
    while true {
      if var records = state.records.take() {
        if let chunk = try records.next(chunkSize: chunkSize) {
          state.records = consume records
          return make(.lines(chunk), file: state.file - 1, &state)
        }
        if let delivery = try records.finish() { state.deliveries.append(delivery) }
      }
      guard let path = nextPath(&state) else { return nil }
      if let chunk = try passOver(path, &state) { return chunk }
      state.records = try LineFile(path: path, limits: source.limits)
    }
  }

  private func nextPath(_ state: inout State) -> String? {
    guard state.file < files.count else { return nil }
    state.file += 1
    return files[state.file - 1]
  }

  /// What stands for a file of which no row is wanted, once it was digested; nil for any other.
  private func passOver(_ path: String, _ state: inout State) throws(IngestError) -> ExtractChunk? {
    guard let verdict = verdicts[state.file - 1] else { return nil }
    state.deliveries.append(try Delivery(digesting: path))
    return make(.rows(DocumentRows(verdict)), file: state.file - 1, &state)
  }

  private func make(
    _ content: ExtractChunk.Content,
    file: Int,
    _ state: inout State
  ) -> ExtractChunk {
    let chunk = ExtractChunk(ordinal: state.ordinal, file: file, content: content)
    state.ordinal += 1
    return chunk
  }
}
