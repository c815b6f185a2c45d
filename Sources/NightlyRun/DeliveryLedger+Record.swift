import Cryptography
import Files
import PipelineFile

extension DeliveryLedger {
  /// What a run found out about the files of one source.
  struct Outcome: Sendable {
    let received: ReceivedSource
    let account: SourceAccount
    /// Whether a gate of the source failed.
    let isRefused: Bool
  }

  /// Keeps what a run found out, once all its sources are staged.
  ///
  /// - Parameters:
  ///   - outcomes: of all sources; each selection was made by this ledger as it is.
  ///   - period: the label of the period of the run.
  ///   - run: its identifier.
  /// - Throws: `CryptographyError` when libcrypto refuses.
  mutating func record(
    _ outcomes: [Outcome],
    period: String,
    run: String
  ) throws(CryptographyError) {
    for outcome in outcomes where !outcome.isRefused {
      let received = outcome.received
      for replacement in received.selection.replacements
      where received.files[replacement.file].otherPeriod == nil {
        guard let entry = replacement.entry, files.indices.contains(entry) else { continue }
        files[entry].state = .replaced
        files[entry].successor = received.files[replacement.file].sha256
        files[entry].successorPeriod =
          files[entry].period == received.period ? nil : received.period
      }
    }
    for outcome in outcomes {
      recordFiles(of: outcome, period: period, run: run)
      guard !outcome.isRefused, !outcome.received.isStale else { continue }
      let source = outcome.received.source.name
      keep(try Self.delivery(outcome))
      // What stood in for this delivery has done so.
      files.removeAll {
        $0.source == source && $0.period == outcome.received.period && $0.state == .stale
      }
    }
  }

  private mutating func recordFiles(of outcome: Outcome, period: String, run: String) {
    let received = outcome.received
    guard !received.isStale || !outcome.isRefused else { return }
    let source = received.source.name
    let period = received.isStale ? period : received.period
    var places: [String: Int] = [:]
    for (place, file) in files.enumerated() where file.source == source && file.period == period {
      places[file.sha256 + file.name] = place
    }
    // The earlier of two versions stands before the later, and the one that counts wins its line.
    // A file of another period is told to the ledger by its own night.
    let order = received.ownFiles.sorted { left, right in
      (rank(received.selection.fates[left]), left) < (rank(received.selection.fates[right]), right)
    }
    for number in order {
      let file = received.files[number]
      guard let sha256 = file.sha256 else { continue }
      let fate = received.selection.fates[number]
      let place = places[sha256 + file.name]
      if place != nil, case .replaced(by: .ofPeriod) = fate { continue }
      var entry =
        place.map { files[$0] }
        ?? LedgerFile(
          source: source,
          period: period,
          name: file.name,
          sha256: sha256,
          byteCount: file.stamp?.byteCount ?? 0,
          state: .accepted,
          run: run
        )
      if outcome.account.figures.files.indices.contains(number) {
        entry.rowCount = outcome.account.figures.files[number].rowCount
      }
      entry.content = file.content ?? entry.content
      entry.message = file.message
      entry.payload = file.payload
      entry.day = file.day
      settle(&entry, received, fate, isRefused: outcome.isRefused)
      if let place {
        files[place] = entry
      } else {
        places[sha256 + file.name] = files.count
        files.append(entry)
      }
    }
  }

  private func settle(
    _ entry: inout LedgerFile,
    _ received: ReceivedSource,
    _ fate: DeliverySelection.Fate,
    isRefused: Bool
  ) {
    entry.successor = nil
    entry.successorPeriod = nil
    switch fate {
    case .accepted: entry.state = received.isStale ? .stale : isRefused ? .refused : .accepted
    case .duplicate: entry.state = .duplicate
    case .replaced where isRefused: entry.state = .refused
    case .replaced(.file(let other)):
      entry.state = .replaced
      entry.successor = received.files[other].sha256
      entry.successorPeriod = received.files[other].otherPeriod
    case .replaced(.ofPeriod(let period, _)):
      entry.state = .replaced
      entry.successorPeriod = period
    }
  }

  private func rank(_ fate: DeliverySelection.Fate) -> Int {
    switch fate {
    case .replaced: 0
    case .duplicate: 1
    case .accepted: 2
    }
  }

  /// What a good delivery came to.
  static func delivery(_ outcome: Outcome) throws(CryptographyError) -> LedgerDelivery {
    let account = outcome.account.ofOwnPeriod
    var delivery = LedgerDelivery(
      source: outcome.received.source.name,
      period: outcome.received.period,
      files: try filesDigest(outcome.received)
    )
    delivery.rowCount = account.accepted + account.rejected
    delivery.sentCount = account.sentCount
    delivery.rejectedCount = account.rejected
    delivery.typedCount = account.figures.typedCount
    delivery.missing = account.figures.missing
    delivery.unknownCodes = account.figures.unknownCodes
    delivery.sums = account.figures.sums
    delivery.columnNames = account.figures.columnNames
    return delivery
  }

  /// The digest of the digests of the files of the delivery that count.
  static func filesDigest(_ received: ReceivedSource) throws(CryptographyError) -> String {
    let digests = received.ownFiles.filter { received.selection.fates[$0] == .accepted }
      .compactMap { received.files[$0].sha256 }.sorted()
    return lowerHex(try sha256(of: Array(digests.joined(separator: "\n").utf8)))
  }
}
