import Cryptography
import Diagnostics
import Files
import FoundationEssentials
import Linkage
import Tabular

/// `persons.ledger` of a work folder: who was known before tonight, for the release of the run.
///
/// Pseudonyms of two releases cannot be joined, so each release has a ledger of its own; that of the
/// release that ran last is called so, the others stand beside it under the digest of theirs.
struct PersonsFile {
  static let name = "persons.ledger"
  private static let (otherPrefix, suffix) = ("persons-", ".ledger")
  /// So many releases before the last can be run again with the ids that they had.
  private static let keptReleases = 12
  /// Of a ledger whose tokens were carried over, until it is put in its place.
  static let carriedSuffix = ".new"

  /// Nil when none of this release stands there yet.
  private let journal: Journal?
  private let folder: WorkFolder
  private let head: Head
  private let key: SecretBytes

  /// Whose a ledger is: its first block.
  struct Head: Equatable {
    let pipeline: String
    let release: String
    /// Of the keys that made the tokens.
    let keys: String

    init(pipeline: String, release: String, keys: String) {
      (self.pipeline, self.release, self.keys) = (pipeline, release, keys)
    }

    /// Reads the first block of a file; nil where none stands.
    init?(of path: String) throws(FilesError) {
      guard somethingStands(at: path) else { return nil }
      let bytes = try Journal.head(of: path) ?? []
      let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
      guard let pipeline = json?["pipeline"]?.stringValue,
        let release = json?["release"]?.stringValue, let keys = json?["keys"]?.stringValue
      else { throw .journal(path: path, fault: try Journal.headFault(of: path)) }
      self.init(pipeline: pipeline, release: release, keys: keys)
    }

    var bytes: [UInt8] {
      let json: JSONValue = [
        "pipeline": .string(pipeline), "release": .string(release), "keys": .string(keys),
      ]
      return Array(json.canonical.utf8)
    }
  }

  /// Reads the ledger of a release, and mends what a killed run has left of it.
  ///
  /// - Parameters:
  ///   - folder: the work folder.
  ///   - pipeline: its name.
  ///   - release: of the run.
  ///   - key: of the run.
  /// - Returns: the file, what it says, and what to tell of it.
  /// - Throws: `FilesError.journal` when it is not as it was written; `FilesError`, `CryptographyError`.
  static func open(
    in folder: WorkFolder,
    pipeline: String,
    release: String,
    _ key: NightKey
  ) throws -> (file: PersonsFile, ledger: PersonLedger, warning: Diagnostic?) {
    let head = Head(pipeline: pipeline, release: release, keys: key.tokenFingerprint)
    let proof = try proof(key.root, release)
    var warning: Diagnostic?
    for path in try paths(ofRelease: release, in: folder) {
      if try Head(of: path + carriedSuffix) == head {
        // A rotation was killed before it could put it in its place.
        try Journal.move(path + carriedSuffix, to: path)
      }
      guard let found = try Head(of: path) else { continue }
      if found != head, try Journal.isHeadChanged(path, key: proof) {
        throw FilesError.journal(path: path, fault: "its first block was changed")
      }
      guard found.release == release else { continue }
      guard found == head else {
        warning = Diagnostic(
          .warning,
          at: Place(file: path),
          "the ledger of persons is of another key or pipeline: all persons get new ids",
          hint: "after a change of keys this is told once"
        )
        continue
      }
      var ledger = PersonLedger(expected: try personLimit(in: path))
      try Journal.remove(path + carriedSuffix)
      let journal = try Journal.open(path, key: proof, staysAfterAll: wasPublished) { part in
        PersonEvent.events(of: part).map { ledger.apply($0) } ?? false
      }
      let file = PersonsFile(journal: journal, folder: folder, head: head, key: proof)
      return (file, ledger, nil)
    }
    let file = PersonsFile(journal: nil, folder: folder, head: head, key: proof)
    return (file, PersonLedger(), warning)
  }

  /// About how many persons a ledger holds: who is new takes the most bytes of all events.
  private static func personLimit(in path: String) throws(FilesError) -> Int {
    try OpenFile(reading: path).size() / 29
  }

  /// The key of the hashes of a ledger.
  static func proof(
    _ root: RootKey,
    _ release: String
  ) throws(CryptographyError) -> SecretBytes {
    try root.key("koppel/persons/v1", ["ledger", release])
  }

  /// The runs whose events stand in it, the first comes first.
  ///
  /// - Throws: `FilesError`.
  func runs() throws(FilesError) -> [String] {
    guard let journal else { return [] }
    return try Journal.nights(of: journal.path).compactMap { NightFacts($0.facts)?.run }
  }

  /// Adds what a night tells; whether it stays is still open.
  ///
  /// - Parameters:
  ///   - events: by kind, in the order of kinds.
  ///   - night: what to say of it.
  /// - Returns: what to tell whether the night stays.
  /// - Throws: `FilesError`, `CryptographyError`; then nothing was added.
  func add(_ events: [PersonEvents], _ night: NightFacts) throws -> Journal {
    let path = folder.persons
    if let other = try Head(of: path), other.release != head.release {
      try Journal.move(path, to: Self.path(ofRelease: other.release, in: folder.path))
      try forgetOldest()
    }
    if let journal, journal.path != path { try journal.move(to: path) }
    let open = try journal ?? Journal.begin(path, key: key, head: head.bytes)
    try open.add(
      events.lazy.flatMap { PersonEvent.parts($0) },
      facts: Array(night.json.canonical.utf8)
    )
    return open
  }

  /// Overwrites and removes the ledgers of releases that ended long ago.
  ///
  /// Of the same pattern, releases of periods are in the order of their names.
  private func forgetOldest() throws {
    let others = try namesInFolder(folder.path).filter {
      $0.hasPrefix(Self.otherPrefix) && $0.hasSuffix(Self.suffix)
    }
    let ledgers = try others.map { name in
      let path = "\(folder.path)/\(name)"
      return (release: try Head(of: path)?.release ?? "", path: path)
    }
    for oldest in ledgers.sorted(by: { $0 < $1 }).dropLast(Self.keptReleases) {
      try overwriteAndRemove(oldest.path)
      try Journal.remove(oldest.path)
    }
  }

  /// Where the ledger of a release may stand.
  static func paths(
    ofRelease release: String,
    in folder: WorkFolder
  ) throws(CryptographyError) -> [String] {
    [folder.persons, try path(ofRelease: release, in: folder.path)]
  }

  /// Where the ledger of a release stands that is not that of the last run.
  private static func path(
    ofRelease release: String,
    in folder: String
  ) throws(CryptographyError) -> String {
    let digest = lowerHex(try sha256(of: Array(release.utf8)).prefix(8))
    return "\(folder)/\(otherPrefix)\(digest)\(suffix)"
  }

  /// Whether the tables of a night stand that was killed before it could say so.
  static func wasPublished(_ facts: [UInt8]) -> Bool {
    guard let night = NightFacts(facts), let path = night.manifest,
      let file = try? OpenFile(reading: path), let size = try? file.size(),
      let bytes = try? file.bytes(at: 0, count: size),
      let manifest = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    else { return false }
    return manifest["run"]?["id"]?.stringValue == night.run
  }
}
