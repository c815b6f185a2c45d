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

  let contest: Contest
  /// The least probability that links.
  let accept: Double
  /// Candidates that are linked, in the order of clients.
  private(set) var accepted: [Int] = []
  private var verdicts: [Int32: Verdict] = [:]

  /// - Parameters:
  ///   - contest: who is whose best.
  ///   - calibration: what a probability is worth; nil when it is taken as it is.
  ///   - expectedMatches: clients who are residents.
  ///   - stage: thresholds.
  init(
    _ contest: Contest,
    _ calibration: Calibration?,
    expectedMatches: Double,
    stage: ProbabilisticStage
  ) {
    func calibrated(_ probability: Double) -> Double { calibration?(probability) ?? probability }
    let probabilities = contest.competition.probabilities
    let chances = contest.candidates.indices
      .filter { contest.isMatched[$0] && !contest.conflicts[$0] }
      .map { calibrated(probabilities[$0]) }
    let accept =
      stage.accept ?? AcceptanceChoice.accept(chances, expectedMatches: expectedMatches)
    let review = min(stage.review, accept)
    let exclusive = contest.exclusive
    verdicts.reserveCapacity(contest.clients.count)
    for (client, own) in contest.clients {
      let (chosen, isMatched) = contest.chosen(own)
      let best = contest.best(own)
      let chance = calibrated(probabilities[chosen])
      let bestChance = calibrated(probabilities[best])
      let all = calibrated(min(1, own.reduce(0.0) { $0 + probabilities[$1] }))
      let reason: UnlinkedReason?
      if isMatched, chance >= accept {
        reason = nil
      } else if contest.conflicts[best], bestChance >= review {
        reason = .bsnConflict
      } else if !isMatched, contest.isOneToOne, bestChance >= review {
        reason = .taken
      } else if isMatched, let exclusive, calibrated(exclusive[chosen]) >= accept {
        reason = .byExclusion
      } else if chance >= review {
        reason = .uncertain
      } else if all >= accept {
        reason = .tie
      } else {
        reason = .belowReview
      }
      if reason == nil { accepted.append(chosen) }
      verdicts[client] = Verdict(
        candidate: chosen,
        probability: chance,
        rivalCount: own.count - 1,
        reason: reason
      )
    }
    self.contest = contest
    self.accept = accept
  }

  /// What became of a client; nil when no candidate of it was kept.
  func verdict(ofClient client: Int) -> Verdict? { verdicts[Int32(client)] }
}
