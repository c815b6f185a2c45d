/// An expression as written: names are not looked up, types not checked.
struct ExpressionSyntax {
  indirect enum Node {
    case integer(String)
    case decimal(String)
    case date(String)
    case quoted(String)
    case boolean(Bool)
    /// A column, or a bare text.
    case word(String)
    /// `care.amount`.
    case member(source: Word, column: Word)
    /// `care.sum(amount) where …`.
    case accumulator(
      source: Word,
      function: Word,
      column: Word?,
      condition: ExpressionSyntax?,
      window: WindowPart?
    )
    case negate(ExpressionSyntax)
    case not(ExpressionSyntax)
    case arithmetic(Expression.Arithmetic, ExpressionSyntax, ExpressionSyntax)
    case comparison(Expression.Comparison, ExpressionSyntax, ExpressionSyntax)
    case and(ExpressionSyntax, ExpressionSyntax)
    case or(ExpressionSyntax, ExpressionSyntax)
    case membership(ExpressionSyntax, [ExpressionSyntax])
    case isMissing(ExpressionSyntax)
    case band(ExpressionSyntax, [ExpressionSyntax])
    case years(from: ExpressionSyntax, to: ExpressionSyntax)
    case call(Word, [ExpressionSyntax])
  }

  /// A name with its place.
  struct Word {
    let text: String
    let start: Int
    let end: Int
  }

  /// A window with its place.
  struct WindowPart {
    let window: Window
    let word: Word
  }

  let node: Node
  let start: Int
  let end: Int
}
