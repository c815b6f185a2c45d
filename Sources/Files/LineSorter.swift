import Glibc

/// Sorts lines by their bytes, in memory that does not grow with them.
///
/// Lines are sorted in runs of some ten million bytes, which lie in a file without a name, so that a
/// killed run leaves nothing behind; then the runs are merged. The order is that of the bytes of the
/// lines without their ends, whatever the order in which they came.
package struct LineSorter: ~Copyable {
  private struct Line {
    /// The first eight bytes, big-endian: most comparisons need no more.
    let prefix: UInt64
    let start: Int
    let count: Int
  }

  /// So many bytes of lines are handed out at once.
  private static let blockSize = 1 << 20

  private let file: OpenFile
  private let runByteLimit: Int
  private var bytes: [UInt8] = []
  private var lines: [Line] = []
  /// Where each run lies in the file.
  private var runs: [Range<Int>] = []
  private var fileByteCount = 0

  /// Prepares an empty sorter.
  ///
  /// - Parameters:
  ///   - folder: on whose file system runs are put aside.
  ///   - runByteLimit: so many bytes are sorted in memory.
  /// - Throws: `system`.
  package init(in folder: String, runByteLimit: Int = 1 << 26) throws(FilesError) {
    file = try makeScratchFile(in: folder)
    self.runByteLimit = runByteLimit
  }

  /// Adds lines.
  ///
  /// - Parameters:
  ///   - text: the lines one after the other, without ends.
  ///   - ends: where each of them ends in `text`, ascending.
  /// - Throws: `system`.
  package mutating func append(_ text: [UInt8], ends: [Int]) throws(FilesError) {
    let base = bytes.count
    bytes.append(contentsOf: text)
    var start = 0
    for end in ends {
      lines.append(
        Line(prefix: linePrefix(text[start..<end]), start: base + start, count: end - start)
      )
      start = end
    }
    if bytes.count >= runByteLimit { try putAside() }
  }

  /// Hands out all lines in order, each ended by a line feed, many at once.
  ///
  /// - Throws: `system`, `unexpectedEnd`; what `body` throws.
  package mutating func drain(
    _ body: (_ block: [UInt8]) throws(FilesError) -> Void
  ) throws(FilesError) {
    var block: [UInt8] = []
    block.reserveCapacity(Self.blockSize + 4096)
    func hand(_ line: ArraySlice<UInt8>) throws(FilesError) {
      block.append(contentsOf: line)
      block.append(0x0A)
      guard block.count >= Self.blockSize else { return }
      try body(block)
      block.removeAll(keepingCapacity: true)
    }
    if runs.isEmpty {
      sortLines()
      for line in lines { try hand(bytes[line.start..<line.start + line.count]) }
    } else {
      try putAside()
      var merge = try RunMerge(runs.map { RunCursor($0) }, file)
      while let line = merge.line {
        try hand(line)
        try merge.advance(file)
      }
    }
    if !block.isEmpty { try body(block) }
    lines = []
    bytes = []
  }

  private mutating func sortLines() {
    var sorted: [Line] = []
    swap(&sorted, &lines)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      sorted.sort { left, right in
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        let count = min(left.count, right.count)
        guard let base = bytes.baseAddress, count > 0 else { return left.count < right.count }
        let order = unsafe memcmp(base + left.start, base + right.start, count)
        return order != 0 ? order < 0 : left.count < right.count
      }
    }
    swap(&sorted, &lines)
  }

  private mutating func putAside() throws(FilesError) {
    guard !lines.isEmpty else { return }
    sortLines()
    let start = fileByteCount
    var block: [UInt8] = []
    for line in lines {
      block.appendWord(UInt32(truncatingIfNeeded: line.count))
      block.append(contentsOf: bytes[line.start..<line.start + line.count])
      if block.count >= Self.blockSize {
        try file.write(block, at: fileByteCount)
        fileByteCount += block.count
        block.removeAll(keepingCapacity: true)
      }
    }
    try file.write(block, at: fileByteCount)
    fileByteCount += block.count
    runs.append(start..<fileByteCount)
    lines.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }
}

/// The first eight bytes of a line as a number, with zeros behind a shorter one.
func linePrefix(_ line: ArraySlice<UInt8>) -> UInt64 {
  var prefix: UInt64 = 0
  for byte in line.prefix(8) { prefix = prefix << 8 | UInt64(byte) }
  // A shift by 64 gives zero.
  return prefix << UInt64(8 * (8 - min(line.count, 8)))
}
