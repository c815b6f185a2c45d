/// The SHA-256 of a file as it is stored, in hexadecimal.
///
/// - Throws: `system`, `notRegularFile`, `libraryUnavailable`.
package func fileDigest(_ path: String) throws(FilesError) -> String {
  let file = try OpenFile(reading: path)
  var digest = try StoredDigest(path: path)
  let buffer = ByteBuffer(byteCount: 1 << 20)
  while true {
    let count = try unsafe file.read(into: buffer.bytes)
    if count == 0 { return try digest.finish() }
    try unsafe digest.update(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count]))
  }
}
