import Tabular

/// What somebody should look at.
extension ProbabilisticLinker {
  /// The undecided pairs, those too that a pass refused, with samples of links and of what was not
  /// linked.
  func reviewQueue(
    _ explainer: PairExplainer,
    _ judged: JudgedCandidates,
    _ columns: [ComparedColumn],
    _ links: Links
  ) -> ReviewQueue {
    let contest = judged.contest
    var byStratum: [ReviewQueue.Stratum: [AskedPair]] = [:]
    for (client, _) in contest.clients {
      guard let verdict = judged.verdict(ofClient: Int(client)) else { continue }
      let stratum: ReviewQueue.Stratum? =
        switch verdict.reason {
        case nil: .accepted
        case .belowReview?: .rejected
        case let reason?: reason.isForReview ? .queue : nil
        }
      let candidate = contest.candidates[verdict.candidate]
      if let stratum {
        byStratum[stratum, default: []].append(
          AskedPair(resident: candidate.left, identity: candidate.right)
        )
      }
    }
    let undecided = Set(byStratum[.queue] ?? [])
    byStratum[.queue, default: []] += refused.filter {
      links.persons[Int($0.identity)] < 0 && !undecided.contains($0)
    }
    let owns = Dictionary(uniqueKeysWithValues: contest.clients.map { ($0.client, $0.candidates) })
    let prior = Int64((contest.competition.prior * LinkModel.unit).rounded())
    var queue = ReviewQueue(columns)
    for stratum in ReviewQueue.Stratum.allCases {
      for pair in queue.choose(byStratum[stratum] ?? [], stratum, seed: Self.seed) {
        let (left, right) = self.pair(resident: pair.resident, identity: pair.identity)
        let rivals = (owns[clients[Int(pair.identity)]] ?? 0..<0).map { contest.candidates[$0] }
          .filter { $0.left != pair.resident }
        queue.add(
          pair,
          stratum,
          explainer.weight(left, right),
          prior: prior,
          rivals: rivals.map(\.weight)
        )
      }
    }
    return queue
  }
}
