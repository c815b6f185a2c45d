import Foundation
import PipelineFile
import Tabular

/// The identities that no pass linked, weighed against the residents.
struct ProbabilisticLinker {
  private static let seed: UInt64 = 0x6B6F_7070_656C
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
    let pairs = try blockedPairs(isOpen, &report)
    guard !columns.isEmpty, !pairs.rules.isEmpty else { return idle(.nothingToCompare, &report) }
    let comparer = PairComparer(columns)
    let proof =
      stage.learnsFromExact ? provedShares(columns, comparer, clients) : columns.map { _ in nil }
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

  // MARK: - What is compared

  private func comparedColumns(_ report: inout ProbabilisticReport) -> [ComparedColumn] {
    var columns: [ComparedColumn] = []
    for comparison in stage.comparisons {
      if let column = ComparedColumn(comparison, left: spine, right: source) {
        columns.append(column)
      } else {
        report.skipped.append([comparison.column])
      }
    }
    return columns
  }

  private func blockedPairs(
    _ isOpen: [Bool],
    _ report: inout ProbabilisticReport
  ) throws(LinkageError) -> BlockedPairs {
    let isFree = assignment == .oneToOne ? freeResidents : nil
    let openCount = isOpen.count { $0 }
    var rules: [BlockIndex] = []
    for (number, block) in stage.blocks.map(\.columns).enumerated() {
      let codes = block.compactMap { CodedColumn($0, left: spine.table, right: source.table) }
      guard codes.count == block.count else {
        report.skipped.append(block)
        continue
      }
      let rule = BlockIndex(
        columns: block,
        CodedColumn(joining: codes),
        isActiveLeft: isFree,
        isActiveRight: isOpen,
        isWithin: false
      )
      let limit = stage.limit * report.clientCount
      guard rule.pairCount <= limit else {
        throw .blockTooLarge(
          rule: number,
          pairs: rule.pairCount,
          limit: limit,
          left: rule.largest.left,
          right: rule.largest.right
        )
      }
      report.rules.append(
        ProbabilisticReport.Rule(
          columns: block,
          pairCount: rule.pairCount,
          largest: [rule.largest.left, rule.largest.right],
          lonelyShare: Double(rule.lonelyCount) / Double(max(1, openCount))
        )
      )
      rules.append(rule)
    }
    return BlockedPairs(rules: rules, isWithin: false, rightCount: source.table.rowCount)
  }

  /// Residents whom no client of this source has taken.
  private var freeResidents: [Bool] {
    var isFree = [Bool](repeating: true, count: spine.table.rowCount)
    for person in exact.persons where person >= 0 { isFree[Int(person)] = false }
    return isFree
  }

  private var takenCount: Int {
    assignment == .oneToOne ? freeResidents.count { !$0 } : 0
  }

  // MARK: - What is learnt

  /// By comparison: level shares among pairs that a BSN proves; nil where they are too few.
  private func provedShares(
    _ columns: [ComparedColumn],
    _ comparer: PairComparer,
    _ clients: [Int32]
  ) -> [[Double]?] {
    guard let bsn = KeyColumn.pair("bsn", left: spine.table, right: source.table) else {
      return columns.map { _ in nil }
    }
    // One a client: its identity with most rows, or the first of equals.
    var chosen: [Int32: Int] = [:]
    for identity in exact.persons.indices where exact.persons[identity] >= 0 {
      let resident = Int(exact.persons[identity])
      guard bsn.left.agreement(resident, bsn.right, identity) == .equal else { continue }
      let client = clients[identity]
      if let other = chosen[client], rowCounts[other] >= rowCounts[identity] { continue }
      chosen[client] = identity
    }
    let proved = chosen.values.sorted()
    var counts = columns.map { [Double](repeating: 0, count: $0.levels.count + 1) }
    for identity in proved {
      let pattern = comparer.pattern(Int(exact.persons[identity]), identity)
      for comparison in columns.indices {
        let state = comparer.space.state(of: comparison, in: pattern)
        if state < counts[comparison].count { counts[comparison][state] += 1 }
      }
    }
    return counts.map {
      $0.reduce(0, +) >= Double(ModelLearning.leastProof) ? LevelShares.smoothed($0) : nil
    }
  }

