import Cryptography
import Files

/// Where the whole lines of a log end, and what the last of them says.
struct LogEnd {
  /// Bytes of whole lines.
  let byteCount: Int
  /// Bytes after the last line end.
  let tornByteCount: Int
  let head: LogHead

  /// - Throws: `LogFault` when the last whole line is none that could be added to; `FilesError`,
  ///   `CryptographyError`.
  init(_ file: borrowing OpenFile) throws {
    let size = try file.size()
    let lineEnd = try Self.lastLineEnd(file, before: size)
    byteCount = lineEnd.map { $0 + 1 } ?? 0
    tornByteCount = size - byteCount
    guard let lineEnd else {
      head = .empty
      return
    }
    let start = try Self.lastLineEnd(file, before: lineEnd).map { $0 + 1 } ?? 0
    let line = try file.bytes(at: start, count: lineEnd - start)
    var reader = LogLineReader()
    switch reader.read(line.span) {
    case .success(let read) where read.sequence >= 1:
      head = LogHead(size: read.sequence, hash: try LeafHash.hash(line))
    case .success:
      throw LogFault(line: 0, cause: .field("seq"))
    case .failure(let cause):
      throw LogFault(line: 0, cause: cause)
    }
  }

  /// Reads back from a place until there is a line end.
  private static func lastLineEnd(
    _ file: borrowing OpenFile,
    before end: Int
  ) throws(FilesError) -> Int? {
    var end = end
    while end > 0 {
      let start = max(0, end - 65_536)
      let bytes = try file.bytes(at: start, count: end - start)
      if let place = bytes.lastIndex(of: 0x0A) { return start + place }
      end = start
    }
    return nil
  }
}
