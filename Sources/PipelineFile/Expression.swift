/// A node of the expression language; names are resolved, `a where b` stays apart.
package indirect enum Expression: Sendable, Hashable {
  case integer(Int64)
  /// In ten-thousandths.
  case decimal(Int64)
  case text(String)
  /// Days since 1970-01-01.
  case date(Int64)
  case boolean(Bool)
  /// A column of the persons or, inside an accumulator's `where`, of the source's rows.
  case column(String)
  case accumulator(Accumulator)
  case negate(Expression)
  case not(Expression)
  case arithmetic(Arithmetic, Expression, Expression)
  case comparison(Comparison, Expression, Expression)
  case and(Expression, Expression)
  case or(Expression, Expression)
  /// `value in [a, b]`: the list holds literals.
  case membership(Expression, [Expression])
  case isMissing(Expression)
  /// `band(value, 0, 18, 65)`: `0-17`, `18-64`, `65+`; `unknown` when missing, below the first
  /// bound or above 120.
  case band(Expression, [Int64])
  /// `years from <year or date> to <date>`: from a birth year alone the age that is right at the
  /// turn of the year (year − birth year after 30 June, one less before).
  case years(from: Expression, to: Expression)
  case minimum([Expression])
  case maximum([Expression])
  /// The first that is not missing.
  case coalesce([Expression])

  /// An operation on two numbers, as it is written.
  package enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
  }

  /// A comparison, as it is written.
  package enum Comparison: String, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }
}

extension Expression {
  /// The labels of `band`, as tables show them.
  ///
  /// - Parameter bounds: ascending.
  /// - Returns: one a bound, then `unknown`.
  package static func bandLabels(_ bounds: [Int64]) -> [String] {
    var labels = zip(bounds, bounds.dropFirst()).map { least, next in "\(least)-\(next &- 1)" }
    if let last = bounds.last { labels.append("\(last)+") }
    return labels + ["unknown"]
  }
}

/// What a person's linked rows of one source come to: `care.sum(amount) where …`.
package struct Accumulator: Sendable, Hashable {
  /// What the rows come to.
  package enum Function: String, Sendable { case count, sum, min, max }
  package let source: String
  package let function: Function
  /// The column of the rows; nil for `count`.
  package let column: String?
  /// On the columns of the rows; nil without.
  package let condition: Expression?
  /// The months of which rows count; nil: those of the period, or all where the source has no time.
  package let window: Window?

  package init(
    source: String,
    function: Function,
    column: String?,
    condition: Expression?,
    window: Window? = nil
  ) {
    self.source = source
    self.function = function
    self.column = column
    self.condition = condition
    self.window = window
  }
}

/// What an expression yields.
///
/// Money and dates have units and do not mix.
package enum ValueType: Sendable, Hashable {
  case integer
  case decimal
  /// Cents.
  case money
  /// Days since 1970-01-01.
  case date
  case text
  case boolean
}

/// An expression whose types fit.
package struct TypedExpression: Sendable, Hashable {
  package let expression: Expression
  package let type: ValueType

  package init(_ expression: Expression, type: ValueType) {
    self.expression = expression
    self.type = type
  }
}
