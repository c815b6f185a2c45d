package import Cryptography
import FoundationEssentials
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
    let bytes = try checkedBytes(path)
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
      throw .record(.notJSON, path: path)
    }
    do throws(KeyRecordFault) {
      return try KeyRecord(json, name: name)
    } catch {
      throw .record(error, path: path)
    }
  }

  /// Reads the file of a record that nobody else can have written or replaced.
  ///
  /// Custody is that of a key: who writes the record decides which keys are taken.
  private static func checkedBytes(_ path: String) throws(KeyError) -> [UInt8] {
    do {
      let folder = try FoundKey.openFolder(parentFolder(of: path))
      let custody = KeyCustody(path: path, isCredential: false, user: geteuid())
      switch try custody.fault(ofFolder: folder.status(), named: folder.path) {
      case .folderWritable(let folder, let mode):
        throw KeyError.record(.folderMode(folder: folder, mode: mode), path: path)
      case .folderOwner(let folder, let user):
        throw KeyError.record(.folderOwner(folder: folder, user: user), path: path)
      default: break
      }
      if let kind = fileKind(of: path), kind != .regular {
        throw KeyError.record(.notRegular(kind), path: path)
      }
      let file = try FoundKey.openKey(in: folder, path: path)
      let status = try file.status()
      let kind = FileKind(mode: status.st_mode)
      guard kind == .regular else { throw KeyError.record(.notRegular(kind), path: path) }
      guard status.st_mode & 0o022 == 0 else {
        throw KeyError.record(.mode(status.st_mode & 0o7777), path: path)
      }
      guard [0, geteuid()].contains(status.st_uid) else {
        throw KeyError.record(.owner(status.st_uid), path: path)
      }
      let size = try file.size()
      guard size <= sizeLimit else { throw KeyError.record(.size, path: path) }
      return try file.bytes(at: 0, count: size)
    } catch let error as KeyError {
      throw error
    } catch {
      throw .notRead((error as? FilesError) ?? .system(.read, path: path, code: EIO))
    }
  }

  private var json: JSONValue {
    .object(lasting.merging(useMembers) { $1 })
  }

  /// What it says of the key itself.
  private var lasting: [String: JSONValue] {
    [
      "format": .string(Self.format), "name": .string(name),
      "daily_runs": .integer(Int64(dailyRuns)),
      "generations": .array(generations.map(\.json)),
    ]
  }

  /// SHA-256 of the record, as the log keeps it; of its bytes without `runs` and `used_by`, which every
  /// run changes.
  package func digest() throws(CryptographyError) -> String {
    lowerHex(try sha256(of: Array(JSONValue.object(lasting).pretty.utf8)))
  }

  init(_ json: JSONValue, name: String) throws(KeyRecordFault) {
    let fields = try RecordFields(
      json,
      [
        "format", "name", "daily_runs", "generations", "runs", "used_by",
      ]
    )
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
    try readUses(json)
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
