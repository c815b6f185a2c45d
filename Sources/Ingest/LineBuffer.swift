import PipelineFile

/// Reads a file of lines into the chunks that it is cut into.
///
/// Holds no more than a chunk and a line: of a line that is longer than any may be, enough is kept
/// to be still too long, and the rest is thrown away.
///
/// - Note: Clear identifiers pass through here.
struct LineBuffer: ~Copyable {
  var source: TextSource
  /// Bytes that were read and not handed out; they begin at the start of a line.
  var carried: [UInt8] = []
  private(set) var isAtEnd = false
  /// Bytes of a line, its end not counted.
  private let lineLimit: Int
  /// Within a line that is longer than any may be: the rest of it is thrown away.
  private var isDiscarding = false

  init(_ source: consuming TextSource, lineLimit: Int) {
    self.source = source
    self.lineLimit = lineLimit
  }

  /// What was carried, and behind it what is read, up to so many bytes.
  ///
  /// - Returns: the buffer of the chunk itself, so that what is read needs no copy, nor what is put
  ///   behind it.
  mutating func firstBytes(_ wanted: Int) throws(IngestError) -> [UInt8] {
    var kept: [UInt8] = []
    swap(&kept, &carried)
    guard !isAtEnd, !isDiscarding, kept.count < wanted else { return kept }
    var failure: IngestError?
    var count = 0
    let capacity = wanted + 4 * CsvLimits.padding
    var bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      for place in kept.indices { unsafe buffer[place] = kept[place] }
      filled = kept.count
      do throws(IngestError) {
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
    if let failure { throw failure }
    if count < wanted - kept.count { isAtEnd = true }
    shortenLongLine(&bytes)
    return bytes
  }

  /// Reads on until there are so many bytes, or the file ends.
  mutating func append(to bytes: inout [UInt8], upTo wanted: Int) throws(IngestError) {
    while bytes.count < wanted && !isAtEnd {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: wanted - start))
      let count: Int
      var span = bytes.mutableSpan
      count = try unsafe span.withUnsafeMutableBytes { (buffer) throws(IngestError) in
        try unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
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
}
