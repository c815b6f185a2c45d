import Cryptography
import Diagnostics
import DisclosureControl
import Files
import Ingest
import Linkage
import PipelineFile
import PopulationTables
import PrivacyLog
import Pseudonymisation
import Publication
import Tabular

/// One run of a pipeline: from extracts to published tables, all or nothing.
package struct Night {
  var pipeline: Pipeline
  let options: RunOptions
  let folder: WorkFolder
  let observer: any RunObserver
  let id: String
  let started: String
  let clock: @Sendable () -> Int64
  var warningCount = 0
  /// What the release is made of, but for inputs and key; empty where a night is tried out.
  var madeFrom = ""
  /// How many releases the ledger of the work folder holds.
  var releaseCount = 0
  /// What an attack on the tables came to.
  var audit: ReleaseAudit?
  /// One a counted table: its name, its dimensions, and what everyone may know of its numbers.
  var measures: [(table: String, dimensions: [String], measures: PublishedMeasures)] = []
  /// Why numbers of the tables are hidden, for the run's own manifest.
  var reasons: [ProtectedNumber] = []
  /// By source: what linking came to, for the run's own manifest.
  var linkFigures: [String: JSONValue] = [:]
  /// What remembers records, by source; none in a night, only where one is tried out.
  var traces: [String: RecordTrace] = [:]
  /// Pairs to be explained, by source; without a spine by the numbers of the records.
  var asked: [String: [AskedPair]] = [:]

  /// Runs a pipeline file.
  ///
  /// - Parameters:
  ///   - path: of the pipeline file.
  ///   - options: what the user asked.
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - observer: whom to tell.
  /// - Returns: how it ended, when tables stand or the asked stage is done.
  /// - Throws: an error of the module that refused; each is a `KoppelError`.
  package static func run(
    path: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws -> RunOutcome {
    let (pipeline, folder) = try loadPipeline(path: path, options, clock: clock)
    if pipeline.handsOver, let stage = options.only ?? options.from, stage > .pseudonymise {
      throw RunError.handsOver(stage: stage.rawValue)
    }
    try checkFolders(of: pipeline, folder)
    try folder.make()
    try folder.checkIsOurs()
    try DeliveryLedger.checkOwner(path: folder.ledger, pipeline: pipeline.name)
    let lock = try RunLock(workFolder: folder.path)
    var night = Night(
      pipeline: pipeline,
      options: options,
      folder: folder,
      observer: observer,
      id: lowerHex(try randomBytes(16)),
      started: timestamp(clock()),
      clock: clock
    )
    night.madeFrom = try StageDigest.release(of: pipeline, options.settings, in: folder)
    let outcome = try night.run()
    lock.release()
    return outcome
  }

  private mutating func run() throws -> RunOutcome {
    try makeFolder(folder.run(id))
    if options.fresh {
      // What is staged is not used; it stays until it is replaced, to be compared.
      let kept = Set(pipeline.sources.map { "\($0.name).staged" })
      for name in try namesInFolder(folder.staging) where !kept.contains(name) {
        try removeTree("\(folder.staging)/\(name)")
      }
    }
    // What a killed run was writing when it was killed.
    for name in try namesInFolder(folder.staging)
    where name.hasSuffix(".part") || name.hasPrefix(".scratch-") {
      try removeTree("\(folder.staging)/\(name)")
    }
    let log = try NightLog(in: folder, run: id, pipeline: pipeline, clock: clock)
    for warning in log.warnings { warn(warning) }
    do {
      try log.begin(folder, observer) { try log.started() }
      return try work(log)
    } catch {
      if case PseudonymisationError.identifiersKept(let findings) = error {
        try? log.blocked(findings)
      }
      if case PseudonymisationError.fewPersons(let source, _) = error {
        try? log.blocked(fewPersonsIn: source)
      }
      try? deleteAllFilters(log)
      let status = (error as? any KoppelError)?.exitStatus ?? .internalFault
      try? log.ended(.failed, exitStatus: status)
      try? writeUnpublished(log)
      throw error
    }
  }

  private mutating func work(_ log: NightLog) throws -> RunOutcome {
    try AtomicFolder.clean(target: pipeline.publish.to)
    cleanRecords()
    let key = try NightKey.load(for: pipeline, workFolder: folder, observer: observer, log)
    let staged = try stage(key, log)
    if pipeline.handsOver, options.only != .ingest { return try handOver(staged, key, log) }
    if options.only == .ingest || options.only == .pseudonymise {
      return try stop(log, at: "staged")
    }

    let linked = try link(staged, key, log)
    if pipeline.endsWithLinks, options.only == nil { try add(linked.persons)?.stay() }
    if options.only == .link || pipeline.endsWithLinks { return try stop(log, at: "linked") }

    let (tables, releases) = try aggregate(linked, key, log)
    if options.only == .aggregate { return try stop(log, at: "aggregated") }
    if options.isAuditing { return try stop(log, at: "attacked") }
    return try publish(tables, linked, key, log, remembering: releases)
  }

  /// Ends a run that published nothing.
  func finish(_ log: NightLog) throws {
    try log.ended(.stopped, exitStatus: .success)
    try writeUnpublished(log)
  }

  private func stop(_ log: NightLog, at state: String) throws -> RunOutcome {
    try finish(log)
    observer.note(
      "\(state); nothing was published, "
        + (pipeline.endsWithLinks ? "for the pipeline has no 'publish'" : "as asked")
    )
    return RunOutcome(
      exitStatus: options.strict && warningCount > 0 ? .warnings : .success,
      publishedFolder: nil,
      tables: [],
      warningCount: warningCount,
      audit: audit
    )
  }

  /// What of a manifest differs between two runs that publish the same.
  func manifestRun(_ log: NightLog, _ persons: NightPersons? = nil) -> ManifestRun {
    ManifestRun(
      id: id,
      started: started,
      ended: timestamp(clock()),
      logSize: log.head.size,
      logHead: log.head.hash,
      personEvents: persons?.counts ?? [:],
      releases: releaseCount
    )
  }

  /// The manifest of a run that publishes nothing: what it proves of the privacy log.
  private func writeUnpublished(_ log: NightLog) throws {
    try writeOwnManifest(["format": "koppel-run/1", "run": manifestRun(log).json])
  }

  /// Writes the manifest that stays in the work folder: it tells more than is published: of
  /// the links, and why numbers are hidden.
  func writeOwnManifest(_ manifest: JSONValue) throws {
    var members = manifest.objectValue ?? [:]
    if !linkFigures.isEmpty { members["link"] = .object(linkFigures) }
    if !reasons.isEmpty { members["hidden"] = hiddenJSON }
    try AtomicFile.write(folder.manifest(ofRun: id), Array(JSONValue.object(members).pretty.utf8))
  }

  mutating func warn(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .warning { warningCount += 1 }
    observer.warn(diagnostic)
  }

  /// Whether this run may do that stage; else it must find its work done.
  func mayRun(_ stage: RunStage) -> Bool {
    if let only = options.only { return only == stage }
    if let from = options.from { return stage >= from }
    return true
  }
}
