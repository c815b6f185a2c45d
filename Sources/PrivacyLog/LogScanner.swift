import Files
import Glibc

/// Reads a log line by line in memory that does not grow with it.
struct LogScanner: ~Copyable {
  /// No line that is written is longer: a megabyte tells of some five thousand deliveries.
  static let longestLine = 4 << 20

  private let file: OpenFile
  /// What the places of a step refer to, until the next step.
  private(set) var buffer: [UInt8]
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  /// - Parameters:
  ///   - file: open at its beginning.
  ///   - bufferSize: how much is read at once, at first.
  init(_ file: consuming OpenFile, bufferSize: Int = 1 << 20) {
    self.file = file
    buffer = [UInt8](repeating: 0, count: max(1, bufferSize))
  }

  /// What comes next.
  enum Step {
    /// A line, at these places of `buffer`, without its line end.
    case line(Range<Int>)
    /// Nothing but this many bytes without a line end; 0 as a rule.
    case end(tornByteCount: Int)
    case tooLong
  }

  mutating func next() throws(FilesError) -> Step {
    var searched = start
    while true {
      if let lineEnd = firstLineEnd(from: searched) {
        let line = start..<lineEnd
        start = lineEnd + 1
        return .line(line)
      }
      searched = end - start
      if isAtEnd { return .end(tornByteCount: searched) }
      guard searched <= Self.longestLine else { return .tooLong }
      try fill()
    }
  }

  private func firstLineEnd(from place: Int) -> Int? {
    unsafe buffer.withUnsafeBytes { bytes in
      guard place < end, let base = bytes.baseAddress,
        let found = unsafe memchr(base + place, 0x0A, end - place)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Moves what is left to the front and reads more after it.
  private mutating func fill() throws(FilesError) {
    let kept = end - start
    if start > 0 {
      let (from, to) = (start, end)
      var span = buffer.mutableSpan
      unsafe span.withUnsafeMutableBytes { bytes in
        unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[from..<to]))
      }
    }
    start = 0
    end = kept
    if end == buffer.count {
      buffer.append(contentsOf: repeatElement(0, count: buffer.count))
    }
    end += try Self.read(file, to: &buffer, from: kept)
    isAtEnd = end < buffer.count
  }

  private static func read(
    _ file: borrowing OpenFile,
    to buffer: inout [UInt8],
    from place: Int
  ) throws(FilesError) -> Int {
    var span = buffer.mutableSpan
    return try unsafe span.withUnsafeMutableBytes { (bytes) throws(FilesError) in
      try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[place...]))
    }
  }
}
