extension Expression {
  /// Adds every column that it looks at, those of rows too.
  func collectColumns(into names: inout Set<String>) {
    switch self {
    case .integer, .decimal, .text, .date, .boolean: break
    case .column(let name): names.insert(name)
    case .accumulator(let accumulator):
      if let column = accumulator.column { names.insert(column) }
      accumulator.condition?.collectColumns(into: &names)
    case .negate(let operand), .not(let operand), .isMissing(let operand), .band(let operand, _),
      .membership(let operand, _):
      operand.collectColumns(into: &names)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .years(let left, let right):
      left.collectColumns(into: &names)
      right.collectColumns(into: &names)
    case .minimum(let values), .maximum(let values), .coalesce(let values):
      for value in values { value.collectColumns(into: &names) }
    }
  }

  /// Whether it looks at that column.
  func names(_ column: String) -> Bool {
    var names: Set<String> = []
    collectColumns(into: &names)
    return names.contains(column)
  }

  /// The counts of rows that are compared with anything but 0.
  var comparedCounts: [Accumulator] {
    switch self {
    case .comparison(_, let left, let right):
      if left == .integer(0) || right == .integer(0) { return [] }
      return [left, right].compactMap { side in
        guard case .accumulator(let accumulator) = side, accumulator.function == .count else {
          return nil
        }
        return accumulator
      }
    case .negate(let operand), .not(let operand): return operand.comparedCounts
    case .and(let left, let right), .or(let left, let right):
      return left.comparedCounts + right.comparedCounts
    default: return []
    }
  }
}
