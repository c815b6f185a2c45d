import Foundation
import Tabular

/// What somebody should look at.
extension ProbabilisticLinker {
  /// So many pairs of links, and of candidates that were too unlikely, are judged unmarked.
  private static let (acceptedSample, rejectedSample) = (100, 50)

  /// The undecided pairs, with samples of links and of what was not linked.
  func reviewQueue(
    _ explainer: PairExplainer,
    _ judged: JudgedCandidates,
    _ columns: [ComparedColumn]
  ) -> ReviewQueue {
    let contest = judged.contest
    var byStratum: [ReviewQueue.Stratum: [(candidate: Int, own: Range<Int>)]] = [:]
    for (client, own) in contest.clients {
      guard let verdict = judged.verdict(ofClient: Int(client)) else { continue }
      let stratum: ReviewQueue.Stratum? =
        switch verdict.reason {
        case nil: .accepted
        case .belowReview?: .rejected
        case let reason?: reason.isForReview ? .queue : nil
        }
      if let stratum { byStratum[stratum, default: []].append((verdict.candidate, own)) }
    }
    var queue = ReviewQueue()
    queue.columns = columns.map { .init(name: $0.name, states: $0.states) }
    for stratum in ReviewQueue.Stratum.allCases {
      let all = byStratum[stratum] ?? []
      queue.sizes[stratum] = all.count
      let limit =
        switch stratum {
        case .queue: all.count
        case .accepted: Self.acceptedSample
        case .rejected: Self.rejectedSample
        }
      for (candidate, own) in chosen(all, limit, contest.candidates) {
        add(candidate, own, stratum, contest, explainer, to: &queue)
      }
    }
    return queue
  }

  /// Some of them, by a hash of who they are: the same whatever the order.
  private func chosen(
    _ all: [(candidate: Int, own: Range<Int>)],
    _ limit: Int,
    _ candidates: [Candidate]
  ) -> [(candidate: Int, own: Range<Int>)] {
    guard all.count > limit else { return all }
    return all.map { found in
      let candidate = candidates[found.candidate]
      let both =
        UInt64(UInt32(bitPattern: candidate.left)) << 32
        | UInt64(UInt32(bitPattern: candidate.right))
      return (hash: SplitMix64.hash(Self.seed ^ both), found: found)
    }
    .sorted { $0.hash < $1.hash }.prefix(limit).map(\.found)
  }

  private func add(
    _ number: Int,
    _ own: Range<Int>,
    _ stratum: ReviewQueue.Stratum,
    _ contest: Contest,
    _ explainer: PairExplainer,
    to queue: inout ReviewQueue
  ) {
    let candidate = contest.candidates[number]
    let prior = Int64((contest.competition.prior * LinkModel.unit).rounded())
    let rival = own.filter { $0 != number }.map { contest.candidates[$0].weight }.max()
    queue.pairs.append(AskedPair(resident: candidate.left, identity: candidate.right))
    queue.strata.append(stratum)
    queue.totals.append(prior + Int64(candidate.weight))
    queue.rivals.append(Int64(own.count - 1))
    queue.margins.append(rival.map { Int64(candidate.weight) - Int64($0) } ?? 0)
    let (left, right) = pair(resident: candidate.left, identity: candidate.right)
    let parts = explainer.weight(left, right)
    for (place, step) in parts.steps.enumerated() {
      let joint = parts.joint?.columns.first == step.column ? parts.joint?.weight : nil
      let weight = Int64(step.weight ?? joint ?? 0) + Int64(step.frequency?.weight ?? 0)
      queue.columns[place].numbers.append(
        Int64(queue.columns[place].states.firstIndex(of: step.state) ?? 0)
      )
      queue.columns[place].weights.append(weight)
      queue.columns[place].bands.append(
        step.frequency.map { Int64(log10(1 / max($0.share, 1e-12)).rounded(.down)) + 1 } ?? -1
      )
    }
  }
}

extension ComparedColumn {
  /// The levels, none of them, and nothing known.
  fileprivate var states: [Explanation.State] {
    levels.map { .level($0) } + [.otherwise, .missing]
  }
}
