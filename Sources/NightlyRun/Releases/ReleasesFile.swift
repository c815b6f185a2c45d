import Cryptography
import Diagnostics
import Files
import Tabular

/// `releases.ledger` of a work folder: what earlier nights published, of all releases of pseudonyms.
///
/// A night stands there before its tables appear, and stays whether they do or not. It holds sums over
/// persons, and of single ones nothing but the largest amounts of cells. The key of the region proves
/// it, and a rotation of that writes it anew.
struct ReleasesFile {
  static let name = "releases.ledger"
  /// Of a ledger that another key is to prove, until it is put in its place.
  private static let carriedSuffix = ".new"
  /// Parts of a night are no longer than this.
  private static let partLimit = 8 << 20

  /// Nil when none stands there yet, and for who may not write.
  private let journal: Journal?
  private let path: String
  private let head: PersonsFile.Head
  private let key: SecretBytes
  /// The nights, the first comes first.
  let nights: [(facts: ReleaseFacts, night: Journal.Night)]

  /// Reads the ledger, and mends what a killed run has left of it.
  ///
  /// - Parameters:
  ///   - folder: the work folder.
  ///   - pipeline: its name.
  ///   - roots: the keys that may prove it, that in use first.
  ///   - mends: false for who may not write.
  /// - Returns: the ledger; one without nights where none stands.
  /// - Throws: `FilesError.journal` when it is not as it was written; `RunError.releases` when it is of
  ///   another key or pipeline; `FilesError`, `CryptographyError`.
  static func open(
    in folder: WorkFolder,
    pipeline: String,
    _ roots: [RootKey],
    mends: Bool = true
  ) throws -> ReleasesFile {
    let path = folder.releases
    let heads = roots.map { head(of: pipeline, $0) }
    if mends, let first = heads.first, try PersonsFile.Head(of: path + carriedSuffix) == first {
      // A rotation was killed before it could put it in its place.
      try Journal.move(path + carriedSuffix, to: path)
    }
    guard let root = roots.first, let head = heads.first else { throw otherKey(path) }
    guard let found = try PersonsFile.Head(of: path) else {
      return ReleasesFile(
        journal: nil,
        path: path,
        head: head,
        key: try proof(root, pipeline),
        nights: []
      )
    }
    guard let place = heads.firstIndex(of: found) else {
      // Of a ledger of ours only the key can be another.
      guard found.keys.count == head.keys.count, found.release.isEmpty else {
        throw FilesError.journal(path: path, fault: "its first block was changed")
      }
      // What one of our keys proves is ours, whatever its first block says.
      for root in roots where try Journal.isHeadChanged(path, key: proof(root, pipeline)) {
        throw FilesError.journal(path: path, fault: "its first block was changed")
      }
      throw otherKey(path)
    }
    if mends { try Journal.remove(path + carriedSuffix) }
    let key = try proof(roots[place], pipeline)
    // This proves it; then it is read again, of which only what is needed.
    let journal = try Journal.open(path, key: key, mends: mends, staysAfterAll: { _ in true }) {
      _ in true
    }
    let nights = try Journal.nights(of: path, includingLast: true).map { night in
      guard let facts = ReleaseFacts(night.facts) else { throw unreadable(path) }
      return (facts: facts, night: night)
    }
    return ReleasesFile(
      journal: mends ? journal : nil,
      path: path,
      head: heads[place],
      key: key,
      nights: nights
    )
  }

  /// Reads the releases whose tables are of the same time as others.
  ///
  /// Of nights in a row that are alike only the last is given: it tells what they told.
  ///
  /// - Parameters:
  ///   - days: of tonight's tables.
  ///   - release: of tonight's pseudonyms.
  ///   - isJoinable: whether persons have the same keys as tonight.
  /// - Returns: the oldest first; and the last tables of tonight's release by name.
  /// - Throws: `FilesError.journal` for what no night wrote; `FilesError`.
  func earlier(
    overlapping days: [ClosedRange<Int32>],
    release: String,
    isJoinable: (ReleaseFacts) -> Bool
  ) throws -> (releases: [EarlierRelease], last: [String: RememberedTable]) {
    let needed = nights.filter { night in
      days.contains { $0.lowerBound <= night.facts.last && night.facts.first <= $0.upperBound }
    }.map(\.facts.release)
    let names = Set(needed + [release])
    var last: [String: [String: RememberedTable]] = [:]
    var found: [(facts: ReleaseFacts, isJoinable: Bool, tables: [RememberedTable])] = []
    for (facts, night) in nights where names.contains(facts.release) {
      let (tables, areSame) = try self.tables(of: night, &last[facts.release, default: [:]])
      let isOverlapping = tables.contains { table in
        days.contains { $0.overlaps(table.counted.days) }
      }
      guard isOverlapping else { continue }
      let isJoinable = isJoinable(facts)
      if areSame, let place = found.lastIndex(where: { $0.facts.release == facts.release }),
        case let before = found[place], before.isJoinable == isJoinable,
        before.facts.minimum == facts.minimum, before.facts.dominance == facts.dominance,
        before.tables.map(\.name) == tables.map(\.name)
      {
        found.remove(at: place)
      }
      found.append((facts, isJoinable, tables))
    }
    return (
      found.map { RememberedTable.release($0.tables, $0.facts, isJoinable: $0.isJoinable) },
      last[release] ?? [:]
    )
  }

