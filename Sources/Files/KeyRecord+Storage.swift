import Foundation
import Glibc
import Tabular

/// The record on disk: one JSON object, for people and machines alike.
extension KeyRecord {
  private static let format = "koppel-key/1"
  private static let sizeLimit = 1 << 20

  /// Where the record of a key stands: `keys/NAME.key.json` beside the pipeline file.
  package static func path(ofKey name: String, besidePipeline pipeline: String) -> String {
    "\(parentFolder(of: pipeline))/keys/\(name).key.json"
  }

  /// The bytes of the file: canonical but for line ends and indents.
  package var bytes: [UInt8] { Array(json.pretty.utf8) }

  /// Puts the record in place of the one before; whoever looks finds one of the two, whole.
  ///
  /// - Throws: `notWritten`.
  package func write(to path: String) throws(KeyError) {
    do {
      try makeFolder(parentFolder(of: path), mode: 0o755)
      try AtomicFile.write(path, bytes, mode: 0o644)
    } catch {
      throw .notWritten(error)
    }
  }

  /// Reads a record.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - name: of the key.
  /// - Returns: nil where none stands.
  /// - Throws: `record` for one that contradicts itself, or that others can write to; `notRead`.
  package static func read(_ path: String, ofKey name: String) throws(KeyError) -> KeyRecord? {
    guard somethingStands(at: path) else { return nil }
    let bytes: [UInt8]
    let mode: mode_t
    do {
      let file = try OpenFile(reading: path, followingLinks: false)
      let size = try file.size()
      guard size <= sizeLimit else { throw KeyError.record(.size, path: path) }
      bytes = try file.bytes(at: 0, count: size)
      mode = try file.status().st_mode
    } catch let error as KeyError {
      throw error
    } catch {
      throw .notRead((error as? FilesError) ?? .system(.read, path: path, code: EIO))
    }
    guard mode & 0o022 == 0 else { throw .record(.mode(mode & 0o7777), path: path) }
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
      throw .record(.notJSON, path: path)
    }
    do throws(KeyRecordFault) {
      return try KeyRecord(json, name: name)
    } catch {
      throw .record(error, path: path)
    }
  }

  private var json: JSONValue {
    [
      "format": .string(Self.format), "name": .string(name),
      "daily_runs": .integer(Int64(dailyRuns)),
      "generations": .array(generations.map(\.json)),
    ]
  }

  init(_ json: JSONValue, name: String) throws(KeyRecordFault) {
    let fields = try RecordFields(json, ["format", "name", "daily_runs", "generations"])
    guard try fields.text("format") == Self.format else { throw .value("format") }
    guard try fields.text("name") == name else { throw .value("name") }
    self.init(name: name)
    guard let runs = json["daily_runs"]?.integerValue, 1...1_000_000 ~= runs else {
      throw .value("daily_runs")
    }
    dailyRuns = Int(runs)
    guard let list = json["generations"]?.arrayValue, !list.isEmpty else {
      throw .value("generations")
    }
    for entry in list { generations.append(try Generation(entry)) }
    try check()
  }

  /// Refuses what no life of a key can come to.
  private func check() throws(KeyRecordFault) {
    let first = generations.first.flatMap { KeyName.parts(of: $0.id) }
    var number = 0
    var fingerprints: Set<String> = []
    for generation in generations {
      guard let parts = KeyName.parts(of: generation.id), parts.name == first?.name,
        parts.generation > number
      else { throw .order(generation.id) }
      number = parts.generation
      if let fingerprint = generation.fingerprint {
        guard fingerprints.insert(fingerprint).inserted else { throw .repeated(generation.id) }
      } else if generation.state == .active || generation.state == .wrapped {
        throw .unpinned(generation.id)
      }
      if generation.state == .wrapped {
        guard let wrap = generation.wrap else { throw .unwrapped(generation.id) }
        guard self[wrap.by]?.number ?? 0 > number else { throw .unwrapped(generation.id) }
      }
    }
    let active = generations.filter { $0.state == .active }
    if active.count > 1 { throw .twoActive(active[0].id, active[1].id) }
  }
}

