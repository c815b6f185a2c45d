import PipelineFile
import Tabular

/// One comparison with the columns of both sides that it looks at.
///
/// Its states are the levels in order, then `else`, then `missing`. A level with a missing input does
/// not hold. When none holds and an input is missing, nothing is known.
struct ComparedColumn: Sendable {
  let comparison: Comparison
  let codes: CodedColumn
  let parts: [CodedColumn]
  let filters: ComparedFilters?

  /// Nil when a side lacks a column or the filters that a level asks for.
  init?(_ comparison: Comparison, left: ComparedSide, right: ComparedSide) {
    guard
      let codes = CodedColumn(comparison.column, left: left.table, right: right.table)
    else { return nil }
    var parts: [CodedColumn] = []
    var needsFilters = false
    for level in comparison.levels {
      switch level {
      case .exact: break
      case .dice: needsFilters = true
      case .part(let column):
        guard let part = CodedColumn(column, left: left.table, right: right.table) else {
          return nil
        }
        parts.append(part)
      }
    }
    var filters: ComparedFilters?
    if needsFilters {
      guard let leftFilters = left.filters[comparison.column],
        let rightFilters = right.filters[comparison.column]
      else { return nil }
      filters = ComparedFilters(left: leftFilters, right: rightFilters)
    }
    self.comparison = comparison
    self.codes = codes
    self.parts = parts
    self.filters = filters
  }

  var name: String { comparison.column }
  var levels: [Comparison.Level] { comparison.levels }
  var usesFrequency: Bool { comparison.usesFrequency }

  /// The levels, none of them, and nothing known.
  var stateCount: Int { levels.count + 2 }
  /// The state of equal values; nil when the comparison does not ask for them.
  var exactState: Int? { levels.firstIndex(of: .exact) }

  /// The states of equal parts, in the order of `parts`.
  var partStates: [Int] {
    levels.indices.filter { if case .part = levels[$0] { true } else { false } }
  }

  /// The lowest Dice level; 100 without any.
  var leastHundredths: Int32 {
    levels.reduce(100) { least, level in
      if case .dice(let hundredths) = level {
        min(least, Int32(clamping: hundredths))
      } else {
        least
      }
    }
  }

  /// The Dice level of two unlike values, or -1.
  func diceLevel(_ dice: (twiceShared: Int32, total: Int32)) -> Int {
    for level in levels.indices {
      if case .dice(let hundredths) = levels[level],
        100 * Int(dice.twiceShared) >= hundredths * Int(dice.total)
      {
        return level
      }
    }
    return -1
  }

  /// The codes of a column that this comparison looks at; nil when it does not.
  func codes(of name: String) -> CodedColumn? {
    if name == comparison.column { return codes }
    let names = levels.compactMap { if case .part(let column) = $0 { column } else { nil } }
    return names.firstIndex(of: name).map { parts[$0] }
  }

  /// By part, the part that each value has; `missingCode` where no record tells.
  var partsByCode: [[Int32]] {
    parts.map { part in
      var byCode = [Int32](repeating: missingCode, count: codes.codeCount)
      for (values, parts) in [(codes.left, part.left), (codes.right, part.right)] {
        for record in values.indices where values[record] >= 0 && parts[record] >= 0 {
          byCode[Int(values[record])] = parts[record]
        }
      }
      return byCode
    }
  }
}
