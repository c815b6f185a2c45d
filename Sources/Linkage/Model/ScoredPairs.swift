import Tabular

/// A pair that is not hopeless.
struct Candidate: Sendable, Hashable {
  let left: Int32
  let right: Int32
  /// log₂(m/u) in 1/65,536 bit.
  let weight: Int32

  /// The same pair with its sides exchanged.
  var turned: Candidate { Candidate(left: right, right: left, weight: weight) }
}

/// The candidates of all right records, in the order of these.
struct ScoredPairs: Sendable {
  let candidates: [Candidate]
  /// By right record: Σ 2^weight of pairs too weak to be kept; they compete all the same.
  let rest: [Double]
  /// By right record, whether any rule made a pair.
  let hasPair: [Bool]

  /// Scores every blocked pair once.
  ///
  /// - Parameters:
  ///   - pairs: which.
  ///   - comparer: of their records.
  ///   - kept: what comparing them gave; nil when they are to be compared.
  ///   - model: what agreement is worth.
  ///   - least: the weight below which a pair is not kept.
  ///   - workers: how many threads may compare.
  init(
    _ pairs: BlockedPairs,
    _ comparer: PairComparer,
    kept: KeptPatterns? = nil,
    _ model: LinkModel,
    least: Int32,
    workers: Int
  ) {
    struct Part: Sendable {
      var candidates: [Candidate] = []
      var rest: [Double]
      var hasPair: [Bool]
    }
    let parts = concurrentChunks(pairs.chunkCount, workers: workers) { number in
      let rights = pairs.chunk(number)
      var part = Part(
        rest: Array(repeating: 0, count: rights.count),
        hasPair: Array(repeating: false, count: rights.count)
      )
      var fellows: [Int32] = []
      var batch = PairBatch()
      var reader = kept.map { KeptPatterns.Reader($0, chunk: number) }
      for right in rights {
        if reader != nil {
          reader?.append(pairs, ofRight: right, to: &batch)
        } else {
          for rule in pairs.rules.indices {
            pairs.newFellows(rule, ofRight: right, into: &fellows)
            batch.append(fellows, ofRight: right)
          }
        }
        guard batch.isFull || right == rights.upperBound - 1 else { continue }
        if reader == nil { comparer.compare(&batch) }
        for pair in 0..<batch.count {
          let (left, right) = (batch.lefts[pair], batch.rights[pair])
          let place = Int(right) - rights.lowerBound
          let pattern = Int(batch.patterns[pair])
          let weight = model.weight(pattern, comparer, right: Int(right))
          part.hasPair[place] = true
          if weight >= least {
            part.candidates.append(Candidate(left: left, right: right, weight: weight))
          } else {
            part.rest[place] += model.ratio(pattern, weight: weight)
          }
        }
        batch.removeAll()
      }
      return part
    }
    candidates = parts.flatMap(\.candidates)
    rest = parts.flatMap(\.rest)
    hasPair = parts.flatMap(\.hasPair)
  }
}
