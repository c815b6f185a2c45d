import PipelineFile
import Tabular

/// Records of one set, joined to persons.
///
/// Thresholds of `dice` levels were tried with filters of 600 bits a value, on FEBRL 1, 2 and 3 (F1 of
/// pairs) and on the hard clients of the bench, linked to residents: 0.75 and 0.60 gave 1.0000, 0.9985,
/// 0.9982 and 0.9951; 0.90 and 0.75 gave 1.0000, 0.9982, 0.9981 and 0.9939.
struct Deduplicator {
  static let seed: UInt64 = 0x6B6F_7070_656C
  /// Pairs below which nothing can be learnt.
  private static let leastPairs = 100
  /// The probability below which a pair is not kept.
  private static let leastProbability = 0.001
  /// True pairs a record that are reckoned with, twice, when pairs are dropped: it would be a pity if
  /// what was learnt makes them too few.
  private static let leastMatches = 0.1

  let records: JoinedRecords
  let stage: LinkStage
  let workers: Int
  /// Pairs that are taken apart.
  let asked: [AskedPair]
  /// What people said of pairs; of either record the first of its identity.
  let judged: [JudgedPair]
  /// By record: the first of the same identity.
  let firsts: [Int32]

  private var side: ComparedSide { records.side }

  /// What becomes of the records.
  struct Outcome {
    /// By record: the number of its person's first record.
    var persons: [Int32]
    /// By record: the exact pass that first joined it with another, or -1.
    var passes: [Int8]
    /// By record: why somebody should look at it; nil without.
    var reasons: [UnlinkedReason?]
    /// Nil where nothing is weighed.
    var weighed: Links.Weighed?
    var report: DeduplicationReport
  }

  /// - Throws: `LinkageError`.
  func run() throws(LinkageError) -> Outcome {
    let table = side.table
    let barred = BarredPairs(stage.exact, of: table, judged: judged, firsts: firsts)
    var rows = Clusters(recordCount: table.rowCount)
    for record in records.origins.indices.dropFirst()
    where records.origins[record] == records.origins[record - 1] {
      rows.join(Int(rows.numbers[record - 1]), record)
    }
    let joins = ExactJoins(
      stage.exact,
      of: table,
      clusters: rows,
      barred: barred,
      judged: judged
    )
    var outcome = Outcome(
      persons: [],
      passes: joins.passes,
      reasons: joins.refusals,
      report: DeduplicationReport()
    )
    outcome.report.passes = joins.reports
    var clusters = joins.clusters
    if let probabilistic = stage.probabilistic {
      clusters = try weigh(clusters, barred, probabilistic, refused: joins.refusedPairs, &outcome)
    }
    if outcome.report.weighed?.columns.isEmpty ?? true {
      outcome.report.reviews.add(open(joins.refusedPairs, clusters))
    }
    outcome.report.reviews.add(stage.exact.flatMap(\.columns), spine: table, source: table)
    outcome.persons = Self.firsts(clusters)
    outcome.report.recordCount = table.rowCount
    for record in outcome.persons.indices where Int(outcome.persons[record]) == record {
      let size = clusters.size(ofCluster: Int(clusters.numbers[record]))
      outcome.report.sizes[size, default: 0] += 1
      outcome.report.personCount += 1
    }
    return outcome
  }

  /// By record: the first record of its cluster.
  private static func firsts(_ clusters: Clusters) -> [Int32] {
    var first = [Int32](repeating: -1, count: clusters.numbers.count)
    for (record, number) in clusters.numbers.enumerated() where first[Int(number)] < 0 {
      first[Int(number)] = Int32(record)
    }
    return clusters.numbers.map { first[Int($0)] }
  }

  // MARK: - Weighing

