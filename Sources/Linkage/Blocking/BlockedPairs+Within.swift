import PipelineFile
import Tabular

extension BlockedPairs {
  /// The pairs within one set of records that a stage's rules make, or rules that are chosen where it
  /// names none.
  ///
  /// - Parameters:
  ///   - table: of the records.
  ///   - stage: rules, and how many pairs one may make.
  ///   - columns: the comparisons.
  ///   - report: is told of each rule, and of those whose columns nobody has.
  /// - Throws: `LinkageError.blockTooLarge`.
  init(
    within table: Table,
    by stage: ProbabilisticStage,
    _ columns: [ComparedColumn],
    _ report: inout ProbabilisticReport
  ) throws(LinkageError) {
    let chosen =
      stage.blocks.isEmpty ? BlockChoice.rules(for: columns, isWithin: true) : stage.blocks
    let limit = stage.limit * table.rowCount
    var rules: [BlockIndex] = []
    for (number, block) in chosen.map(\.columns).enumerated() {
      let codes = block.compactMap { CodedColumn($0, left: table, right: table) }
      guard codes.count == block.count else {
        report.skipped.append(block)
        continue
      }
      let rule = BlockIndex(
        columns: block,
        CodedColumn(joining: codes),
        isActiveLeft: nil,
        isActiveRight: nil,
        isWithin: true
      )
      guard rule.pairCount <= limit else {
        // Columns that depend on each other make more pairs than was estimated.
        if stage.blocks.isEmpty { continue }
        throw .blockTooLarge(
          rule: number,
          pairs: rule.pairCount,
          limit: limit,
          left: rule.largest.left,
          right: rule.largest.right
        )
      }
      report.rules.append(
        ProbabilisticReport.Rule(
          columns: block,
          pairCount: rule.pairCount,
          largest: [rule.largest.left, rule.largest.right],
          lonelyShare: Double(rule.lonelyCount) / Double(max(1, table.rowCount))
        )
      )
      rules.append(rule)
    }
    self.init(rules: rules, isWithin: true, rightCount: table.rowCount)
  }

  /// Counts the patterns of the pairs that some rule makes, each once, of all right records or of a
  /// seeded choice of them.
  ///
  /// - Parameters:
  ///   - comparer: of their records.
  ///   - limit: about how many pairs are looked at, at most.
  ///   - seed: of the choice.
  ///   - workers: how many threads may compare.
  /// - Returns: pairs by pattern, and the share of the right records that were looked at.
  func patternCounts(
    _ comparer: PairComparer,
    limit: Int,
    seed: UInt64,
    workers: Int
  ) -> (counts: [Int], share: Double) {
    let pairCount = rules.reduce(0) { $0 + $1.pairCount }
    let share = min(1, Double(limit) / Double(max(1, pairCount)))
    let bound = share >= 1 ? UInt64.max : UInt64(share * 0x1p64)
    let counts = patternCounts(comparer, workers: workers) { right, batch in
      guard SplitMix64.hash(seed ^ UInt64(right)) <= bound else { return }
      var fellows: [Int32] = []
      for rule in rules.indices {
        newFellows(rule, ofRight: right, into: &fellows)
        batch.append(fellows, ofRight: right)
      }
    }
    return (counts, share)
  }
}