extension KeyRecord.Generation {
  private static let names: Set = [
    "id", "fingerprint", "created", "not_before", "not_after", "state", "reason", "approvers", "at",
    "wrap",
  ]

  fileprivate var json: JSONValue {
    func day(_ date: CivilDate?) -> JSONValue { date.map { .string($0.description) } ?? .null }
    var members: [String: JSONValue] = [
      "id": .string(id), "fingerprint": fingerprint.map { .string($0) } ?? .null,
      "created": day(created), "not_before": day(notBefore), "not_after": day(notAfter),
      "state": .string(state.rawValue), "reason": .string(reason),
      "approvers": .array(approvers.map { .string($0) }),
    ]
    if let place { members["at"] = .array(place.locations.map(\.json)) }
    if let wrap {
      members["wrap"] = [
        "by": .string(wrap.by), "scope": .string(wrap.scope), "since": day(wrap.since),
        "table_until": day(wrap.tableUntil),
      ]
    }
    return .object(members)
  }

  fileprivate init(_ json: JSONValue) throws(KeyRecordFault) {
    let fields = try RecordFields(json, Self.names)
    let id = try fields.text("id")
    guard KeyName.parts(of: id) != nil else { throw .value("id") }
    guard let created = try fields.day("created") else { throw .value("created") }
    guard let state = KeyRecord.State(rawValue: try fields.text("state")) else {
      throw .value("state")
    }
    self.init(id: id, created: created, state: state)
    switch json["fingerprint"] {
    case .null, nil: break
    case .string(let text) where text.utf8.count == 16: fingerprint = text
    default: throw .value("fingerprint")
    }
    notBefore = try fields.day("not_before")
    notAfter = try fields.day("not_after")
    reason = try fields.text("reason")
    guard let names = json["approvers"]?.arrayValue else { throw .value("approvers") }
    approvers = names.compactMap(\.stringValue)
    guard approvers.count == names.count else { throw .value("approvers") }
    if let list = json["at"] {
      let locations = list.arrayValue?.compactMap(KeyLocation.init) ?? []
      switch (locations.count, list.arrayValue?.count) {
      case (1, 1): place = .whole(locations[0])
      case (2, 2): place = .halves(locations[0], locations[1])
      default: throw .value("at")
      }
    }
    if let wrap = json["wrap"] {
      let fields = try RecordFields(wrap, ["by", "scope", "since", "table_until"])
      guard let since = try fields.day("since") else { throw .value("since") }
      self.wrap = KeyRecord.Wrap(
        by: try fields.text("by"),
        scope: try fields.text("scope"),
        since: since,
        tableUntil: try fields.day("table_until")
      )
    }
  }
}

extension KeyLocation {
  fileprivate var json: JSONValue {
    switch self {
    case .file(let path): ["file": .string(path)]
    case .credential(let name): ["credential": .string(name)]
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard json.objectValue?.count == 1 else { return nil }
    if let path = json["file"]?.stringValue {
      self = .file(path)
    } else if let name = json["credential"]?.stringValue {
      self = .credential(name)
    } else {
      return nil
    }
  }
}

/// The members of an object of a record.
private struct RecordFields {
  private let members: [String: JSONValue]

  init(_ json: JSONValue, _ known: Set<String>) throws(KeyRecordFault) {
    guard let members = json.objectValue else { throw .notJSON }
    if let other = members.keys.filter({ !known.contains($0) }).min() { throw .unknownField(other) }
    self.members = members
  }

  func text(_ name: String) throws(KeyRecordFault) -> String {
    guard let text = members[name]?.stringValue else { throw .value(name) }
    return text
  }

  /// A day, or nil for none.
  func day(_ name: String) throws(KeyRecordFault) -> CivilDate? {
    switch members[name] {
    case .null, nil: return nil
    case .string(let text):
      guard let day = CivilDate(text) else { throw .value(name) }
      return day
    default: throw .value(name)
    }
  }
}
