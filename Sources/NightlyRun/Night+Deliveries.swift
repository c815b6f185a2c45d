import Cryptography
import Diagnostics
import Files
import Ingest
import PipelineFile
import Pseudonymisation
import Tabular

/// What came in: which files a run reads, and what it says of late, repeated and corrected ones.
extension Night {
  /// Where the files of each source are looked for.
  func inboxes(_ ledger: DeliveryLedger, _ names: KeptNames) -> [Inbox] {
    pipeline.sources.map { source in
      Inbox(
        source: source,
        period: pipeline.period?.label ?? "",
        ledger: KnownFiles(ledger, of: source.name),
        names: names,
        workers: options.workers
      )
    }
  }

  /// The files of all sources; nothing is read of them but what tells duplicates.
  ///
  /// - Returns: one a source; nil for one that may be left out and has no files.
  /// - Throws: `RunError.missingDeliveries`, with all that is missing; `RunError.gates` where a
  ///   pipeline does not want what was sent twice.
  func receive(_ inboxes: [Inbox], _ log: NightLog) throws -> [ReceivedSource?] {
    var received: [ReceivedSource?] = []
    var missing: [Diagnostic] = []
    for inbox in inboxes {
      let found = try inbox.receive()
      if let files = found.received {
        received.append(files)
      } else if inbox.source.delivery.late == .leaveOut {
        received.append(nil)
      } else {
        missing.append(late(inbox, found.why))
        try log.late(inbox.source.name, lateness(of: inbox.source))
      }
    }
    if !missing.isEmpty { throw RunError.missingDeliveries(missing) }
    let gates = received.compactMap(\.self).flatMap(unwanted)
    if !gates.isEmpty { throw RunError.gates(gates) }
    return received
  }

  /// Stages the files of a source, and turns to earlier ones where it may and they are not whole.
  ///
  /// - Returns: the source, and its files; nil for those of a source that is left out.
  mutating func stage(
    _ inbox: Inbox,
    _ first: ReceivedSource?,
    _ memos: TokenMemos,
    _ log: NightLog,
    staging: (ReceivedSource) -> SourceStaging
  ) throws -> (StagedSource, ReceivedSource?) {
    guard var received = first else {
      return (try leaveOut(inbox, try inbox.receive().why, memos, log, staging), nil)
    }
    while true {
      var absence: Inbox.Absence?
      do {
        let staging = staging(received)
        try checkPackages(staging, received, log)
        let (staged, complete) = try stage(staging, received, memos, log)
        absence =
          complete.changedFile.map { .growing(path: $0) }
          ?? Inbox.absence(of: complete, inbox.ledger)
        if absence == nil { return (staged, complete) }
      } catch FilesError.changedWhileRead(let path) {
        absence = .growing(path: path)
      } catch IngestError.file(.changedWhileRead(let path)) {
        absence = .growing(path: path)
      }
      // Another delivery may stand in for that of the run, not for one that windows look at.
      if case .growing(let path)? = absence,
        received.files.contains(where: { $0.path == path && $0.otherPeriod != nil })
      {
        throw RunError.missingDeliveries([late(inbox, absence)])
      }
      let earlier = try inbox.receive(from: received.periodsBack + 1)
      guard var next = earlier.received else {
        if inbox.source.delivery.late == .leaveOut {
          return (try leaveOut(inbox, absence, memos, log, staging), nil)
        }
        try log.late(inbox.source.name, lateness(of: inbox.source))
        throw RunError.missingDeliveries([late(inbox, absence)])
      }
      next.absence = received.absence ?? absence
      received = next
    }
  }

  /// Stages no rows of a source that has no files, and says so.
  private mutating func leaveOut(
    _ inbox: Inbox,
    _ absence: Inbox.Absence?,
    _ memos: TokenMemos,
    _ log: NightLog,
    _ staging: (ReceivedSource) -> SourceStaging
  ) throws -> StagedSource {
    try log.late(inbox.source.name, lateness(of: inbox.source))
    let diagnostic = late(inbox, absence)
    warn(
      Diagnostic(
        .warning,
        at: diagnostic.place,
        "\(diagnostic.sentence); what needs it is left out",
        hint: diagnostic.hint
      )
    )
    let nothing = ReceivedSource(
      [],
      of: inbox.source,
      period: inbox.period,
      periodsBack: 0,
      ledger: inbox.ledger
    )
    var (staged, _) = try stage(staging(nothing), nothing, memos, log)
    staged.receipt.isAbsent = true
    return staged
  }

