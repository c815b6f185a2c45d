import Diagnostics
import Files
import PipelineFile

/// Cuts a text file into chunks of whole lines.
///
/// What does not end within a chunk is carried to the next: where a chunk ends is a question of
/// memory, never of meaning. No more than a chunk and a line is held.
///
/// - Note: Clear identifiers pass through here.
struct LineFile: ~Copyable {
  /// Where a NUL byte refuses the whole file.
  private static let headLength = 4096

  private var source: ByteSource
  /// Bytes of a line, its end not counted; what is longer is cut, and still too long.
  private let lineLimit: Int
  /// Bytes that were read and not handed out; they begin at the start of a line.
  private var carried: [UInt8] = []
  private var isAtStart = true
  private var isAtEnd = false
  /// Within a line that is longer than any may be: the rest of it is thrown away.
  private var isDiscarding = false

  /// - Throws: `file`.
  init(path: String, lineLimit: Int) throws(IngestError) {
    do {
      source = try ByteSource(path: path)
    } catch {
      throw .file(error)
    }
    self.lineLimit = lineLimit
  }

  /// What was delivered, once `next` gave nil.
  mutating func finish() throws(IngestError) -> Delivery? {
    do {
      var nothing: [UInt8] = [0]
      _ = try source.read(into: &nothing, from: 0)
    } catch {
      throw .file(error)
    }
    return source.sha256.map {
      Delivery(path: source.path, sha256: $0, byteCount: source.storedByteCount)
    }
  }

  /// The next lines; nil at the end.
  ///
  /// - Throws: `file`; `refused`, for what stands at the beginning of the file.
  mutating func next(chunkSize: Int) throws(IngestError) -> LineChunk? {
    if isAtEnd && carried.isEmpty { return nil }
    var wanted = isAtStart ? max(chunkSize, Self.headLength) : chunkSize
    var bytes = try firstBytes(wanted)
    var end = 0
    while true {
      if !isAtEnd && bytes.count < wanted { try append(to: &bytes, upTo: wanted) }
      if isAtEnd && bytes.last != 0x0A && !bytes.isEmpty { bytes.append(0x0A) }
      end = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
      if isAtEnd || end > 0 { break }
      wanted = bytes.count * 2 + chunkSize
    }
    let start = isAtStart ? try readStart(bytes) : 0
    isAtStart = false
    guard end > 0 else { return nil }
    carried = Array(bytes[end...])
    bytes.removeLast(bytes.count - end)
    bytes.append(contentsOf: repeatElement(0, count: CsvLimits.padding))
    return LineChunk(bytes: bytes, start: start, end: end)
  }

  // The buffer of the chunk itself, so that what is read needs no copy, nor what is put behind it.
  private mutating func firstBytes(_ wanted: Int) throws(IngestError) -> [UInt8] {
    var kept: [UInt8] = []
    swap(&kept, &carried)
    guard !isAtEnd, !isDiscarding, kept.count < wanted else { return kept }
    var failure: FilesError?
    var count = 0
    let capacity = wanted + 4 * CsvLimits.padding
    var bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      for place in kept.indices { unsafe buffer[place] = kept[place] }
      filled = kept.count
      do throws(FilesError) {
        count = try unsafe source.read(
          into: UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[kept.count..<wanted]
          )
        )
        filled += count
      } catch {
        failure = error
      }
    }
    if let failure { throw .file(failure) }
    if count < wanted - kept.count { isAtEnd = true }
    shortenLongLine(&bytes)
    return bytes
  }

  private mutating func append(to bytes: inout [UInt8], upTo wanted: Int) throws(IngestError) {
    while bytes.count < wanted && !isAtEnd {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: wanted - start))
      let count: Int
      do {
        count = try source.read(into: &bytes, from: start)
      } catch {
        throw .file(error)
      }
      bytes.removeLast(bytes.count - start - count)
      if count < wanted - start { isAtEnd = true }
      if isDiscarding {
        let lineEnd = bytes[start...].firstIndex(of: 0x0A)
        bytes.removeSubrange(start..<(lineEnd ?? bytes.count))
        isDiscarding = lineEnd == nil
      }
      shortenLongLine(&bytes)
    }
  }

  // A line without end must not fill the memory.
  private mutating func shortenLongLine(_ bytes: inout [UInt8]) {
    guard !isDiscarding, bytes.count > lineLimit + 2 else { return }
    let length = bytes.count - ((bytes.lastIndex(of: 0x0A) ?? -1) + 1)
    guard length > lineLimit + 2 else { return }
    bytes.removeLast(length - lineLimit - 2)
    isDiscarding = true
  }

  /// Looks at the first bytes of the file.
  ///
  /// - Returns: how long its byte order mark is.
  private func readStart(_ bytes: [UInt8]) throws(IngestError) -> Int {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw refuse(.byteOrderMark(found: "utf-16", declared: Encoding.utf8.rawValue))
    }
    guard !bytes.prefix(Self.headLength).contains(0) else { throw refuse(.nul) }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private func refuse(_ fault: FileFault) -> IngestError {
    .refused(fault, Place(file: source.path))
  }
}

/// Whole lines of a text file.
struct LineChunk: Sendable {
  /// The text, then `CsvLimits.padding` zero bytes.
  var bytes: [UInt8]
  /// Where the first line begins: behind the byte order mark.
  let start: Int
  /// Where the text ends, just behind a line end.
  let end: Int
}
