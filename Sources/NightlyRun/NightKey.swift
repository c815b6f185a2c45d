import Cryptography
import Diagnostics
import Files
import PipelineFile
import PrivacyLog
import Pseudonymisation
import Tabular

/// The key of a run, loaded and in custody.
struct NightKey: Sendable {
  let name: String
  /// Of the key in use.
  let root: RootKey
  /// Of the key of the first level; that of the run where it makes both.
  let sourceFingerprint: String
  let isDemo: Bool
  let scope: TokenScope
  let standardisation: Standardisation
  /// The keys that have a record, by name.
  let recorded: [String]
  /// What filters for a partner are made with; nil where nobody gets any.
  var records: RecordKeys?

  var fingerprint: String { root.fingerprint }

  /// Whether all that is opened is for made-up data: then there may be few persons, and many runs.
  ///
  /// The key decides, not `sample: true`: whoever could lift its limits by that word could ask a real
  /// key whose token is whose.
  var protectsNobody: Bool { isDemo && recorded.isEmpty }

  /// Tells with which keys tokens were made: in a release during which the key was rotated, and where
  /// the first level has its own, more than one.
  var tokenFingerprint: String {
    Self.tokenFingerprint(
      first: sourceFingerprint,
      ([scope.root] + scope.wraps).map(\.fingerprint)
    )
  }

  /// The fingerprints of the keys that made a token, as staged files and hand-overs name them.
  ///
  /// - Parameters:
  ///   - first: the fingerprint of the key of the first level.
  ///   - chain: those of the keys of the second, in the order in which they hash and wrap.
  /// - Returns: those of the second level joined by `+`, after that of the first and `/` when it differs from the last.
  static func tokenFingerprint(first: String, _ chain: [String]) -> String {
    (first == chain.last ? "" : "\(first)/") + chain.joined(separator: "+")
  }

  /// Loads the key that the pseudonymise stage names, and that of the first level where the pipeline
  /// names one.
  ///
  /// A demo key that is not there yet is made, for made-up data alone.
  ///
  /// - Throws: `KeyError`, `CryptographyError`.
  static func load(
    for pipeline: Pipeline,
    workFolder: WorkFolder,
    observer: any RunObserver,
    _ log: NightLog
  ) throws -> NightKey {
    let name = pipeline.pseudonymise.key
    try MessageAuthenticator.selfTest()
    if pipeline.pseudonymise.columns.contains(where: { $0.bloom != nil }) {
      try KeyedBlake2b.selfTest()
    }
    let standardisation = try Standardisation()
    let loaded: (first: RootKey, last: LoadedKey, wraps: [RootKey])
    // Of the key alone may the log say that it was refused.
    do {
      if case .file(let path)? = pipeline.keys[name] { try makeDemo(path, pipeline, observer) }
      var ring = try KeyRing(
        name,
        of: pipeline,
        workFolder: workFolder.path,
        today: log.today,
        lives: log.keyLives
      )
      defer { ring.unlock() }
      if ring.isRecorded { try checkRuns(ring, log) }
      try log.keysEnded(name, ring.record)
      for id in try ring.destroyExpiredTables(in: workFolder, on: log.today) {
        try log.tableDestroyed(of: id, name: name, ring.record)
      }
      let before = ring.record
      let keys = try ring.load(for: pipeline.pseudonymise.release)
      guard let first = keys.first, let last = keys.last else {
        throw RunError.key(Diagnostic("no key '\(name)' could be loaded"))
      }
      if !last.isDemo {
        // Only now is it known which key it is.
        try checkRuns(ring, log)
        if ring.record != before { try ring.write() }
        tellOtherLog(ring, log, observer)
      }
      for key in keys { try log.keyLoaded(key, name: name, ring.record) }
      loaded = (first.root, last, keys.dropFirst().map(\.root))
    } catch {
      try log.keyRefused(name: name, reason: (error as? KeyError)?.word ?? "key")
      throw error
    }
    let first = try firstLevel(for: pipeline, workFolder: workFolder, observer: observer, log)
    if let first, first.fingerprint == loaded.last.root.fingerprint {
      throw RunError.key(
        Diagnostic(
          "the keys '\(name)' and '\(Pipeline.sourceKeyName)' are one",
          hint: "two levels are of use when two hands keep their keys"
        )
      )
    }
    let recorded =
      (loaded.last.isDemo ? [] : [name])
      + (first?.isRecorded == true ? [Pipeline.sourceKeyName] : [])
    if pipeline.sample, let own = recorded.first {
      observer.note(
        "'sample: true' with a key that is no demo key, '\(own)': its limits hold as for real data"
      )
    }
    let isKeptBySuppliers = first != nil && first?.root == nil
    var key = NightKey(
      name: name,
      root: loaded.last.root,
      sourceFingerprint: first?.fingerprint ?? loaded.last.root.fingerprint,
      isDemo: loaded.last.isDemo,
      scope: TokenScope(
        root: loaded.first,
        sourceRoot: first?.root,
        levels: pipeline.handsOver ? .source : isKeptBySuppliers ? .region : .both,
        sourceRelease: pipeline.pseudonymise.sourceRelease,
        release: pipeline.pseudonymise.release,
        standardisation: standardisation.identifier,
        wraps: loaded.wraps
      ),
      standardisation: standardisation,
      recorded: recorded
    )
    key.records = try key.partner(for: pipeline, workFolder: workFolder, log)
    return key
  }

  /// The suppliers' key, or what is known of it; nil where the region's makes both levels, and where
  /// the first is all that is made.
  private static func firstLevel(
    for pipeline: Pipeline,
    workFolder: WorkFolder,
    observer: any RunObserver,
    _ log: NightLog
  ) throws -> (fingerprint: String, root: RootKey?, isRecorded: Bool)? {
    let name = Pipeline.sourceKeyName
    guard !pipeline.handsOver, let source = pipeline.keys[name] else { return nil }
    if case .fingerprint(let fingerprint) = source {
      try log.sourceKeyKnown(fingerprint: fingerprint)
      return (fingerprint, nil, false)
    }
    do {
      if case .file(let path) = source { try makeDemo(path, pipeline, observer) }
      var ring = try KeyRing(
        name,
        of: pipeline,
        workFolder: workFolder.path,
        today: log.today,
        lives: log.keyLives
      )
      defer { ring.unlock() }
      try log.keysEnded(name, ring.record)
      if ring.isRecorded { try checkRuns(ring, log) }
      let before = ring.record
      // What suppliers share is never wrapped: its tokens are not kept.
      guard let loaded = try ring.load(for: pipeline.pseudonymise.sourceRelease).last else {
        throw RunError.key(Diagnostic("no key '\(name)' could be loaded"))
      }
      if !loaded.isDemo { try checkRuns(ring, log) }
      if !loaded.isDemo, ring.record != before { try ring.write() }
      try log.sourceKeyLoaded(loaded, ring.record)
      return (loaded.root.fingerprint, loaded.root, !loaded.isDemo)
    } catch {
      try log.keyRefused(name: name, reason: (error as? KeyError)?.word ?? "key")
      throw error
    }
  }

  private static func makeDemo(
    _ path: String,
    _ pipeline: Pipeline,
    _ observer: any RunObserver
  ) throws {
    guard pipeline.sample, lastPart(of: path) == "demo.key", !somethingStands(at: path) else {
      return
    }
    try KeyFile.create(name: KeyFile.demoName, at: path)
    observer.note("made a demo key, \(path): it protects nobody and opens for made-up data alone")
  }
}