  private func weigh(
    _ clusters: Clusters,
    _ barred: BarredPairs,
    _ probabilistic: ProbabilisticStage,
    refused: [AskedPair],
    _ outcome: inout Outcome
  ) throws(LinkageError) -> Clusters {
    var report = ProbabilisticReport()
    defer { outcome.report.weighed = report }
    let recordCount = side.table.rowCount
    report.clientCount = recordCount
    let columns = comparedColumns(probabilistic, &report)
    let pairs = try BlockedPairs(within: side.table, by: probabilistic, columns, &report)
    guard !columns.isEmpty, !pairs.rules.isEmpty else {
      report.idle = .nothingToCompare
      return clusters
    }
    let pairCount = report.rules.reduce(0) { $0 + $1.pairCount }
    guard pairCount >= Self.leastPairs else {
      report.idle = .tooFewPairs(pairCount)
      return clusters
    }
    let comparer = PairComparer(columns)
    let learnt = LearningWithin(
      columns: columns,
      pairs: pairs,
      comparer: comparer,
      coincidence: Coincidence(columns, isWithin: true, seed: Self.seed, workers: workers),
      personal: probabilistic.personal,
      workers: workers,
      seed: Self.seed
    ).learn()
    describe(learnt, columns, pairs, &report)
    let scored = ScoredPairs(
      pairs,
      comparer,
      learnt.model,
      least: LinkModel.bits(Self.leastProbability)
        - LinkModel.bits(max(learnt.trueShare, Self.leastMatches / Double(max(1, recordCount)))),
      workers: workers
    )
    let judged = JudgedPairs(
      scored,
      pairs,
      clusters,
      barred,
      pairCount: Double(recordCount) * Double(recordCount - 1) / 2,
      start: learnt.trueShare,
      stage: probabilistic
    )
    let joined = Agglomeration(clusters, edges: judged.edges) { one, other in
      if barred.reason(one, other) != nil { return nil }
      let weight = learnt.model.weight(comparer.pattern(one, other), comparer, right: other)
      return weight + judged.odds.prior
    }
    report.expectedMatches = judged.expectedMatches
    report.reach = judged.reach
    report.prior = Double(judged.odds.prior) / LinkModel.unit
    report.accept = judged.accept
    outcome.weighed = judged.weighed(recordCount: recordCount, pairs)
    outcome.report.weakestJoin = joined.weakestJoin.map { Double($0) / LinkModel.unit }
    outcome.report.refusedCount = joined.refusedJoins.count
    outcome.report.largeCount = joined.largeJoins.count
    let explainer = PairExplainer(columns, comparer, learnt.model)
    report.explanations = explanations(explainer, judged.odds)
    outcome.report.reviews = reviewQueue(
      explainer,
      judged,
      joined.clusters,
      refused: refused,
      review: probabilistic.review,
      columns
    )
    judged.tell(joined, review: probabilistic.review, &outcome.reasons)
    let found = PersonPairs(joined.clusters, proved: clusters, edges: judged.edges) { one, other in
      let weight = learnt.model.weight(comparer.pattern(one, other), comparer, right: other)
      return judged.odds.probability(weight)
    }
    outcome.report.bridgeCount = found.bridgeCount
    if found.count > 0 {
      outcome.report.density =
        Double(found.provedCount + found.acceptedCount) / Double(found.count)
    }
    if found.count > 0 {
      let right = Double(found.provedCount) + found.weighedProbability
      report.quality = ExpectedQuality(
        precision: right / Double(found.provedCount + found.weighedCount),
        recall: min(1, right / max(1, judged.expectedMatches)),
        runs: []
      )
    }
    return joined.clusters
  }

  private func comparedColumns(
    _ probabilistic: ProbabilisticStage,
    _ report: inout ProbabilisticReport
  ) -> [ComparedColumn] {
    probabilistic.comparisons.compactMap { comparison in
      let column = ComparedColumn(comparison, left: side, right: side)
      // Where all have one value, nothing is to be learnt.
      if let column, column.codes.codeCount < 2 { return nil }
      if column == nil { report.skipped.append([comparison.column]) }
      return column
    }
  }

  private func describe(
    _ learnt: LearningWithin.Outcome,
    _ columns: [ComparedColumn],
    _ pairs: BlockedPairs,
    _ report: inout ProbabilisticReport
  ) {
    report.columns = columns.indices.map {
      ProbabilisticReport.Column(
        comparison: columns[$0].comparison,
        m: learnt.model.m.columns[$0],
        u: learnt.model.u.columns[$0],
        isProved: false
      )
    }
    report.relatives = learnt.model.relatives.map {
      .init(share: $0.share, levels: $0.shares.columns)
    }
    if !learnt.hasSettled { report.unsettledRules = pairs.rules.map(\.columns) }
  }
}
