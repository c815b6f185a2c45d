package import Tabular

/// One extract file of a run.
package struct ManifestInput: Sendable {
  package let source: String
  /// Without its folder: a manifest does not tell where files lie.
  package let fileName: String
  /// Of the file as received, as 64 lower-case hexadecimal digits.
  package let digest: String
  package let byteCount: Int
  /// `accepted`, `duplicate` or `replaced`.
  package let state: String
  /// The name of the file that counts instead; nil where none of this source and night does.
  package let counted: String?
  /// The period whose file counts instead; nil for this one.
  package let countedPeriod: String?
  /// The period that it is of, where windows look at it beside that of the run; else nil.
  package let otherPeriod: String?
  /// The SHA-256 of each file that it takes the place of.
  package let replaces: [String]

  package init(
    source: String,
    fileName: String,
    digest: String,
    byteCount: Int,
    state: String = "accepted",
    counted: String? = nil,
    countedPeriod: String? = nil,
    otherPeriod: String? = nil,
    replaces: [String] = []
  ) {
    self.source = source
    self.fileName = fileName
    self.digest = digest
    self.byteCount = byteCount
    self.state = state
    self.counted = counted
    self.countedPeriod = countedPeriod
    self.otherPeriod = otherPeriod
    self.replaces = replaces
  }

  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "source": .string(source),
      "file": .string(fileName),
      "sha256": .string(digest),
      "bytes": .count(byteCount),
      "state": .string(state),
    ]
    members["counted"] = counted.map { .string($0) }
    members["counted_period"] = countedPeriod.map { .string($0) }
    members["period"] = otherPeriod.map { .string($0) }
    if !replaces.isEmpty { members["replaces"] = .array(replaces.map { .string($0) }) }
    return .object(members)
  }
}
