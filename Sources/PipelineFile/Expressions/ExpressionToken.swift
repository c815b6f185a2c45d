/// A word, number or sign of an expression, with its scalar offsets in the text.
struct ExpressionToken: Equatable {
  enum Kind: Equatable {
    case word(String)
    /// Digits, as written.
    case integer(String)
    /// Digits, a point, digits, as written.
    case decimal(String)
    case date(String)
    /// In quotes; without them.
    case quoted(String)
    case sign(String)
    case end
  }

  let kind: Kind
  let start: Int
  let end: Int

  func isWord(_ text: String) -> Bool { kind == .word(text) }
  func isSign(_ text: String) -> Bool { kind == .sign(text) }
}

/// What is wrong with an expression, and where in its text.
struct ExpressionFault: Error, Hashable {
  let sentence: String
  let hint: String?
  let start: Int
  let end: Int

  init(_ sentence: String, hint: String? = nil, from start: Int, to end: Int) {
    self.sentence = sentence
    self.hint = hint
    self.start = start
    self.end = max(start + 1, end)
  }
}
