import PipelineFile
import Tabular

/// What is compared.
extension ProbabilisticLinker {
  func comparedColumns(_ report: inout ProbabilisticReport) -> [ComparedColumn] {
    let (left, right, comparisons) = (left, right, stage.comparisons)
    let columns = concurrentChunks(comparisons.count, workers: workers) {
      ComparedColumn(comparisons[$0], left: left, right: right)
    }
    report.skipped += zip(comparisons, columns).filter { $1 == nil }.map { [$0.0.column] }
    return columns.compactMap { $0 }
  }

  /// The pairs that the rules make, and the codes of each rule's columns where a rehearsal asks for them.
  func blockedPairs(
    _ columns: [ComparedColumn],
    _ isOpen: [Bool],
    _ report: inout ProbabilisticReport
  ) throws(LinkageError) -> (pairs: BlockedPairs, codes: [CodedColumn]) {
    let isFree = assignment == .oneToOne ? freeResidents : nil
    let (isActiveLeft, isActiveRight): ([Bool]?, [Bool]?) =
      isTurned ? (isOpen, isFree) : (isFree, isOpen)
    let openCount = isOpen.count { $0 }
    var rules: [BlockIndex] = []
    var ruleCodes: [CodedColumn] = []
    let chosen =
      stage.blocks.isEmpty ? BlockChoice.rules(for: columns, isWithin: false) : stage.blocks
    let (left, right) = (left.table, right.table)
    let made = concurrentChunks(chosen.count, workers: workers) {
      number -> (rule: BlockIndex, codes: CodedColumn?)? in
      let codes = chosen[number].columns.compactMap { name in
        columns.lazy.compactMap { $0.codes(of: name) }.first
          ?? CodedColumn(name, left: left, right: right)
      }
      guard codes.count == chosen[number].columns.count else { return nil }
      let joined = CodedColumn(joining: codes, isForPairs: true)
      let rule = BlockIndex(
        columns: chosen[number].columns,
        joined,
        isActiveLeft: isActiveLeft,
        isActiveRight: isActiveRight,
        isWithin: false
      )
      return (rule: rule, codes: passes.unlinked.isEmpty ? nil : joined)
    }
    for (number, block) in chosen.map(\.columns).enumerated() {
      guard let (rule, codes) = made[number] else {
        report.skipped.append(block)
        continue
      }
      let largest = isTurned ? (left: rule.largest.right, right: rule.largest.left) : rule.largest
      let limit = stage.limit * report.clientCount
      guard rule.pairCount <= limit else {
        // Columns that depend on each other make more pairs than was estimated.
        if stage.blocks.isEmpty { continue }
        throw .blockTooLarge(
          rule: number,
          pairs: rule.pairCount,
          limit: limit,
          left: largest.left,
          right: largest.right
        )
      }
      report.rules.append(
        ProbabilisticReport.Rule(
          columns: block,
          pairCount: rule.pairCount,
          largest: [largest.left, largest.right],
          lonelyShare: Double(isTurned ? openCount - rule.pairedLeftCount : rule.lonelyCount)
            / Double(max(1, openCount))
        )
      )
      rules.append(rule)
      codes.map { ruleCodes.append($0) }
    }
    let pairs = BlockedPairs(rules: rules, isWithin: false, rightCount: right.rowCount)
    return (pairs, ruleCodes)
  }

  /// Residents who may be linked: those whom no client has taken, where a client takes one.
  var freeResidents: [Bool] {
    var isFree = [Bool](repeating: true, count: spine.table.rowCount)
    if assignment == .manyToOne { return isFree }
    for person in exact.persons where person >= 0 { isFree[Int(person)] = false }
    return isFree
  }
}
