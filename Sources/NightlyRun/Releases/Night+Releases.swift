import Cryptography
import Diagnostics
import DisclosureControl
import Files
import FoundationEssentials
import PipelineFile
import Pseudonymisation
import Publication
import Tabular

/// What tonight's release is protected together with, and what is remembered of it.
struct ReleasesTonight {
  let file: ReleasesFile
  /// The runs that `persons.ledger` holds.
  let runs: Set<String>
  /// What is known of tonight before its tables are.
  let facts: ReleaseFacts
  private var last: [String: RememberedTable] = [:]
  private var release: EarlierRelease?

  init(file: ReleasesFile, runs: Set<String>, facts: ReleaseFacts) {
    (self.file, self.runs, self.facts) = (file, runs, facts)
  }

  /// The releases of earlier nights that are of the same time as tonight's tables.
  mutating func earlier(since counted: CountedRelease) throws -> [EarlierRelease] {
    let days = Set((counted.cells + counted.pieces).map(\.days))
    let (tonight, runs) = (facts, runs)
    let found = try file.earlier(overlapping: Array(days), release: facts.release) { facts in
      facts.release == tonight.release && facts.root == tonight.root
        && runs.contains(facts.persons)
    }
    last = found.last
    return found.releases
  }

  /// Keeps what later nights must know of tonight's release.
  mutating func record(
    _ counted: CountedRelease,
    _ published: [ProtectedTable],
    _ policy: Protection,
    since earlier: [EarlierRelease]
  ) throws(DisclosureControlError) {
    release = try DisclosureControl.record(
      counted.cells,
      pieces: counted.pieces,
      published: published,
      policy,
      since: earlier,
      day: facts.day
    )
  }

  /// Writes it.
  func write() throws {
    guard let release else { return }
    let tables = RememberedTable.tables(of: release)
    try file.add(tables, facts.of(tables, dominance: release.dominance), since: last)
  }
}

extension Night {
  /// Opens the ledger of releases, where the policy looks at them together.
  ///
  /// - Returns: nil where it does not.
  /// - Throws: `RunError.releases` where earlier releases are not known; `FilesError`,
  ///   `CryptographyError`.
  mutating func openReleases(
    _ persons: NightPersons,
    _ key: NightKey,
    _ log: NightLog
  ) throws -> ReleasesTonight? {
    let policy = pipeline.aggregate.protect
    guard policy.isAcrossReleases else { return nil }
    let file = try ReleasesFile.open(
      in: folder,
      pipeline: pipeline.name,
      [key.root, key.scope.root] + key.scope.wraps,
      mends: options.only == nil && !options.isAuditing
    )
    try checkAllThere(file)
    releaseCount = file.nights.count
    let runs = try persons.file?.runs() ?? []
    return ReleasesTonight(
      file: file,
      runs: Set(runs),
      facts: ReleaseFacts(
        run: id,
        day: Int32(clamping: clock().floored(by: 86_400_000)),
        period: pipeline.period?.label ?? "",
        release: pipeline.pseudonymise.release,
        root: key.scope.root.fingerprint,
        persons: persons.counts.isEmpty ? runs.last ?? "" : id,
        pipeline: log.pipelineDigest,
        policy: lowerHex(try sha256(of: Array("\(policy)".utf8))),
        minimum: policy.minimum,
        dominance: ""
      )
    )
  }

  /// Refuses to go on where manifests tell of more releases than the ledger holds.
  private func checkAllThere(_ file: ReleasesFile) throws {
    // Where nothing stands every run is asked: those that failed since tell nothing.
    let told = try releasesTold(amongLast: file.nights.isEmpty ? nil : 4)
    guard told > file.nights.count else { return }
    let found =
      file.nights.isEmpty
      ? "found no ledger of releases" : "found a ledger of \(counted(file.nights.count, "release"))"
    throw RunError.releases(
      Diagnostic(
        at: Place(file: folder.releases),
        "\(found), expected one of \(grouped(told)): what earlier releases told is not known",
        hint: "put it back from a copy; \(ReleasesFile.beginAnew)"
      )
    )
  }

  /// How many releases the ledger holds after manifests of the pipeline.
  ///
  /// - Parameter count: of runs, the last; nil for all.
  /// - Returns: the largest number; 0 where none tells of any.
  /// - Throws: `FilesError`.
  private func releasesTold(amongLast count: Int?) throws -> Int {
    var told = 0
    for folder in [pipeline.publish.to, pipeline.folderBefore].compactMap(\.self) {
      guard let manifest = try Self.manifest(publishedIn: folder),
        manifest["pipeline"]?["name"]?.stringValue == pipeline.name
      else { continue }
      told = max(told, manifest.releases)
    }
    let runs = try namesInFolder(folder.runs).map { folder.manifest(ofRun: $0) }
      .compactMap { path in modificationTime(of: path).map { (path: path, time: $0) } }
      .sorted { ($1.time, $1.path) < ($0.time, $0.path) }
    for (path, _) in runs.prefix(count ?? runs.count) {
      let file = try OpenFile(reading: path)
      let bytes = try file.bytes(at: 0, count: file.size())
      let manifest = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
      told = max(told, manifest?.releases ?? 0)
    }
    return told
  }
}

extension JSONValue {
  /// Of a manifest: how many releases its run left in the ledger.
  fileprivate var releases: Int {
    Int(clamping: self["run"]?["releases"]?.integerValue ?? 0)
  }
}
