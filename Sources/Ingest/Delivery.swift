package import Files

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
  /// What a packed file holds; nil for any other, and where its content was not read.
  package let content: PackedContent?
  /// What a header calls the columns, in its order; empty where none does.
  package var columnNames: [String] = []

  /// A file of which nothing but its bytes is wanted.
  ///
  /// - Throws: `file`.
  init(digesting path: String) throws(IngestError) {
    do throws(FilesError) {
      self.init(
        path: path,
        sha256: try fileDigest(path),
        byteCount: try OpenFile(reading: path).size()
      )
    } catch {
      throw .file(error)
    }
  }

  fileprivate init(
    path: String,
    sha256: String,
    byteCount: Int,
    content: PackedContent? = nil
  ) {
    self.content = content
    self.path = path
    fileName = String(path.split(separator: "/").last ?? "")
    self.sha256 = sha256
    self.byteCount = byteCount
  }
}

extension ByteSource {
  /// What was delivered; nil before the end was read.
  var delivery: Delivery? {
    sha256.map {
      Delivery(path: path, sha256: $0, byteCount: storedByteCount, content: content)
    }
  }
}
