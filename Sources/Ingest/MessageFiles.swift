import Diagnostics
import Files
import PipelineFile

/// Gathers the files of messages into chunks: several small ones, or pieces of a big one.
///
/// A small file goes to a chunk whole, so that the workers read the XML. A file bigger than a chunk
/// is read here, piece by piece: it never stands in memory as a whole.
///
/// - Note: Clear identifiers pass through here.
struct MessageFiles: ~Copyable {
  private let layouts: [Int: IwmoLayout]
  private let files: [String]
  private let chunkSize: Int
  /// The file to open next.
  private var file = 0
  /// The first bytes of a big file, and its rest, while the small files before it are handed out.
  private var waiting: XMLInput?
  private var big: IwmoMessage?
  private var bigInput: XMLInput?
  private(set) var deliveries: [Delivery] = []

  init(layouts: [Int: IwmoLayout], files: [String], chunkSize: Int) {
    self.layouts = layouts
    self.files = files
    self.chunkSize = chunkSize
  }

  /// The next messages or rows, and the index of their first file; nil at the end.
  mutating func next() throws(IngestError) -> (content: ExtractChunk.Content, file: Int)? {
    if let rows = try nextRows() { return (.rows(rows), file - 1) }
    var chunk = MessageChunk()
    let first = file
    while file < files.count && chunk.bytes.count < chunkSize && waiting == nil {
      try gather(&chunk)
    }
    if !chunk.messages.isEmpty { return (.messages(chunk), first) }
    return try nextRows().map { (.rows($0), file - 1) }
  }

  /// Adds the next file to the chunk, or lets it wait if it is big.
  private mutating func gather(_ chunk: inout MessageChunk) throws(IngestError) {
    let start = chunk.bytes.count
    do throws(FilesError) {
      var source = try ByteSource(path: files[file])
      var isWhole = false
      while chunk.bytes.count - start <= chunkSize {
        // Most messages have a few thousand bytes.
        let filled = chunk.bytes.count
        let wanted = filled == start ? 1 << 14 : filled - start
        chunk.bytes.append(contentsOf: [UInt8](repeating: 0, count: wanted))
        let count = try source.read(into: &chunk.bytes, from: filled)
        chunk.bytes.removeLast(wanted - count)
        if count < wanted {
          isWhole = true
          break
        }
      }
      // A gzip file tells its end only when it is asked once more.
      if isWhole {
        var nothing: [UInt8] = [0]
        isWhole = try source.read(into: &nothing, from: 0) == 0
      }
      if isWhole, let digest = source.sha256 {
        let path = files[file]
        deliveries.append(
          Delivery(path: path, sha256: digest, byteCount: source.storedByteCount)
        )
        chunk.messages.append((start..<chunk.bytes.count, file))
      } else {
        waiting = XMLInput(start: Array(chunk.bytes[start...]), rest: source)
        chunk.bytes.removeLast(chunk.bytes.count - start)
      }
    } catch {
      throw .file(error)
    }
    file += 1
  }

  /// The next rows of the big file at hand; nil if there is none.
  private mutating func nextRows() throws(IngestError) -> IwmoRows? {
    if let input = waiting {
      waiting = nil
      bigInput = input
      big = try IwmoMessage(input, layouts: layouts, path: files[file - 1], file: file - 1)
    }
    guard var message = big.take(), let input = bigInput else { return nil }
    var rows = IwmoRows()
    if try message.read(into: &rows, byteLimit: chunkSize / 4) {
      if let delivery = try input.finish() { deliveries.append(delivery) }
      bigInput = nil
    } else {
      big = consume message
    }
    return rows
  }
}
