import Cryptography
import Diagnostics
import Files
package import PipelineFile
import PrivacyLog
import Tabular

/// What is done with a key of a pipeline between its runs: new generations, rotation, destruction.
///
/// It holds the lock of the work folder, so that no run meets half of a change, and writes to the
/// privacy log of the runs.
package final class KeyKeeping {
  /// What a change of a key is to be known by.
  package struct Grounds: Sendable {
    /// In words of the user's own.
    package var reason = ""
    /// Who agreed.
    package var approvers: [String] = []
    /// Other pipelines that are known to have the key too.
    package var also: [String] = []

    package init() {}
  }

  let pipeline: Pipeline
  let folder: WorkFolder
  let today: CivilDate
  let observer: any RunObserver
  var ring: KeyRing
  let log: PrivacyLog
  let run: String
  private let lock: RunLock

  private init(
    _ name: String,
    _ pipeline: Pipeline,
    _ folder: WorkFolder,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws {
    self.pipeline = pipeline
    self.folder = folder
    self.observer = observer
    today = day(ofMilliseconds: clock())
    let pinned = try Self.pinnedLog(of: name, in: pipeline)
    if let pinned, !somethingStands(at: folder.log) {
      throw Self.otherLog(pinned, found: nil, name, pipeline)
    }
    try folder.make()
    try folder.checkIsOurs()
    lock = try RunLock(workFolder: folder.path)
    run = lowerHex(try randomBytes(16))
    log = try folder.openLog(of: pipeline, run: run, clock: clock)
    if let recovered = log.recovered { observer.warn(recovered) }
    if let pinned, pinned.log != log.origin {
      throw Self.otherLog(pinned, found: log.origin, name, pipeline)
    }
    ring = try KeyRing(
      name,
      of: pipeline,
      workFolder: folder.path,
      today: today,
      lives: log.keyLives
    )
    for ended in ring.record.endedUnknown(to: log.keyLives) { try tell(ended, Grounds()) }
    try destroyExpiredTables()
  }

  /// Destroys tables of rotations that were kept as long as they may be.
  private func destroyExpiredTables() throws {
    for id in try ring.destroyExpiredTables(in: folder, on: today) {
      try tell(.tableDestroyed, "expired", ["id": .string(id)], Grounds())
    }
  }

  /// Opens what is known of a key.
  ///
  /// - Parameters:
  ///   - name: as the pipeline file calls it.
  ///   - path: of the pipeline file.
  ///   - options: variables and work folder.
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - observer: whom to tell.
  /// - Throws: an error of the module that refused; each is a `KoppelError`.
  package convenience init(
    _ name: String,
    path: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws {
    let (pipeline, folder) = try loadPipeline(path: path, options, clock: clock)
    try self.init(name, pipeline, folder, clock: clock, observer: observer)
  }

  /// Tells the log of a change, with the digest of the record that it comes to.
  func tell(
    _ event: LogEvent,
    _ outcome: String,
    _ key: [String: JSONValue],
    _ grounds: Grounds,
    counts: [String: JSONValue] = [:]
  ) throws {
    var key = key
    key["name"] = .string(ring.name)
    var fields = LogActor.fields(of: pipeline)
    fields["key"] = .object(key)
    fields["record"] = .string(try ring.record.digest())
    fields["reason"] = .string(grounds.reason)
    fields["approvers"] = .array(grounds.approvers.map { .string($0) })
    if !counts.isEmpty { fields["counts"] = .object(counts) }
    try log.append(event, run: run, outcome: outcome, fields: fields)
  }
}

extension KeyKeeping {
  /// Destroys what rotations of a pipeline's keys kept for a rollback, where its last day is past.
  ///
  /// A run that is at work does it itself.
  ///
  /// - Throws: as `init`.
  package static func destroyExpiredTables(
    path: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws {
    let (pipeline, folder) = try loadPipeline(path: path, options, clock: clock)
    let today = day(ofMilliseconds: clock())
    for name in pipeline.keys.keys.sorted() {
      let path = KeyRecord.path(ofKey: name, besidePipeline: pipeline.path)
      let record = try KeyRecord.read(path, ofKey: name)
      guard record?.generations.contains(where: { $0.wrap?.tableUntil ?? today < today }) == true
      else { continue }
      do {
        try KeyKeeping(name, pipeline, folder, clock: clock, observer: observer).seal()
      } catch FilesError.lockHeld { continue }
    }
  }
}

/// The keys of a pipeline over their lives, for `koppel key list`.
///
/// - Returns: rows of cells, the first with the names of the columns.
/// - Throws: `KeyError` when a record contradicts itself.
package func keyRows(_ pipeline: Pipeline) throws -> [[String]] {
  var rows = [
    [
      "key", "generation", "state", "fingerprint", "created", "not before", "not after",
      "approvers", "reason",
    ]
  ]
  for name in pipeline.keys.keys.sorted() {
    let path = KeyRecord.path(ofKey: name, besidePipeline: pipeline.path)
    guard let record = try KeyRecord.read(path, ofKey: name) else {
      rows.append([name, "-", "not used yet", "-", "-", "-", "-", "-", "-"])
      continue
    }
    for generation in record.generations {
      func day(_ date: CivilDate?) -> String { date?.description ?? "-" }
      let approvers = generation.approvers.map(escapedForTerminal).joined(separator: ", ")
      rows.append([
        name, generation.id, generation.state.rawValue, generation.fingerprint ?? "-",
        day(generation.created), day(generation.notBefore), day(generation.notAfter),
        approvers.isEmpty ? "-" : approvers,
        generation.reason.isEmpty ? "-" : escapedForTerminal(generation.reason),
      ])
    }
  }
  return rows
}
