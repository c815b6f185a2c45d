import Cryptography

/// The SHA-256 of what goes by.
struct StoredDigest: ~Copyable {
  private var hash: SHA256
  private let path: String

  init(path: String) throws(FilesError) {
    do {
      hash = try SHA256()
    } catch {
      throw .libraryUnavailable(name: "libcrypto", path: path)
    }
    self.path = path
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) throws(FilesError) {
    do {
      try unsafe hash.update(bytes)
    } catch {
      throw .libraryUnavailable(name: "libcrypto", path: path)
    }
  }

  /// The digest in hexadecimal.
  mutating func finish() throws(FilesError) -> String {
    do {
      return lowerHex(try hash.finish())
    } catch {
      throw .libraryUnavailable(name: "libcrypto", path: path)
    }
  }
}