  /// Stages files, unless what is staged was made of them.
  ///
  /// What a message is shows when it is read. One that was sent before costs a second reading,
  /// without it.
  private mutating func stage(
    _ staging: SourceStaging,
    _ received: ReceivedSource,
    _ memos: TokenMemos,
    _ log: NightLog
  ) throws -> (StagedSource, ReceivedSource) {
    var isUnchanged = false
    if !options.fresh, var current = staging.found, try isCurrent(current, received.files) {
      let complete = received.completed(with: current.account)
      if complete.skipped == current.account.figures.files.map(\.skipped),
        complete.files.map(\.otherPeriod) == current.account.figures.files.map(\.otherPeriod),
        current.isWhole(workers: options.workers)
      {
        isUnchanged = true
        // The link stage, or the hand-over, removed them when it committed: to do that again is to
        // make them again.
        if !(mayRun(.link) || pipeline.handsOver)
          || staging.filterFiles.areCurrent(madeFrom: current.digest),
          !mayRun(.pseudonymise) || staging.recordsAreCurrent(madeFrom: current.digest)
        {
          observer.note(
            "\(staging.source.name): unchanged, \(grouped(current.account.accepted)) rows staged"
          )
          current.isUnchanged = true
          return (current, complete)
        }
      }
    }
    guard mayRun(.ingest) || mayRun(.pseudonymise) else {
      let stage = (options.only ?? options.from ?? .link).rawValue
      throw RunError.notStaged(stage: stage, source: staging.source.name)
    }
    let earlier = ProbeSuspicion.staged(at: staging.path, key: staging.key)
    var staged = try staging.run(memos: memos, verdicts: received.selection.verdicts, known: [])
    let complete = received.completed(with: staged.account)
    if complete.skipped != received.skipped {
      staged = try staging.run(
        memos: memos,
        verdicts: complete.selection.verdicts,
        known: staged.account.figures.files
      )
    }
    if let column = staging.plan.personColumn {
      var tokens: TokenColumn = []
      if case .tokens(let values)? = staged.identities.table[column.name] { tokens = values }
      let persons = ProbeSuspicion.persons(of: tokens)
      staged.sketch = try log.sketch(of: persons)
      if let suspicion = ProbeSuspicion(
        source: staging.source.name,
        from: earlier.flatMap { try? $0.identityTokens(column.name) }
          .map { ProbeSuspicion.persons(of: $0) },
        to: persons,
        staged.sketch,
        today: log.sketchesToday
      ) {
        try log.suspected(suspicion)
      }
    }
    staged.isUnchanged = isUnchanged
    let account = staged.account
    observer.note(
      "\(staging.source.name): \(grouped(account.read)) rows read, "
        + "\(grouped(account.accepted)) accepted, \(grouped(account.rejected)) rejected, "
        + "\(grouped(account.skippedCount)) skipped"
    )
    return (staged, complete)
  }

  private func isCurrent(_ staged: StagedSource, _ received: [InboxFile]) throws -> Bool {
    let known = staged.account.deliveries
    guard known.map(\.stored) == received.map(\.name) else { return false }
    let files = received.map(\.path)
    for (delivery, file) in zip(known, files) {
      guard try OpenFile(reading: file).size() == delivery.byteCount else { return false }
    }
    let digests = try concurrentChunks(files.count, workers: options.workers) { number in
      try fileDigest(files[number])
    }
    return digests == known.map(\.sha256)
  }

  /// Why a source has no files.
  private func late(_ inbox: Inbox, _ why: Inbox.Absence?) -> Diagnostic {
    let source = inbox.source
    let due = lateness(of: source).clause
    let pattern = escapedForTerminal(source.files)
    let earlier =
      source.delivery.late == .usePrevious
      ? ", and none of the \(source.earlierFiles.count) periods before" : ""
    switch why {
    case .growing(let path):
      return Diagnostic(
        at: Place(file: path),
        "source '\(source.name)': the file changed while it was read: it is still being written"
          + due,
        hint: "wait until the delivery is complete, then run again"
      )
    case .ofPeriod(let period, let run):
      return Diagnostic(
        at: source.place,
        "source '\(source.name)': all that lies like \(pattern) was received for \(period) already "
          + "(run \(run.prefix(8)))\(due)\(earlier)",
        hint: "has the sender sent the right period?"
      )
    case .amongOthers(let period):
      return Diagnostic(
        at: source.place,
        "source '\(source.name)': all that lies like \(pattern) lies among the files of \(period) "
          + "too\(due)\(earlier)",
        hint: "has the sender sent the right period?"
      )
    case .correctedIn(let period):
      return Diagnostic(
        at: source.place,
        "source '\(source.name)': all that lies like \(pattern) was corrected by what came for "
          + "\(period), and is taken out\(due)\(earlier)",
        hint: "what was published of this period still counts the earlier one: take it back"
      )
    case .nothing(let unfinished) where unfinished > 0:
      return Diagnostic(
        at: source.place,
        "source '\(source.name)': found no file like \(pattern) but "
          + "\(counted(unfinished, "file")) still being written\(due)\(earlier)",
        hint: "wait until the delivery is complete, then run again"
      )
    default:
      return Diagnostic(
        at: source.place,
        "source '\(source.name)': found no file like \(pattern)\(due)\(earlier)",
        hint: "has the delivery come, and for this period?"
      )
    }
  }

  /// What the pipeline does not want of a delivery: what was sent before, or in place of another.
  func unwanted(_ received: ReceivedSource) -> [Diagnostic] {
    let (policy, selection) = (received.source.delivery, received.selection)
    var gates = selection.conflicts.map { conflict in
      let (left, right) = (received.files[conflict.left], received.files[conflict.right])
      return Diagnostic(
        at: Place(file: right.path),
        "source '\(received.source.name)': '\(left.name)' and '\(right.name)' are one file, packed "
          + "and not, and hold different things; nothing tells which is the later",
        hint: "take the earlier one out of the inbox"
      )
    }
    if policy.duplicate == .fail {
      gates += received.ownFiles.compactMap { number in
        guard case .duplicate(let other) = selection.fates[number] else { return nil }
        return Diagnostic(
          at: Place(file: received.files[number].path),
          "source '\(received.source.name)': \(repeated(number, other, received))",
          hint: "'duplicate: fail' is declared: take it out, or declare 'duplicate: skip'"
        )
      }
    }
    if policy.correction == .fail {
      let own = selection.replacements.filter {
        $0.isNew && received.files[$0.file].otherPeriod == nil
      }
      gates += own.map { replacement in
        Diagnostic(
          at: Place(file: received.files[replacement.file].path),
          "source '\(received.source.name)': '\(received.files[replacement.file].toldName)' corrects an "
            + "earlier delivery of it (SHA-256 \(replacement.sha256.prefix(12))…)",
          hint: "'correction: fail' is declared: agree with the sender which one holds, or declare "
            + "'correction: replace'"
        )
      }
    }
    return gates
  }
}
