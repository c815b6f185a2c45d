import Glibc
import PipelineFile
import Tabular

/// How good the links are.
extension ProbabilisticLinker {
  /// A candidate that is less likely is not weighed anew.
  private static let leastLook = 0.0001

  /// What the model itself tells, and what it would if it were learnt on one blocking rule alone.
  func quality(
    _ judged: JudgedCandidates,
    _ pairs: BlockedPairs,
    _ comparer: PairComparer,
    _ learning: ModelLearning,
    _ outcome: ModelLearning.Outcome
  ) -> ExpectedQuality {
    let contest = judged.contest
    // What nobody would look at only competes.
    var others = contest.rest
    var kept: [Int] = []
    var places = [Int](repeating: -1, count: contest.candidates.count)
    for number in contest.candidates.indices {
      let pair = contest.candidates[number]
      if contest.competition.probabilities[number] >= Self.leastLook {
        places[number] = kept.count
        kept.append(number)
      } else {
        let (_, right) = self.pair(resident: pair.left, identity: pair.right)
        others[right] += exp2(Double(pair.weight) / LinkModel.unit)
      }
    }
    let rest = others
    let sides = kept.map { number in
      pair(resident: contest.candidates[number].left, identity: contest.candidates[number].right)
    }
    let patterns = comparer.patterns(sides)
    let rights = sides.map { isTurned ? Int32($0.right) : clients[$0.right] }
    let accepted = judged.accepted.map { places[$0] }
    let residentCount = freeResidents.count { $0 }
    let usable = outcome.runs.filter { !outcome.dropped.contains($0.rule) }
    let runs = concurrentChunks(usable.count, workers: workers) { number in
      let model = learning.model(outcome, proof: usable[number].m)
      let candidates = zip(sides, patterns).map { side, pattern in
        Candidate(
          left: Int32(side.left),
          right: Int32(side.right),
          weight: model.weight(Int(pattern), comparer, right: side.right)
        )
      }
      let competition = Competition(
        candidates,
        clients: rights,
        rest: rest,
        pairs,
        leftCount: isTurned ? contest.clientCount : residentCount,
        rightCount: isTurned ? residentCount : contest.clientCount,
        isOneToOne: contest.isOneToOne,
        reachLimit: contest.reachLimit
      )
      let found = accepted.reduce(0.0) { $0 + competition.probabilities[$1] }
      return (
        precision: found / Double(max(1, accepted.count)),
        recall: min(1, found / max(1, competition.expectedMatches))
      )
    }
    let found = judged.accepted.reduce(0.0) { $0 + contest.competition.probabilities[$1] }
    return ExpectedQuality(
      precision: found / Double(max(1, accepted.count)),
      recall: min(1, found / max(1, contest.competition.expectedMatches)),
      runs: runs
    )
  }

  /// How well the groups of clients are linked that kept columns tell apart.
  func subgroups(
    _ links: Links,
    _ rehearsal: Rehearsal?,
    _ night: CalibratedNight?,
    accept: Double
  ) -> [Subgroup] {
    var rehearsed = passes.outcomes.filter { $0.pass >= 0 }.map {
      Subgroups.Rehearsed(client: $0.client, isLinked: true, isRight: $0.isRight)
    }
    if let rehearsal, let night {
      rehearsed += rehearsal.outcomes.map { outcome in
        let isLinked = outcome.probability.map { night.calibration($0) >= accept } ?? false
        return Subgroups.Rehearsed(
          client: outcome.client,
          isLinked: isLinked,
          isRight: isLinked && outcome.isRight
        )
      }
    }
    return Subgroups(
      spine: spine.table,
      source: source.table,
      links: links,
      clients: clients,
      rehearsed: rehearsed
    ).groups
  }
}
