import Cryptography
import Diagnostics
import Files
import PipelineFile
import PrivacyLog
import Tabular

/// What one run tells the privacy log: who, for what, with which key, what came in, what became of
/// it and what left; digests and counts, never a value.
final class NightLog {
  /// How a run ended.
  enum Ending: String {
    case published
    case stopped
    case failed
  }

  /// The SHA-256 of the pipeline's files, which is the policy.
  let pipelineDigest: String
  let pipeline: Pipeline
  let run: String
  let log: PrivacyLog
  let clock: @Sendable () -> Int64
  /// The runs of today before this one.
  private let tally: RunTally
  private var inputKey: SecretBytes?
  private(set) var signingKey: SigningKey?
  /// Whether the log says who this is.
  private(set) var hasBegun = false

  /// The public key that signs in this run.
  var signer: [UInt8]? { signingKey?.publicKey }

  /// Opens the log of a work folder.
  ///
  /// - Throws: `PrivacyLogError`; `tampered` for a log that is not as it was written, or is gone.
  init(
    in folder: WorkFolder,
    run: String,
    pipeline: Pipeline,
    clock: @escaping @Sendable () -> Int64
  ) throws {
    self.pipeline = pipeline
    self.run = run
    pipelineDigest = try pipeline.policyDigest()
    self.clock = clock
    tally = try RunTally(
      path: folder.log,
      since: clock().floored(by: 86_400_000) * 86_400_000
    )
    log = try folder.openLog(of: pipeline, run: run, clock: clock)
  }

