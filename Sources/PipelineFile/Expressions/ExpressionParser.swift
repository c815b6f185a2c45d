import Diagnostics

/// Reads the expression language by recursive descent.
///
/// ```
/// or         = and {"or" and}
/// and        = not {"and" not}
/// not        = "not" not | comparison
/// comparison = sum [("=" | "!=" | "<" | "<=" | ">" | ">=") sum | ["not"] "in" "[" … "]"
///              | "is" ["not"] "missing"]
/// sum        = product {("+" | "-") product}
/// product    = unary {("*" | "/") unary}
/// unary      = "-" unary | primary
/// primary    = literal | "(" or ")" | "years" "from" sum "to" sum | FUNCTION "(" … ")"
///              | SOURCE "." FUNCTION ["(" COLUMN ")"] ["where" or] [window]
///              | "episodes" "." KIND "." FIGURE | SOURCE "." COLUMN | COLUMN
/// window     = "over" ("last" | "next") NUMBER "months"
/// ```
struct ExpressionParser {
  static let functions = ["band", "min", "max", "coalesce"]
  static let reserved: Set<String> = [
    "and", "or", "not", "in", "is", "missing", "where", "true", "false", "from", "to",
  ]
  private static let depthLimit = 40

  private let tokens: [ExpressionToken]
  private var position: Int
  private var depth = 0

  /// Begins at one of the tokens that the lexer made, the last of which is `end`.
  init(_ tokens: [ExpressionToken], from position: Int = 0) {
    self.tokens = tokens
    self.position = position
  }

  /// Reads all that is left as one expression.
  mutating func whole() throws(ExpressionFault) -> ExpressionSyntax {
    let expression = try disjunction()
    guard current.kind == .end else { throw unexpected("the end of the expression") }
    return expression
  }

  private var current: ExpressionToken { tokens[min(position, tokens.count - 1)] }
  private var following: ExpressionToken { tokens[min(position + 1, tokens.count - 1)] }
  private var lastEnd: Int { position > 0 ? tokens[min(position, tokens.count) - 1].end : 0 }

  private mutating func accept(sign: String) -> Bool {
    guard current.isSign(sign) else { return false }
    position += 1
    return true
  }

  private mutating func accept(word: String) -> Bool {
    guard current.isWord(word) else { return false }
    position += 1
    return true
  }

  private mutating func expect(sign: String) throws(ExpressionFault) {
    guard accept(sign: sign) else { throw unexpected("'\(sign)'") }
  }

