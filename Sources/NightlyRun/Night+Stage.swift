import Diagnostics
import Files
import Ingest
import PipelineFile
import Pseudonymisation
import Tabular

extension Night {
  /// Stages every source whose staged table is not current: ingest and pseudonymise, in one pass.
  mutating func stage(_ key: NightKey, _ log: NightLog) throws -> [StagedSource] {
    let plans = pipeline.sources.map { SourcePlan(source: $0, in: pipeline) }
    let memos = TokenMemos(plans: plans, scope: key.scope, standardisation: key.standardisation)
    let files = try deliveries()
    var staged: [StagedSource] = []
    var gates: [Diagnostic] = []
    for (source, plan) in zip(pipeline.sources, plans) {
      let staging = SourceStaging(
        source: source,
        plan: plan,
        files: files[source.name] ?? [],
        lastDay: pipeline.latestBirthDay,
        folder: folder.staging,
        workers: options.workers,
        definition: try StageDigest.definition(
          of: source,
          in: pipeline,
          standardisation: key.standardisation.identifier
        ),
        key: key.fingerprint,
        observer: observer
      )
      let found = try stage(staging, memos)
      staged.append(found)
      tellRefused(found.account, of: source, files[source.name] ?? [])
      let faults = judge(found.account, of: source)
      gates += faults.isEmpty ? judgeEmpty(found.account, of: source) : faults
      tellMissing(found.account, of: source)
      tellRepeated(found.account, of: source)
      tellUntargeted(found.account, of: source)
    }
    try RejectsFile.write(staged.map { ($0.name, $0.account) }, to: folder.run(id) + "/rejects.csv")
    try log.staged(
      zip(staged, plans).map { ($0, $1) },
      standardisation: key.standardisation.identifier
    )
    if !gates.isEmpty { throw RunError.gates(gates) }
    return staged
  }

  /// The files of each source, in byte order of their names.
  private func deliveries() throws -> [String: [String]] {
    var files: [String: [String]] = [:]
    var missing: [Diagnostic] = []
    for source in pipeline.sources {
      let found = try matchFiles(pattern: source.files)
      files[source.name] = found
      if found.isEmpty {
        missing.append(
          Diagnostic(
            at: source.place,
            "source '\(source.name)': found no file like \(escapedForTerminal(source.files))",
            hint: "has the delivery come, and for this period?"
          )
        )
      }
    }
    if !missing.isEmpty { throw RunError.missingDeliveries(missing) }
    return files
  }

  private func stage(_ staging: SourceStaging, _ memos: TokenMemos) throws -> StagedSource {
    let source = staging.source
    if let current = staging.found, try isCurrent(current, staging.files),
      current.isWhole(workers: options.workers)
    {
      observer.note("\(source.name): unchanged, \(grouped(current.account.accepted)) rows staged")
      return current
    }
    guard mayRun(.ingest) || mayRun(.pseudonymise) else {
      let stage = (options.only ?? options.from ?? .link).rawValue
      throw RunError.notStaged(stage: stage, source: source.name)
    }
    let staged = try staging.run(memos: memos)
    let account = staged.account
    observer.note(
      "\(source.name): \(grouped(account.read)) rows read, \(grouped(account.accepted)) accepted, "
        + "\(grouped(account.rejected)) rejected, \(grouped(account.skippedCount)) skipped"
    )
    return staged
  }

  private func isCurrent(_ staged: StagedSource, _ files: [String]) throws -> Bool {
    let known = staged.account.deliveries
    guard known.map(\.name) == files.map({ maskedName(lastPart(of: $0)) }) else { return false }
    for (delivery, file) in zip(known, files) {
      guard try OpenFile(reading: file).size() == delivery.byteCount else { return false }
    }
    let digests = try concurrentChunks(files.count, workers: options.workers) { number in
      try fileDigest(files[number])
    }
    return digests == known.map(\.sha256)
  }

  /// Weighs the rejects of a source against its thresholds.
  ///
  /// - Returns: the gate that failed, if it did.
  private mutating func judge(_ account: SourceAccount, of source: Source) -> [Diagnostic] {
    guard account.rejected > 0 else { return [] }
    let share = account.rejectedShare
    let reasons = account.rejectedByReason.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(3).map { "\(grouped($0.value)) \($0.key)" }.joined(separator: ", ")
    let judged = account.accepted + account.rejected
    let sentence =
      "source '\(source.name)': \(grouped(account.rejected)) of \(grouped(judged)) rows rejected "
      + "(\(percent(share))): \(reasons)"
    let hint = first(of: account).map {
      "the first is \($0); all are in \(folder.run(id))/rejects.csv"
    }
    if let limit = source.rejects.failAbove, share > limit {
      return [
        Diagnostic(sentence + "; at most \(percent(limit)) may be", hint: hint)
      ]
    }
    if share > source.rejects.warnAbove ?? 0 {
      warn(Diagnostic(.warning, sentence, hint: hint))
    }
    return []
  }

  /// So many refused messages are told one by one.
  private static let toldMessages = 20

  private mutating func tellRefused(
    _ account: SourceAccount,
    of source: Source,
    _ files: [String]
  ) {
    for refusal in account.refusals.prefix(Self.toldMessages) {
      let file = files.indices.contains(refusal.file) ? files[refusal.file] : ""
      let place = Place(file: file, line: refusal.line)
      warn(Diagnostic(.warning, at: place, refusal.sentence, hint: refusal.hint))
    }
    let rest = account.refusals.count - Self.toldMessages
    if rest > 0 {
      warn(Diagnostic(.warning, "source '\(source.name)': \(grouped(rest)) more messages refused"))
    }
  }

  private func first(of account: SourceAccount) -> String? {
    guard let reject = account.rejects.first else { return nil }
    let file =
      account.deliveries.indices.contains(reject.file) ? account.deliveries[reject.file].name : ""
    let place = Place(file: file, line: reject.line)
    let column = reject.column.isEmpty ? "" : "column '\(reject.column)': "
    let found = reject.shape.isEmpty ? "" : "found \(reject.shape), "
    return "\(place): \(column)\(found)expected \(reject.expectation)"
  }
}
