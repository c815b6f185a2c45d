import Cryptography
import Files
import PipelineFile
import PrivacyLog
import Tabular

/// What the log tells of pseudonyms that one hand makes and another takes over.
extension NightLog {
  /// What this run's signing key signs; nil where it has none.
  func signature(of bytes: [UInt8]) throws -> DeliveryNote.Signature? {
    guard let signingKey else { return nil }
    return DeliveryNote.Signature(
      name: Checkpoint.signerName(pipeline: pipeline.name),
      publicKey: signingKey.publicKey,
      value: try signingKey.sign(bytes)
    )
  }

  /// The key of the first level is open.
  func sourceKeyLoaded(_ key: LoadedKey, _ record: KeyRecord) throws {
    var fields: [String: JSONValue] = [
      "key": .object(
        firstLevel(fingerprint: key.root.fingerprint).merging([
          "id": .string(key.id), "demo": .boolean(key.isDemo),
          "state": .string(record[key.id]?.state.rawValue ?? "demo"),
        ]) { $1 }
      )
    ]
    if !key.isDemo { fields["record"] = .string(try record.digest()) }
    try append(.keyLoaded, "loaded", fields)
  }

  /// The key of the first level stays with the suppliers.
  func sourceKeyKnown(fingerprint: String) throws {
    let key = firstLevel(fingerprint: fingerprint)
    try append(.keyLoaded, "kept-by-suppliers", ["key": .object(key)])
  }

  private func firstLevel(fingerprint: String) -> [String: JSONValue] {
    [
      "name": .string(Pipeline.sourceKeyName), "fingerprint": .string(fingerprint),
      "level": "source", "scope": .string(pipeline.pseudonymise.sourceRelease),
    ]
  }

  /// The key of the first level that made the pseudonyms of a package.
  private func key(of note: DeliveryNote) -> JSONValue {
    [
      "fingerprint": .string(note.fingerprint), "level": "source", "scope": .string(note.scope),
    ]
  }

  /// Packages are about to leave: when this returns, that is signed and on the disk.
  func handOverWritten(_ notes: [DeliveryNote]) throws {
    for note in notes {
      try append(
        .handoverWritten,
        "written",
        [
          "source": .string(note.source), "rows": .integer(Int64(note.counts.accepted)),
          "bytes": .integer(Int64(note.byteCount)), "sha256": .string(note.sha256),
          "counts": note.counts.json,
          "key": key(of: note),
          "standardisation": .string(note.standardisation),
          "encodings": .array(note.encodings.map { .string($0) }),
        ],
        waiting: false
      )
    }
    try seal()
  }

  /// Packages were taken over, or refused before a row of them was read.
  func handOverRead(_ source: String, _ notes: [DeliveryNote], outcome: String) throws {
    for note in notes {
      try append(
        .handoverRead,
        outcome,
        [
          "source": .string(source), "from": .string(note.source),
          "rows": .integer(Int64(note.counts.accepted)), "counts": note.counts.json,
          "input": [
            ["digest": .string(try keyed(note.sha256)), "bytes": .integer(Int64(note.byteCount))]
          ],
          "key": key(of: note),
          "standardisation": .string(note.standardisation),
          "encodings": .array(note.encodings.map { .string($0) }),
          "signed": .boolean(note.signature != nil),
        ],
        waiting: false
      )
    }
  }
}