  private mutating func disjunction() throws(ExpressionFault) -> ExpressionSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw ExpressionFault(
        "found more than \(Self.depthLimit) levels of parentheses",
        from: current.start,
        to: current.end
      )
    }
    var left = try conjunction()
    while accept(word: "or") { left = join(left, try conjunction()) { .or($0, $1) } }
    return left
  }

  private mutating func conjunction() throws(ExpressionFault) -> ExpressionSyntax {
    var left = try negation()
    while accept(word: "and") { left = join(left, try negation()) { .and($0, $1) } }
    return left
  }

  private mutating func negation() throws(ExpressionFault) -> ExpressionSyntax {
    let start = current.start
    guard accept(word: "not") else { return try comparison() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw unexpected("a comparison") }
    let operand = try negation()
    return ExpressionSyntax(node: .not(operand), start: start, end: operand.end)
  }

  private mutating func comparison() throws(ExpressionFault) -> ExpressionSyntax {
    let left = try sum()
    if case .sign(let sign) = current.kind, let kind = Expression.Comparison(rawValue: sign) {
      position += 1
      let right = try sum()
      if case .sign(let next) = current.kind, Expression.Comparison(rawValue: next) != nil {
        throw ExpressionFault(
          "found a second comparison in a row",
          hint: "join two comparisons by 'and'",
          from: current.start,
          to: current.end
        )
      }
      return join(left, right) { .comparison(kind, $0, $1) }
    }
    if current.isWord("not"), following.isWord("in") {
      position += 1
      let inner = try membership(of: left)
      return ExpressionSyntax(node: .not(inner), start: inner.start, end: inner.end)
    }
    if current.isWord("in") { return try membership(of: left) }
    guard accept(word: "is") else { return left }
    let isNegated = accept(word: "not")
    guard accept(word: "missing") else { throw unexpected("'missing'") }
    let inner = ExpressionSyntax(node: .isMissing(left), start: left.start, end: lastEnd)
    return isNegated
      ? ExpressionSyntax(node: .not(inner), start: left.start, end: lastEnd) : inner
  }

  private mutating func membership(
    of value: ExpressionSyntax
  ) throws(ExpressionFault) -> ExpressionSyntax {
    position += 1
    try expect(sign: "[")
    var items: [ExpressionSyntax] = []
    repeat { items.append(try unary()) } while accept(sign: ",")
    try expect(sign: "]")
    return ExpressionSyntax(node: .membership(value, items), start: value.start, end: lastEnd)
  }

  private mutating func sum() throws(ExpressionFault) -> ExpressionSyntax {
    var left = try product()
    while current.isSign("+") || current.isSign("-") {
      let kind: Expression.Arithmetic = current.isSign("+") ? .add : .subtract
      position += 1
      left = join(left, try product()) { .arithmetic(kind, $0, $1) }
    }
    return left
  }

  private mutating func product() throws(ExpressionFault) -> ExpressionSyntax {
    var left = try unary()
    while current.isSign("*") || current.isSign("/") {
      let kind: Expression.Arithmetic = current.isSign("*") ? .multiply : .divide
      position += 1
      left = join(left, try unary()) { .arithmetic(kind, $0, $1) }
    }
    return left
  }

  private mutating func unary() throws(ExpressionFault) -> ExpressionSyntax {
    let start = current.start
    guard accept(sign: "-") else { return try primary() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw unexpected("a value") }
    let operand = try unary()
    return ExpressionSyntax(node: .negate(operand), start: start, end: operand.end)
  }

  private mutating func primary() throws(ExpressionFault) -> ExpressionSyntax {
    let token = current
    let node: ExpressionSyntax.Node
    switch token.kind {
    case .integer(let digits): node = .integer(digits)
    case .decimal(let digits): node = .decimal(digits)
    case .date(let date): node = .date(date)
    case .quoted(let text): node = .quoted(text)
    case .sign("("):
      position += 1
      let inner = try disjunction()
      try expect(sign: ")")
      return ExpressionSyntax(node: inner.node, start: token.start, end: lastEnd)
    case .word("true"): node = .boolean(true)
    case .word("false"): node = .boolean(false)
    case .word(let word):
      guard !Self.reserved.contains(word) else { throw unexpected("a value") }
      return try named(word, token)
    case .sign, .end: throw unexpected("a value")
    }
    position += 1
    return ExpressionSyntax(node: node, start: token.start, end: token.end)
  }

  private mutating func named(
    _ word: String,
    _ token: ExpressionToken
  ) throws(ExpressionFault) -> ExpressionSyntax {
    if word == "years", following.isWord("from") {
      position += 2
      let from = try sum()
      guard accept(word: "to") else { throw unexpected("'to'") }
      let to = try sum()
      return ExpressionSyntax(node: .years(from: from, to: to), start: token.start, end: to.end)
    }
    position += 1
    if current.isSign("(") { return try call(word, token) }
    if current.isSign(".") { return try member(word, token) }
    return ExpressionSyntax(node: .word(word), start: token.start, end: token.end)
  }

  private mutating func call(
    _ name: String,
    _ token: ExpressionToken
  ) throws(ExpressionFault) -> ExpressionSyntax {
    guard Self.functions.contains(name) else {
      let near = nearestName(to: name, among: Self.functions)
      throw ExpressionFault(
        "found the function '\(name)', which is none",
        hint: near.map { "did you mean '\($0)'?" }
          ?? "functions are \(Self.functions.formattedNames), and: years from … to …",
        from: token.start,
        to: token.end
      )
    }
    try expect(sign: "(")
    var arguments: [ExpressionSyntax] = []
    repeat { arguments.append(try disjunction()) } while accept(sign: ",")
    try expect(sign: ")")
    let node: ExpressionSyntax.Node
    if name == "band", let first = arguments.first {
      node = .band(first, Array(arguments.dropFirst()))
    } else {
      node = .call(Self.word(name, token), arguments)
    }
    return ExpressionSyntax(node: node, start: token.start, end: lastEnd)
  }

  private mutating func member(
    _ source: String,
    _ token: ExpressionToken
  ) throws(ExpressionFault) -> ExpressionSyntax {
    try expect(sign: ".")
    let name = current
    guard case .word(let text) = name.kind else { throw unexpected("a name") }
    position += 1
    if current.isSign("."), case .word(let figure) = following.kind {
      position += 2
      let column = ExpressionSyntax.Node.word("\(source).\(text).\(figure)")
      return ExpressionSyntax(node: column, start: token.start, end: lastEnd)
    }
    let from = Self.word(source, token)
    let word = Self.word(text, name)
    guard current.isSign("(") || text == "count" else {
      return ExpressionSyntax(
        node: .member(source: from, column: word),
        start: token.start,
        end: lastEnd
      )
    }
    var column: ExpressionSyntax.Word?
    if accept(sign: "(") {
      if case .word(let text) = current.kind {
        column = Self.word(text, current)
        position += 1
      }
      guard accept(sign: ")") else {
        throw unexpected(column == nil ? "the name of a column" : "')'")
      }
    }
    var condition: ExpressionSyntax?
    if accept(word: "where") { condition = try disjunction() }
    let window = try window()
    return ExpressionSyntax(
      node: .accumulator(
        source: from,
        function: word,
        column: column,
        condition: condition,
        window: window
      ),
      start: token.start,
      end: lastEnd
    )
  }

  private mutating func window() throws(ExpressionFault) -> ExpressionSyntax.WindowPart? {
    let start = current.start
    guard accept(word: "over") else { return nil }
    guard case .word(let word) = current.kind, let side = Window.Side(rawValue: word) else {
      throw unexpected("'last' or 'next'")
    }
    position += 1
    guard case .integer(let digits) = current.kind, let months = Int(digits),
      Window.monthCounts.contains(months)
    else {
      let counts = Window.monthCounts
      throw unexpected("a number of months, \(counts.lowerBound) to \(counts.upperBound)")
    }
    position += 1
    guard accept(word: "months") || accept(word: "month") else { throw unexpected("'months'") }
    if current.isWord("where") {
      throw ExpressionFault(
        "found 'where' after a window",
        hint: "write 'where' before 'over'",
        from: current.start,
        to: current.end
      )
    }
    let window = Window(side: side, months: months)
    return ExpressionSyntax.WindowPart(
      window: window,
      word: ExpressionSyntax.Word(text: window.description, start: start, end: lastEnd)
    )
  }

  private func join(
    _ left: ExpressionSyntax,
    _ right: ExpressionSyntax,
    _ node: (ExpressionSyntax, ExpressionSyntax) -> ExpressionSyntax.Node
  ) -> ExpressionSyntax {
    ExpressionSyntax(node: node(left, right), start: left.start, end: right.end)
  }

  private func unexpected(_ expected: String) -> ExpressionFault {
    let found: String
    switch current.kind {
    case .end:
      return ExpressionFault(
        "found the end of the expression, expected \(expected)",
        from: max(0, lastEnd - 1),
        to: lastEnd
      )
    case .word(let text): found = "'\(text)'"
    case .integer, .decimal: found = "a number"
    case .date: found = "a date"
    case .quoted: found = "a text in quotes"
    case .sign(let text): found = "'\(text)'"
    }
    let hint = "a window follows rows, as: care.count over last 12 months"
    return ExpressionFault(
      "found \(found), expected \(expected)",
      hint: current.isWord("over") ? hint : nil,
      from: current.start,
      to: current.end
    )
  }

  private static func word(_ text: String, _ token: ExpressionToken) -> ExpressionSyntax.Word {
    ExpressionSyntax.Word(text: text, start: token.start, end: token.end)
  }
}
