import Tabular

extension Expression {
  /// The expression in its own language, every part in parentheses; parsing gives it back.
  package var text: String {
    switch self {
    case .integer(let number): String(number)
    case .decimal(let number): Self.decimalText(number)
    case .text(let text): Self.quoted(text)
    case .date(let day): CivilDate(dayNumber: Int(clamping: day)).description
    case .boolean(let value): String(value)
    case .column(let name): name
    case .accumulator(let accumulator): accumulator.text
    case .negate(let operand): "(-\(operand.text))"
    case .not(let operand): "(not \(operand.text))"
    case .arithmetic(let kind, let left, let right):
      "(\(left.text) \(kind.rawValue) \(right.text))"
    case .comparison(let kind, let left, let right):
      "(\(left.text) \(kind.rawValue) \(right.text))"
    case .and(let left, let right): "(\(left.text) and \(right.text))"
    case .or(let left, let right): "(\(left.text) or \(right.text))"
    case .membership(let value, let items):
      "(\(value.text) in [\(items.map(\.text).joined(separator: ", "))])"
    case .isMissing(let operand): "(\(operand.text) is missing)"
    case .band(let value, let bounds):
      "band(\(value.text), \(bounds.map(String.init).joined(separator: ", ")))"
    case .years(let from, let to): "(years from \(from.text) to \(to.text))"
    case .minimum(let values): "min(\(values.map(\.text).joined(separator: ", ")))"
    case .maximum(let values): "max(\(values.map(\.text).joined(separator: ", ")))"
    case .coalesce(let values): "coalesce(\(values.map(\.text).joined(separator: ", ")))"
    }
  }

  private static func decimalText(_ number: Int64) -> String {
    let digits = String(number.magnitude)
    let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    return (number < 0 ? "-" : "") + padded.dropLast(4) + "." + padded.suffix(4)
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}

extension Accumulator {
  /// As it stands in an expression, in parentheses.
  package var text: String {
    let call = column.map { "\(source).\(function.rawValue)(\($0))" } ?? "\(source).count"
    guard condition != nil || window != nil else { return call }
    return "(\(call)\(condition.map { " where \($0.text)" } ?? "")\(window.map { " \($0)" } ?? ""))"
  }
}
