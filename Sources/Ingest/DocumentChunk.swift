import Files

/// Whole documents, one after the other.
///
/// - Note: Clear identifiers pass through here.
struct DocumentChunk: Sendable {
  private(set) var bytes: [UInt8] = []
  /// How many of the bytes are filled: there is room for more behind them.
  private(set) var count = 0
  /// Where each document stands in `bytes`, and the index of its file.
  var documents: [(range: Range<Int>, file: Int)] = []

  /// Reads on in a file, up to so many bytes.
  ///
  /// - Returns: whether there were less.
  mutating func read(_ source: inout ByteSource, _ wanted: Int) throws(FilesError) -> Bool {
    // Doubled, and for several documents at once: room costs as much as reading.
    if bytes.count - count < wanted {
      bytes.append(contentsOf: [UInt8](repeating: 0, count: max(wanted, bytes.count)))
    }
    let start = count
    var span = bytes.mutableSpan
    let filled = try unsafe span.withUnsafeMutableBytes { (all) throws(FilesError) in
      try unsafe source.read(
        into: UnsafeMutableRawBufferPointer(rebasing: all[start..<start + wanted])
      )
    }
    count += filled
    return filled < wanted
  }

  /// Forgets what stands behind the first bytes.
  mutating func goBack(to count: Int) { self.count = min(self.count, count) }
}
