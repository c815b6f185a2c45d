import Diagnostics

extension TypeChecker {
  /// Adding, subtracting, multiplying, dividing.
  mutating func arithmetic(
    _ kind: Expression.Arithmetic,
    _ left: ExpressionSyntax,
    _ right: ExpressionSyntax
  ) -> TypedExpression? {
    let checkedLeft = check(left)
    let checkedRight = check(right)
    guard let first = checkedLeft, let second = checkedRight else { return nil }
    guard let type = Self.result(of: kind, first.type, second.type) else {
      let whole = ExpressionSyntax.Word(text: "", start: left.start, end: right.end)
      tell(
        whole,
        "types do not fit: \(first.type.name) \(kind.rawValue) \(second.type.name)",
        hint: Self.hint(first.type, second.type)
      )
      return nil
    }
    return TypedExpression(.arithmetic(kind, first.expression, second.expression), type: type)
  }

  /// Two values of one type.
  mutating func comparison(
    _ kind: Expression.Comparison,
    _ left: ExpressionSyntax,
    _ right: ExpressionSyntax
  ) -> TypedExpression? {
    // The side that may be a bare text waits for the other one.
    let isSwapped = isLiteral(left) && !isLiteral(right)
    guard let anchor = check(isSwapped ? right : left) else {
      if !isLiteral(isSwapped ? left : right) { _ = check(isSwapped ? left : right) }
      return nil
    }
    let otherSyntax = isSwapped ? left : right
    let anchorSyntax = isSwapped ? right : left
    guard let other = value(otherSyntax, besides: anchor, anchorSyntax) else { return nil }
    let first = isSwapped ? other : anchor
    let second = isSwapped ? anchor : other
    let whole = ExpressionSyntax.Word(text: "", start: left.start, end: right.end)
    guard let pair = Self.unify(first, second) else {
      tell(
        whole,
        "types do not fit: \(first.type.name) \(kind.rawValue) \(second.type.name)",
        hint: Self.hint(first.type, second.type)
      )
      return nil
    }
    let isEquality = kind == .equal || kind == .notEqual
    guard isEquality || pair.type.isOrdered else {
      tell(whole, "found '\(kind.rawValue)' between values that have no order, expected = or !=")
      return nil
    }
    return TypedExpression(.comparison(kind, pair.left, pair.right), type: .boolean)
  }

  /// `value in [a, b]`.
  mutating func membership(
    _ value: ExpressionSyntax,
    _ items: [ExpressionSyntax]
  ) -> TypedExpression? {
    guard let anchor = check(value) else { return nil }
    var literals: [Expression] = []
    var isRight = true
    for item in items {
      guard let other = self.value(item, besides: anchor, value) else {
        isRight = false
        continue
      }
      guard let pair = Self.unify(anchor, other), Self.isConstant(pair.right) else {
        tell(item, "found \(other.type.name), expected \(anchor.type.name) as it is written")
        isRight = false
        continue
      }
      literals.append(pair.right)
    }
    guard isRight else { return nil }
    return TypedExpression(.membership(anchor.expression, literals), type: .boolean)
  }

  /// `min`, `max` and `coalesce`.
  mutating func call(
    _ function: ExpressionSyntax.Word,
    _ arguments: [ExpressionSyntax]
  ) -> TypedExpression? {
    guard arguments.count >= 2, let first = arguments.first else {
      tell(function, "found '\(function.text)' of one value, expected at least two")
      return nil
    }
    guard var common = check(first) else { return nil }
    var values = [common.expression]
    for argument in arguments.dropFirst() {
      guard let other = value(argument, besides: common, nil) else { return nil }
      guard let pair = Self.unify(common, other) else {
        tell(
          argument,
          "types do not fit: \(common.type.name) and \(other.type.name)",
          hint: Self.hint(common.type, other.type)
        )
        return nil
      }
      common = TypedExpression(pair.left, type: pair.type)
      values[0] = values.count == 1 ? pair.left : values[0]
      values.append(pair.right)
    }
    guard function.text == "coalesce" || common.type.isOrdered else {
      tell(function, "found \(common.type.name) in '\(function.text)', expected numbers or dates")
      return nil
    }
    let expression: Expression
    switch function.text {
    case "min": expression = .minimum(values)
    case "max": expression = .maximum(values)
    default: expression = .coalesce(values)
    }
    return TypedExpression(expression, type: common.type)
  }

  /// A value beside another one: where that is a text, a bare word or number is a text too.
  private mutating func value(
    _ syntax: ExpressionSyntax,
    besides anchor: TypedExpression,
    _ comparedWith: ExpressionSyntax?
  ) -> TypedExpression? {
    guard anchor.type == .text, let text = literalText(syntax) else { return check(syntax) }
    if case .word(let name)? = comparedWith?.node,
      case .value(.text, let domain?) = scope.columns[name], !domain.contains(text)
    {
      let near = nearestName(to: text, among: domain)
      tell(
        syntax,
        "'\(name)' is never '\(text)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "it is \(domain.formattedChoice)"
      )
      return nil
    }
    return TypedExpression(.text(text), type: .text)
  }

  /// The text of what could be one: a quoted text, a number, or a word that is no column.
  private func literalText(_ syntax: ExpressionSyntax) -> String? {
    switch syntax.node {
    case .quoted(let text), .integer(let text), .decimal(let text): text
    case .word(let name): scope.columns.contains(name) ? nil : name
    default: nil
    }
  }

  private func isLiteral(_ syntax: ExpressionSyntax) -> Bool { literalText(syntax) != nil }

  private static func isConstant(_ expression: Expression) -> Bool {
    switch expression {
    case .integer, .decimal, .text, .date, .boolean: true
    default: false
    }
  }

  private static func unify(
    _ left: TypedExpression,
    _ right: TypedExpression
  ) -> (left: Expression, right: Expression, type: ValueType)? {
    if left.type == right.type { return (left.expression, right.expression, left.type) }
    switch (left.type, right.type) {
    case (.money, .integer):
      // A number that is written beside money means cents.
      guard isConstant(right.expression) else { return nil }
      return (left.expression, right.expression, .money)
    case (.decimal, .integer), (.integer, .decimal):
      return (left.expression, right.expression, .decimal)
    case (.integer, .money):
      guard let swapped = unify(right, left) else { return nil }
      return (swapped.right, swapped.left, swapped.type)
    default: return nil
    }
  }

  /// A division yields a decimal number; a part or a multiple of money stays money.
  private static func result(
    of kind: Expression.Arithmetic,
    _ left: ValueType,
    _ right: ValueType
  ) -> ValueType? {
    switch (kind, left, right) {
    case (.subtract, .date, .date): .integer
    case (.add, .date, .integer), (.subtract, .date, .integer), (.add, .integer, .date): .date
    case (.add, .money, .money), (.subtract, .money, .money): .money
    case (.multiply, .money, _) where right.isNumber: .money
    case (.multiply, _, .money) where left.isNumber: .money
    case (.divide, .money, _) where right.isNumber: .money
    case (.divide, .money, .money): .decimal
    case (.divide, _, _) where left.isNumber && right.isNumber: .decimal
    case (_, .integer, .integer): .integer
    case (_, _, _) where left.isNumber && right.isNumber: .decimal
    default: nil
    }
  }

  private static func hint(_ left: ValueType, _ right: ValueType) -> String? {
    switch (left, right) {
    case (.money, _), (_, .money): "money goes with money; a number that is written means cents"
    case (.date, _), (_, .date): "dates go with dates, written as 2026-08-31"
    default: nil
    }
  }
}
