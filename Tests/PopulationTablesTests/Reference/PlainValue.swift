import PipelineFile
import Tabular

/// A value of the slow version: one record, one column.
enum PlainValue: Equatable {
  case missing
  case integer(Int64)
  case decimal(Double)
  case text(String)
  case truth(Bool)

  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    default: nil
    }
  }

  var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  var isTrue: Bool { self == .truth(true) }

  var label: String {
    switch self {
    case .missing: "unknown"
    case .integer(let number): String(number)
    case .decimal(let number): String(number)
    case .text(let text): text
    case .truth(let truth): truth ? "yes" : "no"
    }
  }
}

/// A record of the slow version.
typealias PlainRecord = [String: PlainValue]

/// Evaluates an expression for one record, as the design tells it.
func plainValue(
  _ expression: Expression,
  _ record: PlainRecord,
  accumulator: (Accumulator) -> PlainValue
) -> PlainValue {
  func value(_ operand: Expression) -> PlainValue {
    plainValue(operand, record, accumulator: accumulator)
  }
  switch expression {
  case .integer(let number): return .integer(number)
  case .decimal(let number): return .decimal(Double(number) / 10_000)
  case .text(let text): return .text(text)
  case .date(let day): return .integer(day)
  case .boolean(let truth): return .truth(truth)
  case .column(let name): return record[name] ?? .missing
  case .accumulator(let inner): return accumulator(inner)
  case .negate(let operand):
    guard case .integer(let number) = value(operand) else { return .missing }
    return .integer(-number)
  case .not(let operand): return .truth(!value(operand).isTrue)
  case .arithmetic(let operation, let left, let right):
    return plainArithmetic(operation, value(left), value(right))
  case .comparison(let comparison, let left, let right):
    return .truth(plainComparison(comparison, value(left), value(right)))
  case .and(let left, let right): return .truth(value(left).isTrue && value(right).isTrue)
  case .or(let left, let right): return .truth(value(left).isTrue || value(right).isTrue)
  case .membership(let operand, let literals):
    return .truth(literals.contains { plainComparison(.equal, value(operand), value($0)) })
  case .isMissing(let operand): return .truth(value(operand) == .missing)
  case .band(let operand, let bounds):
    guard case .integer(let number) = value(operand), number >= bounds[0], number <= 120 else {
      return .text("unknown")
    }
    let place = bounds.lastIndex { $0 <= number } ?? 0
    return .text(
      place + 1 < bounds.count
        ? "\(bounds[place])-\(bounds[place + 1] - 1)" : "\(bounds[place])+"
    )
  case .years(let from, let to):
    guard case .integer(let year) = value(from), case .integer(let day) = value(to) else {
      return .missing
    }
    let date = CivilDate(dayNumber: Int(day))
    return .integer(Int64(date.year) - year - (date.month > 6 ? 0 : 1))
  case .minimum(let operands), .maximum(let operands):
    let numbers = operands.map(value)
    if numbers.contains(.missing) { return .missing }
    let integers = numbers.compactMap(\.integer)
    if case .minimum = expression { return .integer(integers.min() ?? 0) }
    return .integer(integers.max() ?? 0)
  case .coalesce(let operands):
    return operands.map(value).first { $0 != .missing } ?? .missing
  }
}

private func plainArithmetic(
  _ operation: Expression.Arithmetic,
  _ left: PlainValue,
  _ right: PlainValue
) -> PlainValue {
  if case .integer(let first) = left, case .integer(let second) = right, operation != .divide {
    return switch operation {
    case .add: .integer(first + second)
    case .subtract: .integer(first - second)
    case .multiply, .divide: .integer(first * second)
    }
  }
  guard let first = left.number, let second = right.number else { return .missing }
  return switch operation {
  case .add: .decimal(first + second)
  case .subtract: .decimal(first - second)
  case .multiply: .decimal(first * second)
  case .divide: second == 0 ? .missing : .decimal(first / second)
  }
}

private func plainComparison(
  _ comparison: Expression.Comparison,
  _ left: PlainValue,
  _ right: PlainValue
) -> Bool {
  let order: Int
  switch (left, right) {
  case (.missing, _), (_, .missing): return false
  case (.text(let first), .text(let second)):
    order = first == second ? 0 : first.utf8.lexicographicallyPrecedes(second.utf8) ? -1 : 1
  case (.truth(let first), .truth(let second)): order = first == second ? 0 : first ? 1 : -1
  default:
    guard let first = left.number, let second = right.number else { return false }
    order = first == second ? 0 : first < second ? -1 : 1
  }
  return switch comparison {
  case .equal: order == 0
  case .notEqual: order != 0
  case .less: order < 0
  case .lessOrEqual: order <= 0
  case .greater: order > 0
  case .greaterOrEqual: order >= 0
  }
}
