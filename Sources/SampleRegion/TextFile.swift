import Files

/// A file of plain text that is written piece by piece.
struct TextFile: ~Copyable {
  private let file: OpenFile
  /// What is not yet written; add to it, then call `flush`.
  var text: [UInt8] = []

  init(creating path: String) throws(SampleRegionError) {
    do {
      file = try OpenFile(creating: path, mode: 0o644)
    } catch {
      throw .file(error)
    }
  }

  /// Writes the text once it has grown large.
  mutating func flush() throws(SampleRegionError) {
    if text.count >= 1 << 18 { try writeText() }
  }

  /// Writes the rest.
  consuming func finish() throws(SampleRegionError) {
    try writeText()
  }

  private mutating func writeText() throws(SampleRegionError) {
    do {
      try file.write(text)
    } catch {
      throw .file(error)
    }
    text.removeAll(keepingCapacity: true)
  }
}