  private func learnt(
    _ columns: [ComparedColumn],
    _ comparer: PairComparer,
    _ pairs: BlockedPairs,
    _ dependence: Dependence,
    _ proof: [[Double]?],
    _ report: inout ProbabilisticReport
  ) -> LinkModel {
    let outcome = ModelLearning(
      columns: columns,
      pairs: pairs,
      comparer: comparer,
      joints: dependence.joints,
      coincidence: Coincidence(columns, isWithin: false, seed: Self.seed, workers: workers),
      leftCount: spine.table.rowCount,
      rightCount: source.table.rowCount,
      workers: workers,
      seed: Self.seed
    ).learn(proof: proof)
    let model = outcome.model
    report.columns = columns.indices.map {
      ProbabilisticReport.Column(
        comparison: columns[$0].comparison,
        m: model.m.columns[$0],
        u: model.u.columns[$0],
        isProved: proof[$0] != nil
      )
    }
    let names = columns.map(\.name)
    report.joints = dependence.joints.map {
      .init(columns: $0.members.map { names[$0] }, bits: $0.dependence)
    }
    report.dependent = dependence.pairs.map {
      .init(columns: $0.members.map { names[$0] }, bits: $0.bits)
    }
    report.droppedRules = outcome.dropped.map { pairs.rules[$0].columns }
    report.unsettledRules = outcome.runs.filter { !$0.hasSettled }.map {
      pairs.rules[$0.rule].columns
    }
    return model
  }

  // MARK: - What is decided

  /// Two records that each have a BSN, and not the same.
  private func hasConflict(_ candidates: [Candidate]) -> [Bool] {
    guard let bsn = KeyColumn.pair("bsn", left: spine.table, right: source.table) else {
      return candidates.map { _ in false }
    }
    return candidates.map {
      bsn.left.agreement(Int($0.left), bsn.right, Int($0.right)) == .unequal
    }
  }

  private func isBarred(_ candidate: Candidate) -> Bool {
    barred.contains(
      UInt64(UInt32(bitPattern: candidate.left)) << 32 | UInt64(UInt32(bitPattern: candidate.right))
    )
  }

  private func links(
    _ judged: JudgedCandidates,
    _ scored: ScoredPairs,
    _ clients: [Int32],
    _ isOpen: [Bool],
    _ pairs: BlockedPairs,
    _ report: inout ProbabilisticReport
  ) -> Links {
    var persons = exact.persons
    var reasons = exact.reasons
    var weighed = Links.Weighed(count: persons.count)
    var (sum, linkCount) = (0.0, 0)
    for identity in persons.indices where isOpen[identity] {
      let client = Int(clients[identity])
      guard let verdict = judged.verdict(ofClient: client) else {
        // What a pass said of it is more than that no rule found anybody.
        if reasons[identity] == .noBlock, scored.hasPair[identity] {
          reasons[identity] = .belowReview
        }
        continue
      }
      let best = judged.candidates[verdict.candidate]
      let rule = pairs.rules.firstIndex { $0.holds(Int(best.left), Int(best.right)) }
      weighed.rules[identity] = rule.map { Int8(clamping: $0) } ?? -1
      weighed.weights[identity] = best.weight
      weighed.probabilities[identity] = Float(verdict.probability)
      weighed.rivals[identity] = Int32(clamping: verdict.rivalCount)
      guard let reason = verdict.reason else {
        persons[identity] = best.left
        reasons[identity] = nil
        report.linked.add(rows: rowCounts[identity])
        if client == identity || !isOpen[client] {
          sum += verdict.probability
          linkCount += 1
        }
        if let rule, pairs.ruleCount(Int(best.left), Int(best.right)) == 1 {
          report.rules[rule].ownLinkCount += 1
        }
        continue
      }
      if reason.isForReview || reasons[identity] == .noBlock { reasons[identity] = reason }
    }
    if linkCount > 0 { report.expectedPrecision = sum / Double(linkCount) }
    if report.expectedMatches > 0 { report.expectedRecall = min(1, sum / report.expectedMatches) }
    return Links(persons: persons, passes: exact.passes, reasons: reasons, weighed: weighed)
  }
}
