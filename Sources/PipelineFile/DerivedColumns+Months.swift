extension [DerivedColumn] {
  /// How many months to come an expression looks at, by itself or through these columns.
  func monthsAhead(of expression: Expression) -> Int {
    var wanted = Set(expression.columnNames)
    var months = expression.monthsAhead
    // Each column is made of earlier ones alone: one walk from the last finds them all.
    for column in reversed() where wanted.contains(column.name) {
      wanted.formUnion(column.expression.expression.columnNames)
      months = Swift.max(months, column.expression.expression.monthsAhead)
    }
    return months
  }
}

extension Expression {
  fileprivate var monthsAhead: Int {
    accumulators.compactMap { accumulator in
      accumulator.window.flatMap { $0.side == .next ? $0.months : nil }
    }.max() ?? 0
  }
}
