import Tabular

extension ReleaseAudit {
  /// Looks for numbers that fit all that is seen, beside the true ones.
  ///
  /// - Parameters:
  ///   - release: all that is known.
  ///   - rules: of tonight.
  ///   - required: one a variable, and more.
  ///   - seen: one a variable, and more.
  ///   - rates: what is seen of them.
  ///   - isOfAnyone: to those who know nothing else; else to insiders too.
  /// - Returns: what looks for them.
  static func witnesses(
    _ release: ReleaseSystem,
    _ rules: ReleaseRules,
    _ required: [RequiredInterval?],
    _ seen: [Bool],
    _ rates: [RateConstraints.RateState],
    isOfAnyone: Bool = false
  ) -> WitnessAudit {
    let variables = release.variables
    let system = release.system
    return WitnessAudit(
      system,
      truth: variables.values,
      required: Array(required.prefix(variables.count)),
      states: (0..<variables.count).map { seen[$0] ? .fixed : .hidden },
      mayBeNegative: variables.hasCredits,
      insiders: isOfAnyone ? Insiders([]) : release.insiders(system, rules, required),
      rates: release.rates,
      earlierRates: release.earlierRates,
      rateStates: rates,
      isOfStratum: variables.isOfStratum
    )
  }

  /// Looks for intervals and for witnesses at once.
  ///
  /// - Parameters:
  ///   - audits: that look for witnesses; nil where nothing is asked.
  ///   - workers: how many threads.
  ///   - intervals: finds what an outsider can work out.
  /// - Returns: the intervals; and one an audit, of which variables no witness was found, ascending, and of
  ///   which none was asked.
  static func attacked(
    _ audits: [WitnessAudit?],
    workers: Int,
    intervals: @escaping @Sendable () -> [AttackedInterval?]
  ) -> (intervals: [AttackedInterval?], atRisk: [[Int]], told: [Set<Int>]) {
    let parts = audits.enumerated().flatMap { number, audit in
      (0..<(audit?.chunkCount ?? 0)).map { (audit: number, chunk: $0) }
    }
    // What takes longest first.
    let found = concurrentChunks(1 + parts.count, workers: workers) { place -> Attacked in
      guard place > 0 else { return Attacked(intervals: intervals()) }
      let part = parts[place - 1]
      let found = audits[part.audit]?.atRisk(chunk: part.chunk)
      return Attacked(atRisk: found?.cells ?? [], told: found?.told ?? [])
    }
    var atRisk = audits.map { _ in [Int]() }
    var told = audits.map { _ in Set<Int>() }
    for (part, found) in zip(parts, found.dropFirst()) {
      atRisk[part.audit] += found.atRisk
      told[part.audit].formUnion(found.told)
    }
    return (found.first?.intervals ?? [], atRisk, told)
  }
}

/// What a worker found.
private struct Attacked: Sendable {
  var intervals: [AttackedInterval?] = []
  var atRisk: [Int] = []
  var told: Set<Int> = []
}
