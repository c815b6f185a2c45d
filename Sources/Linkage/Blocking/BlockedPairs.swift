import Tabular

/// The pairs that some blocking rule makes, each met once.
struct BlockedPairs: Sendable {
  let rules: [BlockIndex]
  /// Both sides are one: the left record of a pair comes before the right one.
  let isWithin: Bool
  let rightCount: Int

  /// Right records of a chunk of work; fixed, so that results do not depend on the workers.
  private static let chunkSize = 1024

  var chunkCount: Int { (rightCount + Self.chunkSize - 1) / Self.chunkSize }

  func chunk(_ number: Int) -> Range<Int> {
    number * Self.chunkSize..<min(rightCount, (number + 1) * Self.chunkSize)
  }

  /// Left records that a rule pairs with a right one.
  func fellows(_ rule: Int, ofRight record: Int) -> ArraySlice<Int32> {
    let all = rules[rule].fellows(ofRight: record)
    return isWithin ? all.prefix { $0 < record } : all
  }

  /// Left records that a rule pairs with a right one and no earlier rule does.
  ///
  /// - Parameters:
  ///   - rule: number of the rule.
  ///   - record: on the right.
  ///   - fellows: overwritten.
  func newFellows(_ rule: Int, ofRight record: Int, into fellows: inout [Int32]) {
    fellows.removeAll(keepingCapacity: true)
    for left in self.fellows(rule, ofRight: record) {
      var isKnown = false
      for earlier in 0..<rule where rules[earlier].holds(Int(left), record) {
        isKnown = true
        break
      }
      if !isKnown { fellows.append(left) }
    }
  }

  /// By left record, whether some rule pairs it.
  var isLeftPaired: [Bool] {
    var isPaired = [Bool](repeating: false, count: rules.first?.left.count ?? 0)
    for rule in rules { for record in rule.pairedLefts { isPaired[Int(record)] = true } }
    return isPaired
  }

  /// How many rules make a pair.
  func ruleCount(_ left: Int, _ right: Int) -> Int {
    rules.count { $0.holds(left, right) }
  }

  /// Counts the patterns of a rule's pairs, of all or of a seeded choice of blocks.
  ///
  /// - Parameters:
  ///   - rule: number of the rule.
  ///   - comparer: of their records.
  ///   - limit: about how many pairs are looked at, at most.
  ///   - seed: of the choice.
  ///   - workers: how many threads may compare.
  /// - Returns: pairs by pattern.
  func patternCounts(
    _ rule: Int,
    _ comparer: PairComparer,
    limit: Int,
    seed: UInt64,
    workers: Int
  ) -> [Int] {
    let index = rules[rule]
    let share = Double(limit) / Double(max(1, index.pairCount))
    let bound = share >= 1 ? UInt64.max : UInt64(share * 0x1p64)
    return patternCounts(comparer, workers: workers) { right, batch in
      let block = index.right[right]
      if block >= 0, SplitMix64.hash(seed ^ UInt64(block)) <= bound {
        batch.append(fellows(rule, ofRight: right), ofRight: right)
      }
    }
  }

  /// Counts the patterns of the pairs that are appended for each right record.
  func patternCounts(
    _ comparer: PairComparer,
    workers: Int,
    _ appendPairs: @escaping @Sendable (_ right: Int, _ batch: inout PairBatch) -> Void
  ) -> [Int] {
    // A few parts of many records each: every one has a table of all patterns.
    let size = max(Self.chunkSize, (rightCount + 31) / 32)
    let partial = concurrentChunks((rightCount + size - 1) / size, workers: workers) { number in
      var counts = [Int](repeating: 0, count: comparer.space.count)
      var batch = PairBatch()
      let rights = number * size..<min(rightCount, (number + 1) * size)
      for right in rights {
        appendPairs(right, &batch)
        guard batch.isFull || right == rights.upperBound - 1 else { continue }
        comparer.compare(&batch)
        for pattern in batch.patterns { counts[Int(pattern)] += 1 }
        batch.removeAll()
      }
      return counts
    }
    var counts = [Int](repeating: 0, count: comparer.space.count)
    for part in partial {
      for pattern in counts.indices { counts[pattern] += part[pattern] }
    }
    return counts
  }
}
