import Foundation
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
  ///   - model: what agreement is worth.
  ///   - least: the weight below which a pair is not kept.
  ///   - workers: how many threads may compare.
  init(
    _ pairs: BlockedPairs,
    _ comparer: PairComparer,
    _ model: LinkModel,
    least: Int32,
    workers: Int
  ) {
    struct Part: Sendable {
      var candidates: [Candidate] = []
      var rest: [Double] = []
      var hasPair: [Bool] = []
    }
    let parts = concurrentChunks(pairs.chunkCount, workers: workers) { number in
      var part = Part()
      var fellows: [Int32] = []
      var patterns: [Int32] = []
      for right in pairs.chunk(number) {
        var rest = 0.0
        var hasPair = false
        for rule in pairs.rules.indices {
          pairs.newFellows(rule, ofRight: right, into: &fellows)
          comparer.patterns(ofRight: right, with: fellows, into: &patterns)
          hasPair = hasPair || !fellows.isEmpty
          for number in fellows.indices {
            let left = fellows[number]
            let weight = model.weight(Int(patterns[number]), comparer, left: Int(left))
            if weight >= least {
              part.candidates.append(
                Candidate(
                  left: left,
                  right: Int32(right),
                  weight: weight
                )
              )
            } else {
              rest += exp2(Double(weight) / LinkModel.unit)
            }
          }
        }
        part.rest.append(rest)
        part.hasPair.append(hasPair)
      }
      return part
    }
    candidates = parts.flatMap(\.candidates)
    rest = parts.flatMap(\.rest)
    hasPair = parts.flatMap(\.hasPair)
  }
}
