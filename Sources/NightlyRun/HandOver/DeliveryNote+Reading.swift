import Files
import FoundationEssentials
import Tabular

extension DeliveryNote {
  /// A note is no longer, however many columns it names.
  private static let byteLimit = 1 << 20

  /// Why a note cannot be used.
  enum Fault: Error, Equatable {
    case missing
    case tooLong
    case unreadable
    /// It is of another version of the format.
    case format
    /// It is not stored as it would be written.
    case notCanonical
  }

  /// Reads the note that stands at a path.
  ///
  /// - Throws: `Fault`; `FilesError`.
  static func read(_ path: String) throws -> DeliveryNote {
    guard somethingStands(at: path) else { throw Fault.missing }
    let file = try OpenFile(reading: path, followingLinks: false)
    let size = try file.size()
    guard size <= byteLimit else { throw Fault.tooLong }
    return try note(try file.bytes(at: 0, count: size))
  }

  /// Reads a note.
  static func note(_ bytes: [UInt8]) throws(Fault) -> DeliveryNote {
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
      throw .unreadable
    }
    guard json["format"]?.stringValue == format else { throw .format }
    guard let note = DeliveryNote(json) else { throw .unreadable }
    // What is left out here, a member that is not known, must not stand there unsigned.
    guard note.bytes == bytes else { throw .notCanonical }
    return note
  }

  /// Nil when a member is missing or of another kind.
  private init?(_ json: JSONValue) {
    guard let source = json["source"]?.stringValue, let period = json["period"]?.stringValue,
      let scope = json["scope"]?.stringValue, let fingerprint = json["fingerprint"]?.stringValue,
      let standardisation = json["standardisation"]?.stringValue,
      let encodings = json["encodings"]?.arrayValue, let columns = json["columns"]?.arrayValue,
      let counts = json["counts"].flatMap(Counts.init), let bytes = json["bytes"]?.integerValue,
      let sha256 = json["sha256"]?.stringValue, let policy = json["policy"]?.stringValue,
      let version = json["tool"]?["version"]?.stringValue,
      let created = json["created"]?.stringValue
    else { return nil }
    self.init(
      source: source,
      period: period,
      scope: scope,
      fingerprint: fingerprint,
      standardisation: standardisation,
      encodings: encodings.compactMap(\.stringValue),
      columns: columns.compactMap(Column.init),
      counts: counts,
      byteCount: Int(bytes),
      sha256: sha256,
      policy: policy,
      toolVersion: version,
      created: created
    )
    guard self.columns.count == columns.count, self.encodings.count == encodings.count else {
      return nil
    }
    guard let signature = json["signature"] else { return }
    guard let read = Signature(signature) else { return nil }
    self.signature = read
  }
}

extension DeliveryNote.Column {
  fileprivate init?(_ json: JSONValue) {
    guard let name = json["name"]?.stringValue, let label = json["label"]?.stringValue,
      let kind = json["kind"]?.stringValue.flatMap(Kind.init)
    else { return nil }
    self.init(name: name, label: label, kind: kind)
    guard let written = json["type"] else { return }
    guard let type = written.stringValue.flatMap(ColumnType.init) else { return nil }
    self.type = type
  }
}

extension DeliveryNote.Counts {
  fileprivate init?(_ json: JSONValue) {
    guard let read = json["read"]?.integerValue, let accepted = json["accepted"]?.integerValue,
      let rejected = json["rejected"]?.objectValue, let skipped = json["skipped"]?.integerValue,
      let optedOut = json["opted_out"]?.integerValue
    else { return nil }
    let reasons = rejected.compactMapValues(\.integerValue)
    guard reasons.count == rejected.count else { return nil }
    self.init(
      read: Int(read),
      accepted: Int(accepted),
      rejected: reasons.mapValues { Int($0) },
      skipped: Int(skipped),
      optedOut: Int(optedOut)
    )
  }
}

extension DeliveryNote.Signature {
  fileprivate init?(_ json: JSONValue) {
    guard let name = json["name"]?.stringValue,
      let key = json["public_key"]?.stringValue.flatMap({ Data(base64Encoded: $0) }),
      let value = json["value"]?.stringValue.flatMap({ Data(base64Encoded: $0) })
    else { return nil }
    self.init(name: name, publicKey: Array(key), value: Array(value))
  }
}
