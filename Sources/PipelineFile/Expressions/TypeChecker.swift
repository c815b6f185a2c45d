import Diagnostics
import Tabular

/// Looks names up and sees that types fit; tells every mistake of an expression.
///
/// Money and dates have units and do not mix. A bare word that is no column is a text where a text
/// is on the other side.
struct TypeChecker {
  let scope: ExpressionScope
  private(set) var faults: [ExpressionFault] = []

  init(scope: ExpressionScope) { self.scope = scope }

  /// - Returns: nil when something is wrong, told here or, by `uncertain`, elsewhere.
  mutating func check(_ syntax: ExpressionSyntax) -> TypedExpression? {
    switch syntax.node {
    case .integer(let digits): return integer(digits, syntax)
    case .decimal(let digits): return decimal(digits, syntax)
    case .date(let text): return date(text, syntax)
    case .quoted(let text): return TypedExpression(.text(text), type: .text)
    case .boolean(let value): return TypedExpression(.boolean(value), type: .boolean)
    case .word(let name): return column(name, syntax)
    case .member(let source, let column): return member(source, column, syntax)
    case .accumulator(let source, let function, let column, let condition, let window):
      return accumulator(source, function, column, condition, window, syntax)
    case .negate(let operand): return negate(operand)
    case .not(let operand):
      guard let inner = condition(operand) else { return nil }
      return TypedExpression(.not(inner), type: .boolean)
    case .arithmetic(let kind, let left, let right): return arithmetic(kind, left, right)
    case .comparison(let kind, let left, let right): return comparison(kind, left, right)
    case .and(let left, let right): return join(left, right) { .and($0, $1) }
    case .or(let left, let right): return join(left, right) { .or($0, $1) }
    case .membership(let value, let items): return membership(value, items)
    case .isMissing(let operand):
      guard let inner = check(operand) else { return nil }
      return TypedExpression(.isMissing(inner.expression), type: .boolean)
    case .band(let value, let bounds): return band(value, bounds, syntax)
    case .years(let from, let to): return years(from, to)
    case .call(let function, let arguments): return call(function, arguments)
    }
  }

  /// Checks that an expression is a condition.
  mutating func condition(_ syntax: ExpressionSyntax) -> Expression? {
    guard let typed = check(syntax) else { return nil }
    guard typed.type == .boolean else {
      tell(syntax, "found \(typed.type.name), expected a condition")
      return nil
    }
    return typed.expression
  }

  mutating func tell(_ syntax: ExpressionSyntax, _ sentence: String, hint: String? = nil) {
    faults.append(ExpressionFault(sentence, hint: hint, from: syntax.start, to: syntax.end))
  }

  mutating func tell(_ word: ExpressionSyntax.Word, _ sentence: String, hint: String? = nil) {
    faults.append(ExpressionFault(sentence, hint: hint, from: word.start, to: word.end))
  }

  private mutating func join(
    _ left: ExpressionSyntax,
    _ right: ExpressionSyntax,
    _ node: (Expression, Expression) -> Expression
  ) -> TypedExpression? {
    let first = condition(left)
    let second = condition(right)
    guard let first, let second else { return nil }
    return TypedExpression(node(first, second), type: .boolean)
  }

  private mutating func integer(
    _ digits: String,
    _ syntax: ExpressionSyntax
  ) -> TypedExpression? {
    guard let number = wholeNumber(digits) else {
      tell(syntax, "found a number of more than 18 digits")
      return nil
    }
    return TypedExpression(.integer(number), type: .integer)
  }

  private mutating func decimal(
    _ digits: String,
    _ syntax: ExpressionSyntax
  ) -> TypedExpression? {
    guard let number = fixedPoint(digits, digits: 4) else {
      tell(syntax, "found a number that is too large or has more than four decimals")
      return nil
    }
    return TypedExpression(.decimal(number), type: .decimal)
  }

  private mutating func date(_ text: String, _ syntax: ExpressionSyntax) -> TypedExpression? {
    guard let date = CivilDate(text) else {
      tell(syntax, "found a date that is not in the calendar")
      return nil
    }
    return TypedExpression(.date(Int64(date.dayNumber)), type: .date)
  }

  private mutating func negate(_ operand: ExpressionSyntax) -> TypedExpression? {
    guard let inner = check(operand) else { return nil }
    guard inner.type.isAdditive else {
      tell(operand, "found \(inner.type.name), expected a number")
      return nil
    }
    switch inner.expression {
    case .integer(let number): return TypedExpression(.integer(-number), type: .integer)
    case .decimal(let number): return TypedExpression(.decimal(-number), type: .decimal)
    default: return TypedExpression(.negate(inner.expression), type: inner.type)
    }
  }

  private mutating func band(
    _ value: ExpressionSyntax,
    _ bounds: [ExpressionSyntax],
    _ syntax: ExpressionSyntax
  ) -> TypedExpression? {
    let typed = check(value)
    var numbers: [Int64] = []
    for bound in bounds {
      guard case .integer(let digits) = bound.node, let number = wholeNumber(digits) else {
        tell(bound, "found a bound that is no whole number")
        return nil
      }
      guard numbers.last.map({ $0 < number }) ?? true else {
        tell(bound, "found bounds that do not rise")
        return nil
      }
      numbers.append(number)
    }
    guard !numbers.isEmpty else {
      tell(syntax, "found a band without bounds", hint: "write it as band(age, 0, 18, 65)")
      return nil
    }
    guard let typed else { return nil }
    guard typed.type.isNumber else {
      tell(value, "found \(typed.type.name), expected a number")
      return nil
    }
    return TypedExpression(.band(typed.expression, numbers), type: .text)
  }

  private mutating func years(
    _ from: ExpressionSyntax,
    _ to: ExpressionSyntax
  ) -> TypedExpression? {
    let first = check(from)
    let last = check(to)
    guard let first, let last else { return nil }
    guard first.type == .integer || first.type == .date else {
      tell(from, "found \(first.type.name), expected a year or a date")
      return nil
    }
    guard last.type == .date else {
      tell(to, "found \(last.type.name), expected a date")
      return nil
    }
    return TypedExpression(.years(from: first.expression, to: last.expression), type: .integer)
  }
}

/// Reads digits with or without a point as a number of 10⁻ᵈ.
///
/// - Returns: nil for another form, more decimals, or a number beyond 18 digits.
func fixedPoint(_ text: some StringProtocol, digits: Int) -> Int64? {
  let isNegative = text.utf8.first == UInt8(ascii: "-")
  let body = String(isNegative ? text.dropFirst() : text.dropFirst(0))
  let parts = body.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), !parts[0].isEmpty else { return nil }
  let fraction = parts.count == 2 ? String(parts[1]) : ""
  guard parts.count == 1 || (1...digits).contains(fraction.utf8.count) else { return nil }
  let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
  guard let number = wholeNumber(String(parts[0]) + fraction + zeros), number >= 0 else {
    return nil
  }
  return isNegative ? -number : number
}