  /// The tables of a night, and whether they are those of the night before.
  private func tables(
    of night: Journal.Night,
    _ last: inout [String: RememberedTable]
  ) throws -> (tables: [RememberedTable], areSame: Bool) {
    var (tables, areSame): ([RememberedTable], Bool) = ([], true)
    var bytes: [UInt8] = []
    do {
      try Journal.read(night, of: path) { part in
        guard let isLast = part.first, isLast < 2 else {
          throw ReleaseBytesReading.NotOfRelease()
        }
        bytes += part.dropFirst()
        guard isLast == 1 else { return }
        let (table, isSame) = try RememberedTable.read(
          RememberedTable.Packed(bytes, of: path)
        ) { last[$0] }
        bytes = []
        last[table.name] = table
        tables.append(table)
        areSame = areSame && isSame
      }
      guard bytes.isEmpty else { throw ReleaseBytesReading.NotOfRelease() }
    } catch is ReleaseBytesReading.NotOfRelease { throw Self.unreadable(path) }
    return (tables, areSame)
  }

  /// Adds a night, which stays.
  ///
  /// - Parameters:
  ///   - tables: of the release.
  ///   - facts: what to say of it.
  ///   - last: the last tables of its release of pseudonyms, by name.
  /// - Throws: `FilesError`, `CryptographyError`; then nothing was added, or all of it.
  func add(
    _ tables: [RememberedTable],
    _ facts: ReleaseFacts,
    since last: [String: RememberedTable]
  ) throws {
    var last = last
    var parts: [[UInt8]] = []
    for table in tables {
      let bytes = try table.bytes(since: last[table.name], of: path)
      last[table.name] = table
      for start in stride(from: 0, to: bytes.count, by: Self.partLimit) {
        let end = min(bytes.count, start + Self.partLimit)
        parts.append([end == bytes.count ? 1 : 0] + bytes[start..<end])
      }
    }
    let open = try journal ?? Journal.begin(path, key: key, head: head.bytes)
    try open.add(parts, facts: Array(facts.json.canonical.utf8))
    try open.stay()
  }

  /// Writes the ledger anew beside itself, to be proved by another key.
  ///
  /// - Returns: the path where it is to be put; nil where no ledger of the old key stands.
  /// - Throws: as `open`.
  static func rewrite(
    in folder: WorkFolder,
    pipeline: String,
    from old: RootKey,
    to new: RootKey
  ) throws -> String? {
    let path = folder.releases
    guard try PersonsFile.Head(of: path) == head(of: pipeline, old) else { return nil }
    _ = try Journal.open(
      path,
      key: proof(old, pipeline),
      staysAfterAll: { _ in true }
    ) { _ in true }
    let journal = try Journal.begin(
      path + carriedSuffix,
      key: proof(new, pipeline),
      head: head(of: pipeline, new).bytes
    )
    for night in try Journal.nights(of: path) {
      var parts: [[UInt8]] = []
      try Journal.read(night, of: path) { parts.append($0) }
      try journal.add(parts, facts: night.facts)
      try journal.stay()
    }
    return path
  }

  /// Puts what `rewrite` has written in its place.
  static func placeRewritten(_ path: String) throws(FilesError) {
    try Journal.move(path + carriedSuffix, to: path)
  }

  private static func head(of pipeline: String, _ root: RootKey) -> PersonsFile.Head {
    PersonsFile.Head(pipeline: pipeline, release: "", keys: root.fingerprint)
  }

  /// The key of the hashes.
  private static func proof(
    _ root: RootKey,
    _ pipeline: String
  ) throws(CryptographyError) -> SecretBytes {
    try root.key("koppel/releases/v1", ["ledger", pipeline])
  }

  private static func otherKey(_ path: String) -> RunError {
    .releases(
      Diagnostic(
        at: Place(file: path),
        "found a ledger of releases of another key or pipeline: what earlier releases told cannot be "
          + "proved",
        hint: "name the key that it was written with, and rotate that; \(beginAnew)"
      )
    )
  }

  private static func unreadable(_ path: String) -> FilesError {
    .journal(path: path, fault: "a night of it is none of tables")
  }

  /// What helps where a ledger is gone for good.
  static let beginAnew =
    "if it is lost for good, withdraw what is published, move the work folder away, and begin under "
    + "another name of 'release'"
}
