import Diagnostics
import Files
import PipelineFile

/// Gathers the files of documents into chunks: several small ones, or pieces of a big one.
///
/// A small file goes to a chunk whole, so that the workers decode it. A file bigger than a chunk is
/// read here, piece by piece: it never stands in memory as a whole.
///
/// - Note: Clear identifiers pass through here.
struct DocumentFiles: ~Copyable {
  private static let firstLength = 1 << 14

  private let format: DocumentFormat
  private let isOfMessages: Bool
  private let files: [String]
  private let verdicts: [Int: FileVerdict]
  private let chunkSize: Int
  private let chunkBeginnings: Set<Int>
  private let inflation: InflationLimits
  /// The file to open next.
  private var file = 0
  /// The first bytes of a big file, and its rest, while the small files before it are handed out.
  private var waiting: DocumentInput?
  private var big: (any DocumentDecoder)?
  private var bigInput: DocumentInput?
  /// Rows of the big file that were handed out.
  private var bigRowCount = 0
  private(set) var deliveries: [Delivery] = []

  init(
    format: DocumentFormat,
    isOfMessages: Bool,
    files: [String],
    verdicts: [Int: FileVerdict],
    chunkSize: Int,
    chunkBeginnings: Set<Int>,
    inflation: InflationLimits
  ) {
    self.chunkBeginnings = chunkBeginnings
    self.inflation = inflation
    self.format = format
    self.isOfMessages = isOfMessages
    self.files = files
    self.verdicts = verdicts
    self.chunkSize = chunkSize
  }

  /// The next documents or rows, and the index of their first file; nil at the end.
  mutating func next() throws(IngestError) -> (content: ExtractChunk.Content, file: Int)? {
    if let rows = try nextRows() { return (.rows(rows), file - 1) }
    var chunk = DocumentChunk()
    let first = file
    while file < files.count && chunk.count < chunkSize && waiting == nil
      && verdicts[file] == nil && (chunk.documents.isEmpty || !chunkBeginnings.contains(file))
    {
      try gather(&chunk)
    }
    if !chunk.documents.isEmpty { return (.documents(chunk), first) }
    if waiting == nil, file < files.count, let verdict = verdicts[file] {
      return (.rows(try passOver(verdict)), file - 1)
    }
    return try nextRows().map { (.rows($0), file - 1) }
  }

  /// Takes no rows of a file of which the end is known, only its digest.
  private mutating func passOver(_ verdict: FileVerdict) throws(IngestError) -> DocumentRows {
    deliveries.append(try Delivery(digesting: files[file]))
    file += 1
    return DocumentRows(verdict)
  }

  /// Adds the next file to the chunk, or lets it wait if it is big.
  private mutating func gather(_ chunk: inout DocumentChunk) throws(IngestError) {
    let start = chunk.count
    do throws(FilesError) {
      var source = try ByteSource(path: files[file], limits: inflation, digestsContent: true)
      var isWhole = false
      while !isWhole && chunk.count - start <= chunkSize {
        // Most messages have a few thousand bytes.
        isWhole = try chunk.read(&source, max(Self.firstLength, chunk.count - start))
      }
      // A gzip file tells its end only when it is asked once more.
      if isWhole && source.isGzip {
        var nothing: [UInt8] = [0]
        isWhole = try source.read(into: &nothing, from: 0) == 0
      }
      if isWhole, let delivery = source.delivery {
        deliveries.append(delivery)
        chunk.documents.append((start..<chunk.count, file))
      } else {
        waiting = DocumentInput(start: Array(chunk.bytes[start..<chunk.count]), rest: source)
        chunk.goBack(to: start)
      }
    } catch {
      throw .file(error)
    }
    file += 1
  }

  /// The next rows of the big file at hand; nil if there is none.
  private mutating func nextRows() throws(IngestError) -> DocumentRows? {
    if let input = waiting {
      waiting = nil
      bigInput = input
      bigRowCount = 0
      big = try format.decoder(for: input, path: files[file - 1], file: file - 1)
    }
    guard let decoder = big, let input = bigInput else { return nil }
    var rows = DocumentRows()
    do throws(IngestError) {
      if try decoder.read(into: &rows, byteLimit: chunkSize / 4) {
        if let delivery = try input.finish() { deliveries.append(delivery) }
        big = nil
        bigInput = nil
      }
    } catch {
      guard case .refused(let fault, let place) = error, isOfMessages, !fault.isGate else {
        throw error
      }
      throw .refusedLate(
        RefusedFile(
          file: file - 1,
          fault: fault,
          place: place,
          rowCount: bigRowCount + rows.rows.count
        )
      )
    }
    bigRowCount += rows.rows.count
    return rows
  }
}
