import Glibc

/// The bytes of a delivered file, inflated if its name ends in `.gz`.
///
/// What is not exactly what the name says is refused: other kinds of file than a regular one,
/// symbolic links, gzip under another name, truncated or corrupt gzip, bombs. The end is only
/// reported when everything before it was found good: a reader that saw it, saw all.
///
/// - Note: Clear identifiers pass through here.
package struct ByteSource: ~Copyable {
  private var stored: StoredBytes
  private var gzip: GzipReader?
  private var hasEnded = false

  /// Opens a file and looks at its first bytes.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - limits: how far it may be inflated.
  ///   - digestsContent: of a packed file the inflated bytes are digested too.
  /// - Throws: `notRegularFile`, `system`; `gzip` when name and content disagree.
  package init(
    path: String,
    limits: InflationLimits = .delivery,
    digestsContent: Bool = false
  ) throws(FilesError) {
    let stored = try StoredBytes(path: path)
    let isNamedGzip = path.utf8.suffix(3).elementsEqual(".gz".utf8)
    let isGzip = try stored.startWithGzipMagic()
    guard isNamedGzip == isGzip else {
      throw .gzip(isGzip ? .unexpectedGzip : .notGzip, path: path, byteOffset: 0)
    }
    gzip =
      isGzip
      ? try GzipReader(path: path, limits: limits, digestsContent: digestsContent) : nil
    self.stored = stored
  }

  /// The path as the caller wrote it.
  package var path: String { stored.path }

  /// The SHA-256 of the stored bytes, in hexadecimal; nil before the end was read.
  package var sha256: String? { hasEnded ? stored.sha256 : nil }

  /// What a packed file holds; nil before the end was read, of a file that is not packed, and where
  /// no digest is wanted.
  package var content: PackedContent? {
    switch gzip {
    case let gzip? where hasEnded: gzip.content
    default: nil
    }
  }

  /// How many bytes of the file were read so far, before inflating.
  package var storedByteCount: Int { stored.byteCount }

  /// Whether the file is inflated while it is read.
  package var isGzip: Bool { gzip != nil }

  /// Reads on, and fills the buffer unless the end comes first.
  ///
  /// - Returns: how many bytes; 0 at the end.
  /// - Throws: `gzip`, `system`, `changedWhileRead`; do not read on after that.
  package mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(FilesError) -> Int {
    let count =
      gzip == nil
      ? try unsafe stored.read(into: buffer)
      : try unsafe gzip?.read(into: buffer, from: &stored) ?? 0
    if count < buffer.count { hasEnded = true }
    return count
  }

  /// Reads on, and fills the part of an array from `start`.
  ///
  /// - Returns: how many bytes; 0 at the end, or if the array ends at `start`.
  package mutating func read(
    into bytes: inout [UInt8],
    from start: Int = 0
  ) throws(FilesError) -> Int {
    guard start >= 0, start < bytes.count else { return 0 }
    var span = bytes.mutableSpan
    return try unsafe span.withUnsafeMutableBytes { (buffer) throws(FilesError) in
      try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
    }
  }
}
