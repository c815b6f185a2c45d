package import Tabular

/// One extract file of a run.
package struct ManifestInput: Sendable {
  package let source: String
  /// Without its folder: a manifest does not tell where files lie.
  package let fileName: String
  /// Of the file as received, as 64 lower-case hexadecimal digits.
  package let digest: String
  package let byteCount: Int
  package let rowsRead: Int
  package let rowsAccepted: Int
  package let rowsRejected: Int
  package let rowsSkipped: Int

  package init(
    source: String,
    fileName: String,
    digest: String,
    byteCount: Int,
    rowsRead: Int,
    rowsAccepted: Int,
    rowsRejected: Int,
    rowsSkipped: Int
  ) {
    self.source = source
    self.fileName = fileName
    self.digest = digest
    self.byteCount = byteCount
    self.rowsRead = rowsRead
    self.rowsAccepted = rowsAccepted
    self.rowsRejected = rowsRejected
    self.rowsSkipped = rowsSkipped
  }

  package var json: JSONValue {
    [
      "source": .string(source),
      "file": .string(fileName),
      "sha256": .string(digest),
      "bytes": .count(byteCount),
      "read": .count(rowsRead),
      "accepted": .count(rowsAccepted),
      "rejected": .count(rowsRejected),
      "skipped": .count(rowsSkipped),
    ]
  }
}
