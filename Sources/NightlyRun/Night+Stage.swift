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
    let listPlan = pipeline.pseudonymise.optOut.map { SourcePlan(source: $0.source, in: pipeline) }
    let allPlans = plans + (listPlan.map { [$0] } ?? [])
    let memos = TokenMemos(plans: allPlans, scope: key.scope, standardisation: key.standardisation)
    let keys = try DeliveryLedger.Keys.of(ledger: folder.ledger, key.root)
    var (ledger, warning) = try DeliveryLedger.load(path: folder.ledger, keys)
    if let warning { warn(warning) }
    let before = ledger
    ledger.pipeline = pipeline.name
    try removeStrayFilters(plans, log)
    let inboxes = inboxes(ledger, KeptNames(key: keys.names))
    let firstReceived = try receive(inboxes, log)
    try key.countRun(of: pipeline, log)
    let standardisation = key.standardisation.identifier
    let digester = MessageDigester(key: keys.messages)
    let minimumPersons = key.protectsNobody ? 0 : Int(pipeline.pseudonymise.minimumPersons)
    let objections = try listPlan.map { try readObjections($0, memos, key) }
    var staged: [StagedSource] = []
    var outcomes: [DeliveryLedger.Outcome] = []
    var gates: [Diagnostic] = []
    for (number, plan) in plans.enumerated() {
      let source = pipeline.sources[number]
      let definition = try StageDigest.definition(
        of: source,
        in: pipeline,
        standardisation: standardisation
      )
      let expectedPackage = ExpectedPackage(
        source: source,
        fingerprint: key.sourceFingerprint,
        scope: pipeline.pseudonymise.sourceRelease,
        standardisation: standardisation
      )
      let (isOfSourceLevel, recordKeys) = (pipeline.handsOver, key.records)
      let (lastDay, staging) = (pipeline.latestBirthDay, folder.staging)
      let (workers, observer, trace) = (options.workers, observer, traces[source.name])
      var (found, received) = try stage(inboxes[number], firstReceived[number], memos, log) {
        received in
        SourceStaging(
          source: source,
          plan: plan,
          received: received.files,
          lastDay: lastDay,
          folder: staging,
          workers: workers,
          definition: definition,
          key: key.tokenFingerprint,
          minimumPersons: minimumPersons,
          objections: objections?.persons,
          objectionsMark: objections?.mark ?? "",
          digester: digester,
          observer: observer,
          package: source.arrival == nil ? nil : expectedPackage,
          recordKeys: recordKeys,
          isOfSourceLevel: isOfSourceLevel,
          trace: trace
        )
      }
      found.filterFiles = FilterFiles(folder: staging, source: source.name, columns: plan.filters)
      // Of what has not come there is nothing to judge.
      guard let received else {
        staged.append(found)
        continue
      }
      found.receipt = received.receipt
      found.account.name(received.files)
      try judgeRecords(found, key, log)
      staged.append(found)
      var faults = try judge(found.account, received, ledger)
      faults += try judgePackages(found.account, received, log)
      outcomes.append(
        DeliveryLedger.Outcome(
          received: received,
          account: found.account,
          isRefused: !faults.isEmpty
        )
      )
      gates += faults
    }
    // Who wrote to a file while others were read has not delivered it.
    try checkUnchanged(outcomes.map(\.received), log)
    try ledger.record(outcomes, period: pipeline.period?.label ?? "", run: id)
    if ledger != before || warning != nil { try ledger.write(to: folder.ledger, keys) }
    try RejectsFile.write(staged.map { ($0.name, $0.account) }, to: folder.run(id) + "/rejects.csv")
    if let objections {
      tellUnmatched(objections, staged)
      try log.optOutApplied(objections, staged)
    }
    try log.staged(
      zip(staged, plans).map { ($0, $1) },
      standardisation: key.standardisation.identifier
    )
    if staged.allSatisfy(\.isUnchanged) { try log.quiet(sourceCount: staged.count) }
    if !gates.isEmpty { throw RunError.gates(gates) }
    return staged
  }

  /// Tells of a source what is to be told.
  ///
  /// - Returns: the gates that failed.
  private mutating func judge(
    _ account: SourceAccount,
    _ received: ReceivedSource,
    _ ledger: DeliveryLedger
  ) throws -> [Diagnostic] {
    let source = received.source
    // The night of a period judges its delivery: what windows look at passed, or is left out.
    let own = account.ofOwnPeriod
    tell(received)
    tellRefused(account, of: source, received.paths)
    var gates = unwanted(received)
    gates += try checksumFaults(received)
    gates += try judgeExpectations(own, received, ledger)
    gates += try judgeDrift(own, received, ledger)
    gates += judgeDeclared(own, of: source)
    // The rejects of a retyped column are told by the column.
    if source.drift.retyped != .fail
      || !own.figures.retyped(of: source).contains(where: { $0.column.required })
    {
      let faults = judge(own, of: source)
      gates += faults.isEmpty ? judgeEmpty(own, of: source) : faults
    }
    tellRejects(account.others, of: source)
    tellMissing(account, of: source)
    tellUntargeted(account, of: source)
    tellCompletion(account, of: source)
    return gates
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
      // What a trial writes is gone when this is read.
      "the first is \($0)" + (traces.isEmpty ? "; all are in \(folder.run(id))/rejects.csv" : "")
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

  /// Warns where so much is rejected of what windows look at that no night would have taken it.
  private mutating func tellRejects(_ others: SourceAccount.Others, of source: Source) {
    let judged = others.accepted + others.rejectedCount
    let share = Double(others.rejectedCount) / Double(max(1, judged))
    guard let limit = source.rejects.failAbove, share > limit else { return }
    warn(
      Diagnostic(
        .warning,
        at: source.place,
        "source '\(source.name)': \(grouped(others.rejectedCount)) of \(grouped(judged)) rows of "
          + "other periods, which tables look at, are rejected (\(percent(share)))",
        hint: "run those periods, which tells more of it"
      )
    )
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
    for remark in account.remarks.prefix(Self.toldMessages) {
      let file = files.indices.contains(remark.file) ? Place(file: files[remark.file]) : nil
      warn(Diagnostic(.warning, at: file, remark.sentence, hint: remark.hint))
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
