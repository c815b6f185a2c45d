extension Expression {
  /// The nodes directly below; the condition of an accumulator is not one of them.
  private var operands: [Expression] {
    switch self {
    case .integer, .decimal, .text, .date, .boolean, .column, .accumulator: []
    case .negate(let operand), .not(let operand), .isMissing(let operand), .band(let operand, _):
      [operand]
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .years(let left, let right):
      [left, right]
    case .membership(let operand, let literals): [operand] + literals
    case .minimum(let operands), .maximum(let operands), .coalesce(let operands): operands
    }
  }

  /// The accumulators it reads.
  package var accumulators: [Accumulator] {
    if case .accumulator(let accumulator) = self { return [accumulator] }
    return operands.flatMap(\.accumulators)
  }

  /// The person columns it reads.
  package var columnNames: [String] {
    if case .column(let name) = self { return [name] }
    return operands.flatMap(\.columnNames)
  }
}
