/// The column of rows that tells who gave the care.
package let providerColumn = "provider"

/// A sum over rows, taken so many times.
package struct RowSum: Sendable, Hashable {
  /// A sum or a count.
  package let accumulator: Accumulator
  package let factor: Int64
}

extension AggregateStage {
  /// The sums over rows that a sum or a mean over persons is made of.
  ///
  /// - Parameter measure: of a table of persons.
  /// - Returns: empty where it is made of other things too, as of ages.
  package func rowSums(of measure: Measure) -> [RowSum] {
    switch measure.kind {
    case .sum(let typed), .mean(let typed): Self.rowSums(of: typed.expression, persons)
    default: []
    }
  }

  /// The same, of a number of each person.
  static func rowSums(of expression: Expression, _ persons: [DerivedColumn]) -> [RowSum] {
    expression.rowSums(persons[...]) ?? []
  }
}

extension Expression {
  /// The sums over rows that it is made of.
  ///
  /// - Parameter columns: that may be derived; each uses those before it.
  /// - Returns: nil where it is made of other things too.
  fileprivate func rowSums(_ columns: ArraySlice<DerivedColumn>) -> [RowSum]? {
    switch self {
    case .accumulator(let accumulator):
      switch accumulator.function {
      case .count, .sum: return [RowSum(accumulator: accumulator, factor: 1)]
      case .min, .max: return nil
      }
    case .column(let name):
      guard let place = columns.lastIndex(where: { $0.name == name }) else { return nil }
      return columns[place].expression.expression.rowSums(columns[..<place])
    case .negate(let operand): return operand.rowSums(columns)?.map { $0.times(-1) }
    case .arithmetic(.add, let left, let right):
      return left.rowSums(columns).flatMap { left in right.rowSums(columns).map { left + $0 } }
    case .arithmetic(.subtract, let left, let right):
      return left.rowSums(columns).flatMap { left in
        right.rowSums(columns).map { left + $0.map { $0.times(-1) } }
      }
    case .arithmetic(.multiply, .integer(let factor), let operand),
      .arithmetic(.multiply, let operand, .integer(let factor)):
      return operand.rowSums(columns)?.map { $0.times(factor) }
    case .coalesce(let operands):
      // A sum over rows is never missing.
      return operands.first?.rowSums(columns)
    case .integer, .decimal, .text, .date, .boolean, .arithmetic, .not, .comparison, .and, .or,
      .membership, .isMissing, .band, .years, .minimum, .maximum:
      return nil
    }
  }
}

extension RowSum {
  fileprivate func times(_ factor: Int64) -> RowSum {
    RowSum(accumulator: accumulator, factor: self.factor &* factor)
  }
}
