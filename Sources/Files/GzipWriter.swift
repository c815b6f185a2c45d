package import Glibc

/// Writes a gzip file: one member, whose header holds no time and no name.
///
/// Same bytes and level give the same file. What is not finished is not complete: a reader will
/// say that it is truncated.
package struct GzipWriter: ~Copyable {
  private let file: OpenFile
  private var stream: DeflateStream
  private let output = ByteBuffer(byteCount: 1 << 18)

  /// Creates a file that must not yet exist.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - level: 0 (stored) ... 9 (smallest).
  ///   - mode: who may read it.
  /// - Throws: `system`; `libraryUnavailable`.
  package init(path: String, level: Int32 = 6, mode: mode_t = 0o600) throws(FilesError) {
    let stream = try DeflateStream(level: level, path: path)
    let file = try OpenFile(creating: path, mode: mode)
    self.stream = stream
    self.file = file
  }

  /// Adds bytes.
  package mutating func write(_ bytes: [UInt8]) throws(FilesError) {
    try unsafe bytes.span.withUnsafeBytes { (buffer) throws(FilesError) in
      try unsafe deflate(buffer, finishing: false)
    }
  }

  /// Ends the member and waits until the file has reached the disk.
  package consuming func finish() throws(FilesError) {
    try unsafe deflate(UnsafeRawBufferPointer(start: nil, count: 0), finishing: true)
    try file.synchronise()
  }

  private mutating func deflate(
    _ bytes: UnsafeRawBufferPointer,
    finishing: Bool
  ) throws(FilesError) {
    var done = 0
    while true {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
      let step = unsafe stream.step(from: rest, into: output.bytes, finishing: finishing)
      done += step.consumed
      if step.produced > 0 {
        try unsafe file.write(UnsafeRawBufferPointer(rebasing: output.bytes[..<step.produced]))
      }
      // A full output buffer may mean that more is to come.
      if unsafe step.ended || (step.produced < output.bytes.count && done == bytes.count) { return }
    }
  }
}