  /// Opens the log for what is no run of a pipeline, as a question of a data subject, and tells what was
  /// mended.
  ///
  /// - Throws: as for a run.
  convenience init(
    in folder: WorkFolder,
    pipeline: Pipeline,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws {
    try self.init(
      in: folder,
      run: lowerHex(try randomBytes(16)),
      pipeline: pipeline,
      clock: clock
    )
    for warning in warnings { observer.warn(warning) }
  }

  /// The day of the clock, in the Netherlands.
  var today: CivilDate { day(ofMilliseconds: clock()) }
  /// The killed run that this one goes on with; nil when the last one ended.
  var interrupted: String? { tally.interrupted }
  /// How many runs began today, this one too.
  var runsToday: Int { tally.counted + 1 }

  /// What was mended when the log was opened.
  var warnings: [Diagnostic] { log.recovered.map { [$0] } ?? [] }

  /// What is on the disk: more no manifest may say of the log.
  var head: LogHead { log.safeHead }

  /// Begins what a process does: the log tells of it before a key is opened, and of what an earlier one
  /// left unsigned that key signs it first.
  ///
  /// So two runs never stand unsigned behind each other, and a run that finds two was not written by
  /// koppel.
  ///
  /// - Parameters:
  ///   - workFolder: where the key that signs is, unless the pipeline names another.
  ///   - observer: whom to tell.
  ///   - telling: writes the first line.
  /// - Throws: `PrivacyLogError`, `KeyError`.
  func begin(
    _ workFolder: WorkFolder,
    _ observer: any RunObserver,
    telling: () throws -> Void
  ) throws {
    if log.openedUnsealed { try openSigningKey(workFolder: workFolder, observer: observer) }
    try telling()
    hasBegun = true
    if signingKey == nil { try openSigningKey(workFolder: workFolder, observer: observer) }
  }

  /// The run begins.
  func started() throws {
    var fields = LogActor.fields(of: pipeline)
    fields["sample"] = .boolean(pipeline.sample)
    fields["policy"] = .string(pipelineDigest)
    fields["period"] = .string(pipeline.period?.label ?? "")
    fields["purpose"] = [
      "text": .string(pipeline.purpose.text), "basis": .string(pipeline.purpose.basis),
      "activity": .string(pipeline.title),
    ]
    fields["resumes"] = tally.interrupted.map { .string($0) }
    try append(.runStarted, "started", fields)
    if let before = log.lastPolicy, before != pipelineDigest {
      try append(
        .policyChanged,
        "changed",
        ["policy": .string(pipelineDigest), "before": .string(before)]
      )
    }
  }

  /// The key that signs the log is open: its public half stands in the log from here on.
  ///
  /// What an interrupted run left unsigned is signed at once.
  ///
  /// - Parameters:
  ///   - key: whose seed is in locked memory.
  ///   - id: what it is called: `NAME.GENERATION`.
  ///   - isNew: whether this run made it.
  /// - Throws: `PrivacyLogError`.
  func signingKeyLoaded(_ key: SigningKey, id: String, isNew: Bool) throws {
    var fields = hasBegun ? [:] : LogActor.fields(of: pipeline)
    fields["key"] = [
      "id": .string(id), "name": .string(Self.signingKeyName),
      "public": .string(lowerHex(key.publicKey)),
    ]
    try append(isNew ? .keyNew : .keyLoaded, isNew ? "made" : "loaded", fields)
    signingKey = key
    if log.openedUnsealed { try log.seal(key, isNightEnd: false) }
  }

  /// The public key that signed before; nil when none did.
  var earlierSigner: [UInt8]? { log.signer }

  /// A key was opened: which, in what state, and what its record says of all.
  ///
  /// The digests of inputs are made with the last that is told.
  func keyLoaded(_ key: LoadedKey, name: String, _ record: KeyRecord) throws {
    inputKey = try key.root.key("koppel/input/v1", [pipeline.pseudonymise.release])
    var fields: [String: JSONValue] = [
      "key": [
        "id": .string(key.id), "name": .string(name),
        "fingerprint": .string(key.root.fingerprint),
        "level": pipeline.handsOver ? "source" : "region",
        "scope": .string(pipeline.pseudonymise.release), "demo": .boolean(key.isDemo),
        "state": .string(record[key.id]?.state.rawValue ?? "demo"),
      ]
    ]
    if !key.isDemo { fields["record"] = .string(try record.digest()) }
    fields["other_logs"] = otherLogs(record)
    try append(.keyLoaded, "loaded", fields)
  }

  func keyRefused(name: String, reason: String) throws {
    var fields = hasBegun ? [:] : LogActor.fields(of: pipeline)
    fields["key"] = ["name": .string(name)]
    fields["reason"] = .string(reason)
    try append(.keyRefused, "refused", fields)
  }

  /// The table of a rotation was kept as long as it may be.
  func tableDestroyed(of id: String, name: String, _ record: KeyRecord) throws {
    try append(
      .tableDestroyed,
      "expired",
      [
        "key": ["name": .string(name), "id": .string(id)], "record": .string(try record.digest()),
      ]
    )
  }

  /// The run is over; what it wrote is signed, and proved to whoever saw the log before.
  ///
  /// A run whose lines cannot be signed does not end: to `log verify` it is an interrupted one, and
  /// the next run signs them. A run that ended unsigned would be one that somebody unsigned.
  func ended(_ ending: Ending, exitStatus: ExitStatus) throws {
    try seal()
    guard hasBegun, signingKey != nil || log.signer == nil else { return }
    try append(.runEnded, ending.rawValue, ["exit": .integer(Int64(exitStatus.rawValue))])
    try sealForWitnesses()
  }

  /// What was written is signed, and proved to whoever saw the log before.
  func sealForWitnesses() throws {
    if let signingKey { try log.seal(signingKey, isNightEnd: true) }
  }

  func seal() throws {
    if let signingKey { try log.seal(signingKey, isNightEnd: false) }
  }

  func append(
    _ event: LogEvent,
    _ outcome: String,
    _ fields: [String: JSONValue],
    waiting: Bool = true
  ) throws {
    try log.append(event, run: run, outcome: outcome, fields: fields, waiting: waiting)
  }

  /// Which persons a source holds, under the key of this release; nil before a key is open.
  func sketch(of persons: [Token]) throws -> PersonSketch? {
    guard let inputKey else { return nil }
    var authenticator = try MessageAuthenticator(key: inputKey)
    return try PersonSketch(of: persons, &authenticator)
  }

  /// What the runs of today before this one read: of each source the persons it held.
  var sketchesToday: [(source: String, sketch: PersonSketch)] {
    tally.sketches.compactMap { told in
      let words = told.split(separator: " ")
      guard words.count == 2, let sketch = PersonSketch(String(words[1])) else { return nil }
      return (String(words[0]), sketch)
    }
  }

  /// A file's digest under a key of this release: whoever has the file can prove that it was this
  /// one, and nobody can tell from two logs that they read the same.
  func keyed(_ digest: String) throws -> String {
    guard let inputKey else { return "" }
    var authenticator = try MessageAuthenticator(key: inputKey)
    return lowerHex(try authenticator.fullTag(bytes(ofHex: digest)))
  }

  private func bytes(ofHex text: String) -> [UInt8] {
    let digits = text.utf8.compactMap(hexValue)
    return stride(from: 1, to: digits.count, by: 2).map { digits[$0 - 1] << 4 | digits[$0] }
  }
}
