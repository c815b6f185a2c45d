import Glibc
import PipelineFile
import Tabular

/// The identities that no pass linked, weighed against the residents.
struct ProbabilisticLinker {
  static let seed: UInt64 = 0x6B6F_7070_656C
  /// Pairs below which nothing can be learnt.
  private static let leastPairs = 100
  /// Odds to 1 below which a pair is not kept; it still competes.
  private static let leastOdds = 0.005

  let spine: ComparedSide
  let source: ComparedSide
  let rowCounts: [Int32]
  /// By identity: the first identity of its client.
  let clients: [Int32]
  let exact: Links
  /// What the passes link of clients whose BSN is hidden.
  let passes: RehearsedPasses
  /// Vetoed pairs: resident · 2³² + identity.
  let barred: Set<UInt64>
  /// Pairs that a pass would have linked, but for a veto or two unlike BSNs.
  let refused: [AskedPair]
  let stage: ProbabilisticStage
  let assignment: Assignment
  /// What an earlier night of the release learnt; it is used as long as it fits.
  let known: LearntModel?
  /// Whether the source is left and the spine right.
  let isTurned: Bool
  let workers: Int
  /// Pairs that are taken apart.
  var asked: [AskedPair] = []

  /// - Returns: the links of the passes with those that were added, and what was found.
  /// - Throws: `LinkageError`.
  func run() throws(LinkageError) -> (links: Links, report: ProbabilisticReport) {
    var report = ProbabilisticReport()
    let isOpen = exact.persons.map { $0 < 0 }
    var isWeighed = [Bool](repeating: false, count: clients.count)
    for identity in clients.indices where isOpen[identity] {
      isWeighed[Int(clients[identity])] = true
    }
    report.clientCount = isWeighed.count { $0 }
    guard report.clientCount > 0 else { return idle(.nobodyLeft, &report) }
    let columns = comparedColumns(&report)
    let (pairs, codes) = try blockedPairs(columns, isOpen, &report)
    guard !columns.isEmpty, !pairs.rules.isEmpty else { return idle(.nothingToCompare, &report) }
    let comparer = PairComparer(columns)
    // Whom the passes link without a BSN is not like those who are weighed.
    let hidden = passes.unlinked
    let proof =
      stage.learnsFromExact ? shares(of: hidden, columns, comparer) : columns.map { _ in nil }
    let pairCount = report.rules.reduce(0) { $0 + $1.pairCount }
    guard pairCount >= Self.leastPairs || proof.allSatisfy({ $0 != nil }) else {
      return idle(.tooFewPairs(pairCount), &report)
    }
    // What every pair proves is not learnt from patterns: then each pair is compared once anyway.
    let kept =
      proof.contains { $0 == nil }
      ? KeptPatterns(pairs, comparer, columns, workers: workers) : nil
    let (learning, outcome) = learnt(columns, comparer, pairs, kept, proof, &report)

    let (contest, hasPair) = contest(
      pairs,
      comparer,
      kept: kept,
      outcome.model,
      clients: clients,
      residentCount: freeResidents.count { $0 },
      clientCount: report.clientCount,
      reachLimit: ModelReach.share(pairs.rules.map(\.columns), columns, outcome.model.m),
      hasConflict: hasConflict
    )
    report.expectedMatches = contest.competition.expectedMatches
    report.reach = contest.competition.reach
    report.prior = contest.competition.prior
    let rehearsal =
      hidden.isEmpty
      ? nil
      : rehearsed(
        zip(pairs.rules, codes).map { ($0.columns, $1) },
        comparer,
        report.isKept
          ? [outcome.model, outcome.model] : halfModels(columns, comparer, learning, outcome),
        residentShare: report.expectedMatches / Double(report.clientCount)
      )
    let chances = Chances(contest.chances)
    let night = rehearsal.map {
      CalibratedNight($0.tally, chances: chances, clientCount: report.clientCount)
    }
    if let rehearsal, let night {
      report.rehearsedCount = passes.outcomes.count
      report.expectedMatches = night.expectedMatches
      report.reach = rehearsal.reach
    }
    let judged = JudgedCandidates(
      contest,
      night?.calibration,
      expectedMatches: report.expectedMatches,
      stage: stage
    )
    report.accept = judged.accept
    let explainer = PairExplainer(columns, comparer, outcome.model)
    report.explanations = explanations(explainer, judged)
    let weighed = weighedExactly(comparer, outcome.model)
    let links = links(judged, hasPair, isOpen, pairs, weighed, &report)
    report.reviews = reviewQueue(explainer, judged, columns, links)
    if let rehearsal, let night {
      report.quality = ExpectedQuality(
        night,
        rehearsal,
        chances: chances,
        accepted: Chances(judged.accepted.map { contest.competition.probabilities[$0] }),
        clientCount: report.clientCount,
        workers: workers
      )
    } else if !judged.accepted.isEmpty {
      report.quality = quality(judged, pairs, comparer, learning, outcome)
    }
    report.subgroups = subgroups(links, rehearsal, night, accept: judged.accept)
    return (links, report)
  }

  /// Scores the pairs of some rules and gives each resident away.
  ///
  /// - Parameters:
  ///   - pairs: to be scored.
  ///   - comparer: of their records.
  ///   - kept: what comparing them gave; nil when they are to be compared.
  ///   - model: what agreement is worth.
  ///   - clients: of each identity.
  ///   - residentCount: who may be linked.
  ///   - clientCount: to be linked.
  ///   - reachLimit: the share of true pairs that rules make at most.
  ///   - residentShare: how many of the clients are residents; nil when the probabilities shall tell.
  ///   - hasConflict: pairs that must not link, one flag each.
  /// - Returns: who is whose best, and by identity whether any rule found anybody.
  func contest(
    _ pairs: BlockedPairs,
    _ comparer: PairComparer,
    kept: KeptPatterns? = nil,
    _ model: LinkModel,
    clients: [Int32],
    residentCount: Int,
    clientCount: Int,
    reachLimit: Double = 1,
    residentShare: Double? = nil,
    hasConflict: ([Candidate]) -> [Bool]
  ) -> (contest: Contest, hasPair: [Bool]) {
    let leftCount = isTurned ? clientCount : residentCount
    let least = log2(Self.leastOdds * Double(max(1, leftCount)) * 0.02)
    let scored = ScoredPairs(
      pairs,
      comparer,
      kept: kept,
      model,
      least: Int32((least * LinkModel.unit).rounded()),
      workers: workers
    )
    // Who is judged is a client, who may be given is a resident, whichever side they are on.
    let candidates = isTurned ? scored.candidates.map(\.turned) : scored.candidates
    let contest = Contest(
      candidates.filter { !isBarred($0) },
      rest: scored.rest,
      pairs,
      clients: clients,
      hasConflict: hasConflict,
      residentCount: residentCount,
      clientCount: clientCount,
      isOneToOne: assignment == .oneToOne,
      isTurned: isTurned,
      reachLimit: reachLimit,
      residentShare: residentShare
    )
    return (contest, isTurned ? pairs.isLeftPaired : scored.hasPair)
  }

  private func idle(
    _ why: ProbabilisticReport.Idle,
    _ report: inout ProbabilisticReport
  ) -> (links: Links, report: ProbabilisticReport) {
    report.idle = why
    return (exact, report)
  }
}
