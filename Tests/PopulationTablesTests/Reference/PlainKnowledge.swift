import PipelineFile

/// Whether a condition holds for one record; nil when that hangs on a missing value.
func plainKnowledge(
  _ expression: Expression,
  _ record: PlainRecord,
  accumulator: (Accumulator) -> PlainValue = { _ in .missing }
) -> Bool? {
  func known(_ operand: Expression) -> Bool? {
    plainKnowledge(operand, record, accumulator: accumulator)
  }
  func value(_ operand: Expression) -> PlainValue {
    switch operand {
    case .not, .and, .or, .comparison, .membership:
      known(operand).map { .truth($0) } ?? .missing
    default: plainValue(operand, record, accumulator: accumulator)
    }
  }
  switch expression {
  case .not(let operand): return known(operand).map { !$0 }
  case .and(let left, let right):
    let sides = [known(left), known(right)]
    return sides.contains(false) ? false : sides.contains(nil) ? nil : true
  case .or(let left, let right):
    let sides = [known(left), known(right)]
    return sides.contains(true) ? true : sides.contains(nil) ? nil : false
  case .comparison(_, let left, let right):
    if [value(left), value(right)].contains(.missing) { return nil }
    return plainValue(expression, record, accumulator: accumulator).isTrue
  case .membership(let operand, _):
    if value(operand) == .missing { return nil }
    return plainValue(expression, record, accumulator: accumulator).isTrue
  default:
    switch value(expression) {
    case .truth(let truth): return truth
    case .integer(let number): return number != 0
    default: return nil
    }
  }
}

extension Expression {
  /// The same condition with another one in the place of a column; within logic alone.
  func replacing(_ name: String, by other: Expression) -> Expression {
    switch self {
    case .column(name): other
    case .not(let operand): .not(operand.replacing(name, by: other))
    case .and(let left, let right):
      .and(left.replacing(name, by: other), right.replacing(name, by: other))
    case .or(let left, let right):
      .or(left.replacing(name, by: other), right.replacing(name, by: other))
    default: self
    }
  }
}
