/// The SHA-256 of what a file holds, inflated where its name ends in `.gz`, in hexadecimal.
///
/// - Throws: `FilesError`, also where the content is not what the name says.
package func contentDigest(_ path: String) throws(FilesError) -> String {
  guard path.hasSuffix(".gz") else { return try fileDigest(path) }
  var source = try ByteSource(path: path)
  var digest = try StoredDigest(path: path)
  let buffer = ByteBuffer(byteCount: 1 << 20)
  while true {
    let count = try unsafe source.read(into: buffer.bytes)
    if count == 0 { return try digest.finish() }
    try unsafe digest.update(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count]))
  }
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
