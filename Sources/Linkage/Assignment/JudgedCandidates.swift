import Foundation
import PipelineFile
import Tabular

/// What becomes of each client that some rule found a candidate for.
struct JudgedCandidates {
  struct Verdict {
    /// Number of the candidate that it is about.
    let candidate: Int
    let probability: Double
    let rivalCount: Int
    /// Nil when the client is linked to its candidate.
    let reason: UnlinkedReason?
  }

  /// One a pair of client and resident: the identity that resembles the resident most.
  let candidates: [Candidate]
  let competition: Competition
  /// The least probability that links.
  let accept: Double
  private var verdicts: [Verdict?]

  /// - Parameters:
  ///   - scored: the candidates of all identities.
  ///   - pairs: that they come from.
  ///   - clients: of each identity.
  ///   - isBarred: pairs that are left out altogether.
  ///   - hasConflict: pairs that must not link, one flag each.
  ///   - residentCount: who may be linked.
  ///   - clientCount: to be linked.
  ///   - isOneToOne: whether clients compete for residents.
  ///   - stage: thresholds.
  init(
    _ scored: ScoredPairs,
    _ pairs: BlockedPairs,
    clients: [Int32],
    isBarred: (Candidate) -> Bool,
    hasConflict: ([Candidate]) -> [Bool],
    residentCount: Int,
    clientCount: Int,
    isOneToOne: Bool,
    stage: ProbabilisticStage
  ) {
    let candidates = Self.ofClients(scored.candidates.filter { !isBarred($0) }, clients)
    let competition = Competition(
      candidates,
      clients: candidates.map { clients[Int($0.right)] },
      rest: scored.rest,
      pairs,
      leftCount: residentCount,
      rightCount: clientCount,
      isOneToOne: isOneToOne
    )
    let conflicts = hasConflict(candidates)
    let isMatched = Self.matched(candidates, clients, conflicts, competition, isOneToOne)
    let chances = candidates.indices.filter { isMatched[$0] && !conflicts[$0] }
      .map { competition.probabilities[$0] }
    let accept =
      stage.accept
      ?? AcceptanceChoice.accept(chances, expectedMatches: competition.expectedMatches)

    var verdicts = [Verdict?](repeating: nil, count: clients.count)
    var first = 0
    while first < candidates.count {
      let client = Int(clients[Int(candidates[first].right)])
      var end = first
      while end < candidates.count, Int(clients[Int(candidates[end].right)]) == client { end += 1 }
      verdicts[client] = Self.verdict(
        first..<end,
        competition.probabilities,
        isMatched,
        conflicts,
        isOneToOne: isOneToOne,
        accept: accept,
        review: min(stage.review, accept)
      )
      first = end
    }
    self.candidates = candidates
    self.competition = competition
    self.accept = accept
    self.verdicts = verdicts
  }

  /// What became of a client; nil when no candidate of it was kept.
  func verdict(ofClient client: Int) -> Verdict? { verdicts[client] }

  /// The best identity of a client for each resident; by client, best first.
  private static func ofClients(_ candidates: [Candidate], _ clients: [Int32]) -> [Candidate] {
    let ordered = candidates.sorted { one, other in
      let (first, second) = (clients[Int(one.right)], clients[Int(other.right)])
      if first != second { return first < second }
      if one.left != other.left { return one.left < other.left }
      return one.weight != other.weight ? one.weight > other.weight : one.right < other.right
    }
    var best: [Candidate] = []
    for candidate in ordered {
      if let last = best.last, last.left == candidate.left,
        clients[Int(last.right)] == clients[Int(candidate.right)]
      {
        continue
      }
      best.append(candidate)
    }
    return best
  }

  /// By candidate, whether the assignment gives its resident to its client.
  private static func matched(
    _ candidates: [Candidate],
    _ clients: [Int32],
    _ conflicts: [Bool],
    _ competition: Competition,
    _ isOneToOne: Bool
  ) -> [Bool] {
    var isMatched = [Bool](repeating: false, count: candidates.count)
    guard isOneToOne else {
      // Each takes its best.
      var best = -1
      for number in candidates.indices where !conflicts[number] {
        let client = clients[Int(candidates[number].right)]
        if best >= 0, clients[Int(candidates[best].right)] == client {
          if candidates[number].weight > candidates[best].weight {
            isMatched[best] = false
            isMatched[number] = true
            best = number
          }
        } else {
          isMatched[number] = true
          best = number
        }
      }
      return isMatched
    }
    let prior = Int32((competition.prior * LinkModel.unit).rounded())
    let open = candidates.indices.filter {
      !conflicts[$0] && candidates[$0].weight + prior >= 0
    }
    let matching = GreatestMatching(
      open.map {
        GreatestMatching.Edge(
          left: candidates[$0].left,
          right: clients[Int(candidates[$0].right)],
          weight: candidates[$0].weight + prior
        )
      }
    )
    for (place, number) in open.enumerated() { isMatched[number] = matching.isMatched[place] }
    return isMatched
  }

  private static func verdict(
    _ own: Range<Int>,
    _ probabilities: [Double],
    _ isMatched: [Bool],
    _ conflicts: [Bool],
    isOneToOne: Bool,
    accept: Double,
    review: Double
  ) -> Verdict {
    var best = own.lowerBound
    for number in own where probabilities[number] > probabilities[best] { best = number }
    let matched = own.first { isMatched[$0] }
    let chosen = matched ?? best
    let chance = probabilities[chosen]
    let all = own.reduce(0.0) { $0 + probabilities[$1] }
    let reason: UnlinkedReason?
    if matched != nil, chance >= accept {
      reason = nil
    } else if conflicts[best], probabilities[best] >= review {
      reason = .bsnConflict
    } else if matched == nil, isOneToOne, probabilities[best] >= review {
      reason = .taken
    } else if chance >= review {
      reason = .uncertain
    } else if all >= accept {
      reason = .tie
    } else {
      reason = .belowReview
    }
    return Verdict(
      candidate: chosen,
      probability: chance,
      rivalCount: own.count - 1,
      reason: reason
    )
  }
}
