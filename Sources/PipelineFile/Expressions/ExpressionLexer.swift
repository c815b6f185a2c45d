/// Cuts an expression into tokens.
struct ExpressionLexer {
  /// Bounds the depth of the tree: it is walked by recursion.
  static let tokenLimit = 500

  private let scalars: [Unicode.Scalar]
  private var position = 0

  private init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// - Returns: the tokens, the last of which is `end`.
  static func tokens(of text: String) throws(ExpressionFault) -> [ExpressionToken] {
    var lexer = ExpressionLexer(text)
    var tokens: [ExpressionToken] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
      guard tokens.count < tokenLimit else {
        throw ExpressionFault(
          "found more than \(tokenLimit) words and signs, expected a shorter expression",
          hint: "derive parts of it as columns of their own",
          from: token.start,
          to: token.end
        )
      }
    }
  }

  private mutating func next() throws(ExpressionFault) -> ExpressionToken {
    while position < scalars.count, [" ", "\n", "\t"].contains(scalars[position]) { position += 1 }
    let start = position
    guard position < scalars.count else {
      return ExpressionToken(kind: .end, start: start, end: start)
    }
    let scalar = scalars[position]
    if let date = date() { return token(.date(date), from: start) }
    if isDigit(scalar) { return try number() }
    if isWordPart(scalar) {
      while position < scalars.count, isWordPart(scalars[position]) { position += 1 }
      return token(.word(text(from: start)), from: start)
    }
    if scalar == "'" || scalar == "\"" { return try quoted(by: scalar) }
    if position + 1 < scalars.count {
      let pair = String(String.UnicodeScalarView(scalars[position...position + 1]))
      if ["<=", ">=", "!="].contains(pair) {
        position += 2
        return token(.sign(pair), from: start)
      }
      if let meant = ["==": "=", "<>": "!=", "=<": "<=", "=>": ">=", "&&": "and", "||": "or"][pair]
      {
        throw ExpressionFault(
          "found '\(pair)', which is no sign of the language",
          hint: "did you mean '\(meant)'?",
          from: start,
          to: start + 2
        )
      }
    }
    if "()[],.+-*/=<>".unicodeScalars.contains(scalar) {
      position += 1
      return token(.sign(String(Character(scalar))), from: start)
    }
    throw ExpressionFault(
      "found a character that has no meaning in an expression",
      hint: "texts that hold more than letters, digits and '_' stand in quotes",
      from: start,
      to: start + 1
    )
  }

  private mutating func number() throws(ExpressionFault) -> ExpressionToken {
    let start = position
    skipDigits()
    if position < scalars.count, isWordPart(scalars[position]) {
      // A code such as 01A05.
      while position < scalars.count, isWordPart(scalars[position]) { position += 1 }
      return token(.word(text(from: start)), from: start)
    }
    guard position + 1 < scalars.count, scalars[position] == ".", isDigit(scalars[position + 1])
    else { return token(.integer(text(from: start)), from: start) }
    position += 1
    skipDigits()
    return token(.decimal(text(from: start)), from: start)
  }

  /// `YYYY-MM-DD` without a blank.
  private mutating func date() -> String? {
    guard position + 10 <= scalars.count else { return nil }
    let part = Array(scalars[position..<position + 10])
    for (offset, scalar) in part.enumerated() {
      let isDash = offset == 4 || offset == 7
      guard isDash ? scalar == "-" : isDigit(scalar) else { return nil }
    }
    if position + 10 < scalars.count, isWordPart(scalars[position + 10]) { return nil }
    position += 10
    return String(String.UnicodeScalarView(part))
  }

  /// A doubled quote within is one.
  private mutating func quoted(by quote: Unicode.Scalar) throws(ExpressionFault) -> ExpressionToken
  {
    let start = position
    var content = String.UnicodeScalarView()
    position += 1
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      if scalar == quote {
        guard position < scalars.count, scalars[position] == quote else {
          return token(.quoted(String(content)), from: start)
        }
        position += 1
      }
      content.append(scalar)
    }
    throw ExpressionFault(
      "found a quote without its end",
      hint: "close it",
      from: start,
      to: start + 1
    )
  }

  private mutating func skipDigits() {
    while position < scalars.count, isDigit(scalars[position]) { position += 1 }
  }

  private func text(from start: Int) -> String {
    String(String.UnicodeScalarView(scalars[start..<position]))
  }

  private func token(_ kind: ExpressionToken.Kind, from start: Int) -> ExpressionToken {
    ExpressionToken(kind: kind, start: start, end: position)
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { 0x30...0x39 ~= scalar.value }

  private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }
}
