import Foundation
import PipelineFile
import Tabular

/// The identities that no pass linked, weighed against the residents.
struct ProbabilisticLinker {
  static let seed: UInt64 = 0x6B6F_7070_656C
  /// Pairs below which nothing can be learnt.
  private static let leastPairs = 100
  /// Odds to 1 below which a pair is not kept; it still competes.
  private static let leastOdds = 0.001

  let spine: ComparedSide
  let source: ComparedSide
  let rowCounts: [Int32]
  let exact: Links
  /// Vetoed pairs: resident · 2³² + identity.
  let barred: Set<UInt64>
  let stage: ProbabilisticStage
  let assignment: Assignment
  let workers: Int

  /// - Returns: the links of the passes with those that were added, and what was found.
  /// - Throws: `LinkageError`.
  func run() throws(LinkageError) -> (links: Links, report: ProbabilisticReport) {
    var report = ProbabilisticReport()
    let clients = clients(of: source.table)
    let isOpen = exact.persons.map { $0 < 0 }
    report.clientCount = Set(isOpen.indices.filter { isOpen[$0] }.map { clients[$0] }).count
    guard report.clientCount > 0 else { return idle(.nobodyLeft, &report) }
    let columns = comparedColumns(&report)
    let pairs = try blockedPairs(columns, isOpen, &report)
    guard !columns.isEmpty, !pairs.rules.isEmpty else { return idle(.nothingToCompare, &report) }
    let comparer = PairComparer(columns)
    let proved = ProvedPairs(exact, spine: spine.table, source: source.table, rowCounts, clients)
    let proof =
      stage.learnsFromExact ? proved.shares(columns, comparer) : columns.map { _ in nil }
    let pairCount = report.rules.reduce(0) { $0 + $1.pairCount }
    guard pairCount >= Self.leastPairs || proof.allSatisfy({ $0 != nil }) else {
      return idle(.tooFewPairs(pairCount), &report)
    }
    let dependence = Dependence(columns, workers: workers)
    let model = learnt(columns, comparer, pairs, dependence, proof, &report)

    let residentCount = spine.table.rowCount - takenCount
    let least = log2(Self.leastOdds * Double(max(1, residentCount)) * 0.02)
    let scored = ScoredPairs(
      pairs,
      comparer,
      model,
      least: Int32((least * LinkModel.unit).rounded()),
      workers: workers
    )
    let judged = JudgedCandidates(
      scored,
      pairs,
      clients: clients,
      isBarred: isBarred,
      hasConflict: hasConflict,
      residentCount: residentCount,
      clientCount: report.clientCount,
      isOneToOne: assignment == .oneToOne,
      stage: stage
    )
    report.expectedMatches = judged.competition.expectedMatches
    report.reach = judged.competition.reach
    report.prior = judged.competition.prior
    report.accept = judged.accept
    let links = links(judged, scored, clients, isOpen, pairs, &report)
    return (links, report)
  }

  private func idle(
    _ why: ProbabilisticReport.Idle,
    _ report: inout ProbabilisticReport
  ) -> (links: Links, report: ProbabilisticReport) {
    report.idle = why
    return (exact, report)
  }
}
