/// A file of a source as it was received.
package struct Delivery: Sendable, Hashable {
  /// As the run named it.
  package let path: String
  /// The last part of the path.
  package let fileName: String
  /// The SHA-256 of the stored bytes, in hexadecimal.
  package let sha256: String
  /// How many bytes are stored.
  package let byteCount: Int

  init(path: String, sha256: String, byteCount: Int) {
    self.path = path
    fileName = String(path.split(separator: "/").last ?? "")
    self.sha256 = sha256
    self.byteCount = byteCount
  }
}
