import Diagnostics
import PipelineFile

extension Night {
  /// Weighs a delivery against what the pipeline expects of it.
  ///
  /// - Returns: the gates that failed.
  mutating func judgeExpectations(
    _ account: SourceAccount,
    _ received: ReceivedSource,
    _ ledger: DeliveryLedger
  ) throws -> [Diagnostic] {
    let source = received.source
    var gates: [Diagnostic] = []
    if let fault = ExpectationFinding.findingOfTrailer(account, of: source).fault {
      gates.append(
        Diagnostic(
          at: source.place,
          "source '\(source.name)': \(fault)",
          hint: "ask the sender whether the delivery is whole; if it is, change 'trailer'"
        )
      )
    }
    guard !source.expectations.isEmpty else { return gates }
    let previous = ledger.delivery(
      before: received.period,
      of: source.name,
      files: try DeliveryLedger.filesDigest(received)
    )
    for expectation in source.expectations {
      let finding = ExpectationFinding.finding(
        expectation,
        account,
        of: source,
        previous: previous
      )
      if let note = finding.note { observer.note("\(source.name): \(note)") }
      guard let fault = finding.fault else { continue }
      let sentence = "source '\(source.name)': \(fault)"
      let hint = "ask the sender whether the delivery is whole; if it is, change 'expect'"
      if expectation.isGate {
        gates.append(Diagnostic(at: expectation.place, sentence, hint: hint))
      } else {
        warn(Diagnostic(.warning, at: expectation.place, sentence, hint: hint))
      }
    }
    return gates
  }

  /// Points of a share that are worth a word: 5 %, whatever halves of a bit become of them.
  private static let driftLimit = 0.05 - 1e-9

  /// Compares a delivery with the last good one before it: columns, missing values, rejects.
  ///
  /// - Returns: the gates that failed, where the pipeline wants them to.
  mutating func judgeDrift(
    _ account: SourceAccount,
    _ received: ReceivedSource,
    _ ledger: DeliveryLedger
  ) throws -> [Diagnostic] {
    let source = received.source
    let previous = ledger.delivery(
      before: received.period,
      of: source.name,
      files: try DeliveryLedger.filesDigest(received)
    )
    guard let previous else { return [] }
    let outcome = DeliveryLedger.Outcome(received: received, account: account, isRefused: false)
    let current = try DeliveryLedger.delivery(outcome)
    var gates: [Diagnostic] = []
    for change in Self.changes(from: previous, to: current, of: source) {
      let label = previous.period.isEmpty ? "the delivery before" : "that of \(previous.period)"
      let sentence = "source '\(source.name)': \(change.sentence), against \(label)"
      switch change.action {
      case .accept: observer.note("\(source.name): \(change.sentence), against \(label)")
      case .warn:
        warn(
          Diagnostic(.warning, at: source.place, sentence, hint: "ask the sender what has changed")
        )
      case .fail:
        gates.append(
          Diagnostic(at: source.place, sentence, hint: "ask the sender what has changed")
        )
      }
    }
    return gates
  }

  /// What is different, in the order of the columns.
  static func changes(
    from previous: LedgerDelivery,
    to current: LedgerDelivery,
    of source: Source
  ) -> [(sentence: String, action: DriftPolicy.Action)] {
    var changes: [(sentence: String, action: DriftPolicy.Action)] = []
    // Where every column is named, a new one is told without any comparison.
    if !previous.columnNames.isEmpty, !source.drift.namesAllColumns {
      let known = Set(previous.columnNames + source.columns.map(\.sourceName))
      for name in current.columnNames where !known.contains(name) {
        changes.append(("found a new column '\(name)'", source.drift.new))
      }
    }
    for column in source.columns {
      let (before, now) =
        (previous.missingShare(of: column.name), current.missingShare(of: column.name))
      if previous.typedCount > 0, now - before >= driftLimit {
        changes.append(
          (
            "column '\(column.name)' is missing in \(percent(now)) of the rows, before in "
              + percent(before), .warn
          )
        )
      }
    }
    if previous.rowCount > 0, current.rejectedShare - previous.rejectedShare >= driftLimit {
      changes.append(
        (
          "\(percent(current.rejectedShare)) of the rows are rejected, before "
            + percent(previous.rejectedShare), .warn
        )
      )
    }
    return changes
  }
}
