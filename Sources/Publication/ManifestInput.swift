package import Tabular

/// One extract file of a run.
package struct ManifestInput: Sendable {
  package let source: String
  /// Without its folder: a manifest does not tell where files lie.
  package let fileName: String
  /// Of the file as received, as 64 lower-case hexadecimal digits.
  package let digest: String
  package let byteCount: Int

  package init(
    source: String,
    fileName: String,
    digest: String,
    byteCount: Int
  ) {
    self.source = source
    self.fileName = fileName
    self.digest = digest
    self.byteCount = byteCount
  }

  package var json: JSONValue {
    [
      "source": .string(source),
      "file": .string(fileName),
      "sha256": .string(digest),
      "bytes": .count(byteCount),
    ]
  }
}
