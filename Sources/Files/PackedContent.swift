/// What a packed file holds once it is inflated.
package struct PackedContent: Sendable, Hashable {
  /// The SHA-256 of the inflated bytes, in hexadecimal.
  package let sha256: String
  /// How many there are.
  package let byteCount: Int

  package init(sha256: String, byteCount: Int) {
    self.sha256 = sha256
    self.byteCount = byteCount
  }
}

/// What a packed file holds: its bytes are inflated, and thrown away.
///
/// - Parameters:
///   - path: of the file.
///   - limits: how far it may be inflated.
/// - Returns: what it holds.
/// - Throws: `FilesError`, also where the content is not what the name says.
package func packedContent(
  ofFile path: String,
  limits: InflationLimits = .delivery
) throws(FilesError) -> PackedContent {
  var source = try ByteSource(path: path, limits: limits, digestsContent: true)
  let buffer = ByteBuffer(byteCount: 1 << 20)
  while try unsafe source.read(into: buffer.bytes) > 0 {}
  guard let content = source.content else {
    throw .gzip(.notGzip, path: path, byteOffset: 0)
  }
  return content
}

/// How many bytes a file holds once it is inflated, as far as that shows without inflating it.
///
/// - Returns: the stored length, modulo 2³²; of gzip the length that its last member tells.
/// - Throws: `FilesError`.
package func contentSize(_ path: String) throws(FilesError) -> UInt32 {
  let file = try OpenFile(reading: path)
  let size = try file.size()
  guard path.hasSuffix(".gz"), size >= 4 else { return UInt32(truncatingIfNeeded: size) }
  return try file.bytes(at: size - 4, count: 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
}
