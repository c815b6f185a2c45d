import Files

/// A file of compressed text that is written piece by piece.
struct GzipTextFile: ~Copyable {
  private var writer: GzipWriter
  /// What is not yet written; add to it, then call `flush`.
  var text: [UInt8] = []

  init(creating path: String) throws(SampleRegionError) {
    do {
      writer = try GzipWriter(path: path, level: 6, mode: 0o644)
    } catch {
      throw .file(error)
    }
  }

  /// Writes the text once it has grown large.
  mutating func flush() throws(SampleRegionError) {
    guard text.count >= 1 << 18 else { return }
    do {
      try writer.write(text)
    } catch {
      throw .file(error)
    }
    text.removeAll(keepingCapacity: true)
  }

  /// Writes the rest.
  consuming func finish() throws(SampleRegionError) {
    do {
      try writer.write(text)
      try writer.finish()
    } catch {
      throw .file(error)
    }
  }
}
