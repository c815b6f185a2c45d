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
}
