import PipelineFile
import Tabular

/// What is decided.
extension ProbabilisticLinker {
  /// By candidate, whether resident and client each have a BSN, and not the same.
  func hasConflict(_ candidates: [Candidate]) -> [Bool] {
    guard let bsn = KeyColumn.pair("bsn", left: spine.table, right: source.table) else {
      return candidates.map { _ in false }
    }
    // Of a client of several identities only some may have one.
    var holders = clients
    for identity in clients.indices where bsn.right.isPresent(identity) {
      holders[Int(clients[identity])] = Int32(identity)
    }
    return candidates.map {
      let holder = Int(holders[Int(clients[Int($0.right)])])
      return bsn.left.agreement(Int($0.left), bsn.right, holder) == .unequal
    }
  }

  func isBarred(_ candidate: Candidate) -> Bool {
    barred.contains(
      UInt64(UInt32(bitPattern: candidate.left)) << 32 | UInt64(UInt32(bitPattern: candidate.right))
    )
  }

  func links(
    _ judged: JudgedCandidates,
    _ hasPair: [Bool],
    _ isOpen: [Bool],
    _ pairs: BlockedPairs,
    _ weighed: Links.Weighed,
    _ report: inout ProbabilisticReport
  ) -> Links {
    var persons = exact.persons
    var reasons = exact.reasons
    var weighed = weighed
    for identity in persons.indices where isOpen[identity] {
      let client = Int(clients[identity])
      guard let verdict = judged.verdict(ofClient: client) else {
        // What a pass said of it is more than that no rule found anybody.
        if reasons[identity] == .noBlock, hasPair[identity] {
          reasons[identity] = .belowReview
        }
        continue
      }
      let best = judged.contest.candidates[verdict.candidate]
      let (left, right) = pair(resident: best.left, identity: best.right)
      let rule = pairs.rules.firstIndex { $0.holds(left, right) }
      weighed.rules[identity] = rule.map { Int8(clamping: $0) } ?? -1
      weighed.candidates[identity] = best.left
      weighed.weights[identity] = best.weight
      weighed.probabilities[identity] = Float(verdict.probability)
      weighed.rivals[identity] = Int32(clamping: verdict.rivalCount)
      guard let reason = verdict.reason else {
        persons[identity] = best.left
        reasons[identity] = nil
        report.linked.add(rows: rowCounts[identity])
        if let rule, pairs.ruleCount(left, right) == 1 {
          report.rules[rule].ownLinkCount += 1
        }
        continue
      }
      if reason.isForReview || reasons[identity] == .noBlock { reasons[identity] = reason }
    }
    return Links(persons: persons, passes: exact.passes, reasons: reasons, weighed: weighed)
  }
}
