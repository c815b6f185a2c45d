import Cryptography
import Diagnostics
import Files
import Linkage
import PipelineFile
import PrivacyLog
import Publication
import Pseudonymisation
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
  private let run: String
  private let log: PrivacyLog
  private let clock: @Sendable () -> Int64
  /// The runs of today before this one.
  private let tally: RunTally
  private var inputKey: SecretBytes?
  private(set) var signingKey: SigningKey?

  /// The public key that signs in this run.
  var signer: [UInt8]? { signingKey?.publicKey }

  /// Opens the log of a work folder; `expectedHead` is what a manifest of an earlier run proves of it.
  ///
  /// A run that wrote on behind a cut would let the log grow past it, and nobody could see that lines
  /// are missing.
  ///
  /// - Throws: `PrivacyLogError`; `tampered` for a log that is not as it was written.
  init(
    path: String,
    run: String,
    pipeline: Pipeline,
    expectedHead: LogHead?,
    clock: @escaping @Sendable () -> Int64
  ) throws {
    self.pipeline = pipeline
    self.run = run
    var digest = try SHA256()
    for file in pipeline.files { try digest.update(file.bytes) }
    pipelineDigest = lowerHex(try digest.finish())
    self.clock = clock
    let midnight = Int64(day(ofMilliseconds: clock()).dayNumber) * 86_400_000
    tally = try RunTally(path: path, since: midnight)
    log = try PrivacyLog.open(
      path: path,
      run: run,
      pipeline: pipeline.name,
      expectedHead: expectedHead,
      clock: clock
    )
  }

  /// The day of the clock, in the Netherlands.
  var today: CivilDate { day(ofMilliseconds: clock()) }
  /// Whether this run goes on where a killed one stopped.
  var resumes: Bool { tally.interrupted != nil }
  /// How many runs began today, this one too.
  var runsToday: Int { tally.counted + 1 }

  /// What was mended when the log was opened.
  var warnings: [Diagnostic] { log.recovered.map { [$0] } ?? [] }

  var head: LogHead { log.head }

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
    try append(
      isNew ? .keyNew : .keyLoaded,
      isNew ? "made" : "loaded",
      [
        "key": [
          "id": .string(id), "name": .string(Self.signingKeyName),
          "public": .string(lowerHex(key.publicKey)),
        ]
      ]
    )
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
    try append(.keyLoaded, "loaded", fields)
  }

  func keyRefused(name: String, reason: String) throws {
    try append(
      .keyRefused,
      "refused",
      ["key": ["name": .string(name)], "reason": .string(reason)]
    )
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

  /// The stages ingest and pseudonymise of all sources are done.
  func staged(_ sources: [(StagedSource, SourcePlan)], standardisation: String) throws {
    var counts: [String: JSONValue] = [:]
    for (source, plan) in sources {
      try ingested(source)
      let account = source.account
      counts[source.name] = [
        "read": .integer(Int64(account.read)), "accepted": .integer(Int64(account.accepted)),
        "rejected": .object(account.rejectedByReason.mapValues { .integer(Int64($0)) }),
        "skipped": .object(account.skipped.mapValues { .integer(Int64($0)) }),
        "columns": columns(of: source.name, plan),
      ]
    }
    try append(
      .stageEnded,
      "staged",
      [
        "stage": "pseudonymise", "standardisation": .string(standardisation),
        "counts": .object(counts),
      ],
      waiting: false
    )
  }

  /// Rows of persons who object were skipped.
  func optOutApplied(_ list: ObjectionList, _ sources: [StagedSource]) throws {
    var counts: [String: JSONValue] = [:]
    var unmatched: [String: JSONValue] = [:]
    for source in sources {
      counts[source.name] = .integer(Int64(source.account.skipped["objection"] ?? 0))
      unmatched[source.name] = .integer(Int64(source.rowCount(without: list.column)))
    }
    try append(
      .optoutApplied,
      "applied",
      [
        "persons": .integer(Int64(list.persons.count)), "counts": .object(counts),
        "unmatched": .object(unmatched),
        "input": [["digest": .string(try keyed(list.digest))]],
      ],
      waiting: false
    )
  }

  /// A delivery has not come, or not whole.
  func late(_ source: String, _ lateness: Lateness) throws {
    var fields: [String: JSONValue] = ["stage": "ingest", "source": .string(source)]
    fields["due"] = lateness.due.map { .string($0) }
    try append(.stageEnded, lateness.isLate ? "late" : "not-due", fields)
  }

  /// A delivery may be of twenty thousand messages; no line grows with it.
  private static let filesInLine = 500

  private func ingested(_ source: StagedSource) throws {
    let deliveries = source.account.deliveries
    let files = source.receipt.files
    for first in stride(from: 0, to: deliveries.count, by: Self.filesInLine) {
      let part = first..<min(first + Self.filesInLine, deliveries.count)
      let inputs = try part.map { number -> JSONValue in
        var input: [String: JSONValue] = [
          "digest": .string(try keyed(deliveries[number].sha256)),
          "bytes": .integer(Int64(deliveries[number].byteCount)),
        ]
        guard files.indices.contains(number) else { return .object(input) }
        if files[number].state != "accepted" { input["state"] = .string(files[number].state) }
        if !files[number].replaces.isEmpty {
          input["replaces"] = .array(try files[number].replaces.map { .string(try keyed($0)) })
        }
        return .object(input)
      }
      var fields: [String: JSONValue] = [
        "stage": "ingest", "source": .string(source.name), "input": .array(inputs),
      ]
      fields["stale"] = source.receipt.stalePeriod.map { .string($0) }
      try append(
        .stageEnded,
        source.receipt.stalePeriod == nil ? "read" : "stale",
        fields,
        waiting: false
      )
    }
  }

  func linked(_ linked: LinkedSources) throws {
    var counts: [String: JSONValue] = [:]
    for source in linked.sources {
      guard let report = source.report else { continue }
      counts[source.source.name] = [
        "linked": .integer(Int64(report.linked.rows)),
        "unlinked": .integer(Int64(report.unlinked.rows)),
      ]
    }
    try append(
      .stageEnded,
      "linked",
      [
        "stage": "link", "counts": .object(counts),
        "residents": .integer(Int64(linked.residents.table.rowCount)),
        "duplicates": .integer(Int64(linked.duplicateCount)),
        "uniqueness": [
          "k_min": .integer(Int64(linked.uniqueness.smallest)),
          "alone": .integer(Int64(linked.uniqueness.alone)),
          "under_5": .integer(Int64(linked.uniqueness.underFive)),
          "under_10": .integer(Int64(linked.uniqueness.underTen)),
        ],
      ],
      waiting: false
    )
  }

  /// Bloom filters are gone from the staging folder.
  ///
  /// - Parameters:
  ///   - outcome: `linked` when the link stage is done with them, `stray` when no source of this
  ///     pipeline has such a column any more.
  ///   - counts: of each source and column how many filters there were.
  /// - Throws: `PrivacyLogError`.
  func filtersDeleted(_ outcome: String, _ counts: [String: [String: Int]]) throws {
    try append(
      .filtersDeleted,
      outcome,
      [
        "stage": "link",
        "counts": .object(
          counts.mapValues { .object($0.mapValues { .integer(Int64($0)) }) }
        ),
      ]
    )
  }

  /// The tables are about to leave: when this returns, that is signed and on the disk.
  func released(_ release: Release) throws {
    let protection = pipeline.aggregate.protect
    try append(
      .outputReleased,
      "released",
      [
        "minimum": .integer(protection.minimum),
        "output": .array(
          release.tables.map {
            [
              "table": .string($0.name), "sha256": .string($0.digest),
              "rows": .integer(Int64($0.cellCount)), "hidden": .integer(Int64($0.hiddenCellCount)),
            ]
          }
        ),
      ]
    )
    try seal()
  }

  /// Kept columns hold what leads to persons: nothing was staged of the source.
  func blocked(_ findings: [IdentifierFinding]) throws {
    let columns = findings.map { JSONValue.string("\($0.source).\($0.column)") }
    try append(
      .outputBlocked,
      "blocked",
      ["stage": "pseudonymise", "reason": "identifiers-kept", "columns": .array(columns)]
    )
  }

  /// A source was read again with nearly the same persons.
  func suspected(_ suspicion: ProbeSuspicion) throws {
    try append(
      .probeSuspected,
      "suspected",
      [
        "source": .string(suspicion.source),
        "fewer_than": .integer(Int64(ProbeSuspicion.personLimit)),
      ],
      waiting: false
    )
  }

  /// A source has fewer persons than may be pseudonymised at once.
  func blocked(fewPersonsIn source: String) throws {
    try append(
      .outputBlocked,
      "blocked",
      ["stage": "pseudonymise", "reason": "few-persons", "source": .string(source)]
    )
  }

  /// The tables could not be put in place after all.
  func blocked(exitStatus: ExitStatus) throws {
    try append(.outputBlocked, "blocked", ["exit": .integer(Int64(exitStatus.rawValue))])
  }

  /// The run is over; what it wrote is signed, and proved to whoever saw the log before.
  ///
  /// A run whose lines cannot be signed does not end: to `log verify` it is an interrupted one, and
  /// the next run signs them. A run that ended unsigned would be one that somebody unsigned.
  func ended(_ ending: Ending, exitStatus: ExitStatus) throws {
    try seal()
    guard signingKey != nil || log.signer == nil else { return }
    try append(.runEnded, ending.rawValue, ["exit": .integer(Int64(exitStatus.rawValue))])
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
