import Diagnostics
import Files
import PipelineFile

/// Cuts a text file in UTF-8 into chunks of whole lines.
///
/// What does not end within a chunk is carried to the next: where a chunk ends is a question of
/// memory, never of meaning.
///
/// - Note: Clear identifiers pass through here.
struct LineFile: ~Copyable {
  private var lines: LineBuffer

  /// - Throws: `file`.
  init(path: String, limits: SourceLimits) throws(IngestError) {
    lines = LineBuffer(
      try TextSource(
        path: path,
        encoding: .utf8,
        converts: false,
        inflation: InflationLimits(limits)
      ),
      lineLimit: limits.line
    )
  }

  /// What was delivered, once `next` gave nil.
  mutating func finish() throws(IngestError) -> Delivery? { try lines.source.finish() }

  /// The next lines; nil at the end.
  ///
  /// - Throws: `file`; `refused`, for what stands at the beginning of the file.
  mutating func next(chunkSize: Int) throws(IngestError) -> LineChunk? {
    if lines.isAtEnd && lines.carried.isEmpty { return nil }
    var wanted = chunkSize
    var bytes = try lines.firstBytes(wanted)
    var end = 0
    while true {
      if !lines.isAtEnd && bytes.count < wanted { try lines.append(to: &bytes, upTo: wanted) }
      if lines.isAtEnd && bytes.last != 0x0A && !bytes.isEmpty { bytes.append(0x0A) }
      end = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
      if lines.isAtEnd || end > 0 { break }
      wanted = bytes.count * 2 + chunkSize
    }
    guard end > 0 else { return nil }
    lines.carried = Array(bytes[end...])
    bytes.removeLast(bytes.count - end)
    bytes.append(contentsOf: repeatElement(0, count: CsvLimits.padding))
    return LineChunk(bytes: bytes, end: end)
  }
}

/// Whole lines of a text file.
struct LineChunk: Sendable {
  /// The text, then `CsvLimits.padding` zero bytes.
  var bytes: [UInt8]
  /// Where the text ends, just behind a line end.
  let end: Int
}
