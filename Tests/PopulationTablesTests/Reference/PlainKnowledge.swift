import PipelineFile

/// Whether a condition holds for one record; nil when that hangs on a missing value.
func plainKnowledge(
  _ expression: Expression,
  _ record: PlainRecord,
  _ accumulated: (Accumulator) -> PlainValue = { _ in .missing }
) -> Bool? {
  func plainKnowledge(_ operand: Expression, _ record: PlainRecord) -> Bool? {
    PopulationTablesTests.plainKnowledge(operand, record, accumulated)
  }
  func value(_ operand: Expression) -> PlainValue {
    switch operand {
    case .not, .and, .or, .comparison, .membership:
      plainKnowledge(operand, record).map { .truth($0) } ?? .missing
    default: plainValue(operand, record, accumulator: accumulated)
    }
  }
  switch expression {
  case .not(let operand): return plainKnowledge(operand, record).map { !$0 }
  case .and(let left, let right):
    let sides = [plainKnowledge(left, record), plainKnowledge(right, record)]
    return sides.contains(false) ? false : sides.contains(nil) ? nil : true
  case .or(let left, let right):
    let sides = [plainKnowledge(left, record), plainKnowledge(right, record)]
    return sides.contains(true) ? true : sides.contains(nil) ? nil : false
  case .comparison(_, let left, let right):
    if [value(left), value(right)].contains(.missing) { return nil }
    return plainValue(expression, record, accumulator: accumulated).isTrue
  case .membership(let operand, _):
    if value(operand) == .missing { return nil }
    return plainValue(expression, record, accumulator: accumulated).isTrue
  default:
    switch value(expression) {
    case .truth(let truth): return truth
    case .integer(let number): return number != 0
    default: return nil
    }
  }
}
