import Tabular

/// The patterns of all pairs that some blocking rules make, each compared once: learning counts them,
/// scoring weighs them.
///
/// 2 B a pair, while no more than `limit` pairs a record are made; what makes more is compared when it
/// is asked for.
struct KeptPatterns: Sendable {
  /// Pairs a record at most: about the memory that the record itself takes.
  private static let limit = 32

  /// By chunk of right records and by rule: in the order of right records, then of their fellows.
  private let chunks: [[[UInt16]]]
  private let rules: RulesByPattern
  private let patternCount: Int

  /// Compares every pair of every rule; nil when there are too many.
  ///
  /// - Parameters:
  ///   - pairs: which.
  ///   - comparer: of their records.
  ///   - columns: the comparisons.
  ///   - workers: how many threads may compare.
  init?(
    _ pairs: BlockedPairs,
    _ comparer: PairComparer,
    _ columns: [ComparedColumn],
    workers: Int
  ) {
    let recordCount = (pairs.rules.first?.left.count ?? 0) + pairs.rightCount
    let pairCount = pairs.rules.reduce(0) { $0 + $1.pairCount }
    guard pairCount <= Self.limit * recordCount else { return nil }
    rules = RulesByPattern(pairs, columns)
    patternCount = comparer.space.count
    chunks = concurrentChunks(pairs.chunkCount, workers: workers) { number in
      var batch = PairBatch()
      let rights = pairs.chunk(number)
      return pairs.rules.indices.map { rule in
        var patterns: [UInt16] = []
        for right in rights {
          batch.append(pairs.fellows(rule, ofRight: right), ofRight: right)
          guard batch.isFull || right == rights.upperBound - 1 else { continue }
          comparer.compare(&batch)
          patterns += batch.patterns.lazy.map { UInt16(truncatingIfNeeded: $0) }
          batch.removeAll()
        }
        return patterns
      }
    }
  }

  /// Pairs by pattern, of one rule.
  func counts(ofRule rule: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: patternCount)
    for chunk in chunks { for pattern in chunk[rule] { counts[Int(pattern)] += 1 } }
    return counts
  }

  /// Reads a chunk once, right record after right record.
  struct Reader {
    private let patterns: [[UInt16]]
    private let rules: RulesByPattern
    /// By rule, how many pairs were read.
    private var places: [Int]

    init(_ kept: KeptPatterns, chunk: Int) {
      patterns = kept.chunks[chunk]
      rules = kept.rules
      places = [Int](repeating: 0, count: patterns.count)
    }

    /// Appends the pairs of the next right record, each once, with their patterns.
    mutating func append(
      _ pairs: BlockedPairs,
      ofRight record: Int,
      to batch: inout PairBatch
    ) {
      for rule in pairs.rules.indices {
        let fellows = pairs.fellows(rule, ofRight: record)
        let patterns = patterns[rule][places[rule]..<places[rule] + fellows.count]
        places[rule] += fellows.count
        for (left, pattern) in zip(fellows, patterns)
        where rules.isFirst(rule, in: Int(pattern), pairs, Int(left), record) {
          batch.append(left, ofRight: record, pattern: pattern)
        }
      }
    }
  }
}
