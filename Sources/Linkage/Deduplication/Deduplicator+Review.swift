import Tabular

/// What is explained, and what somebody should look at.
extension Deduplicator {
  /// Takes apart the pairs that were asked for; nobody competes with them.
  func explanations(_ explainer: PairExplainer, _ odds: PairOdds) -> [Explanation] {
    asked.map { pair in
      let parts = explainer.weight(Int(pair.resident), Int(pair.identity))
      return Explanation(
        pair: pair,
        steps: parts.steps,
        joint: parts.joint,
        weight: parts.weight,
        probability: odds.probability(parts.weight),
        rivals: [],
        nobody: nil
      )
    }
  }

  /// The undecided pairs, those too that a pass refused, with samples of the joined and the others.
  ///
  /// - Parameters:
  ///   - explainer: of their weights.
  ///   - judged: the candidates.
  ///   - persons: what became of all records.
  ///   - refused: by the passes.
  ///   - review: the least probability of what is undecided.
  ///   - columns: that are compared.
  /// - Returns: the pairs; of each the lower record comes first.
  func reviewQueue(
    _ explainer: PairExplainer,
    _ judged: JudgedPairs,
    _ persons: Clusters,
    refused: [AskedPair],
    review: Double,
    _ columns: [ComparedColumn]
  ) -> ReviewQueue {
    let least = min(review, judged.accept)
    var byStratum: [ReviewQueue.Stratum: [AskedPair]] = [:]
    for (number, candidate) in judged.candidates.enumerated()
    where judged.bars[number] != .judgedDifferent && isFirst(candidate) {
      let pair = pair(candidate.left, candidate.right)
      let probability = judged.probabilities[number]
      if persons.numbers[Int(candidate.left)] == persons.numbers[Int(candidate.right)] {
        if probability >= judged.accept { byStratum[.accepted, default: []].append(pair) }
      } else if probability >= least {
        byStratum[.queue, default: []].append(pair)
      } else {
        byStratum[.rejected, default: []].append(pair)
      }
    }
    let undecided = Set(byStratum[.queue] ?? [])
    byStratum[.queue, default: []] += open(refused, persons).filter { !undecided.contains($0) }
    var queue = ReviewQueue(columns)
    for stratum in ReviewQueue.Stratum.allCases {
      for pair in queue.choose(byStratum[stratum] ?? [], stratum, seed: Self.seed) {
        queue.add(
          pair,
          stratum,
          explainer.weight(Int(pair.resident), Int(pair.identity)),
          prior: Int64(judged.odds.prior),
          rivals: []
        )
      }
    }
    return queue
  }

  /// The pairs that are not one person in the end, each once.
  func open(_ pairs: [AskedPair], _ persons: Clusters) -> [AskedPair] {
    var known: Set<AskedPair> = []
    return pairs.filter {
      persons.numbers[Int($0.resident)] != persons.numbers[Int($0.identity)]
    }
    .map { pair($0.resident, $0.identity) }.filter { known.insert($0).inserted }
  }

  /// Rows that are equal make equal candidates; the first of each stand for them.
  private func isFirst(_ candidate: Candidate) -> Bool {
    firsts[Int(candidate.left)] == candidate.left && firsts[Int(candidate.right)] == candidate.right
  }

  private func pair(_ one: Int32, _ other: Int32) -> AskedPair {
    let (one, other) = (firsts[Int(one)], firsts[Int(other)])
    return AskedPair(resident: min(one, other), identity: max(one, other))
  }
}
