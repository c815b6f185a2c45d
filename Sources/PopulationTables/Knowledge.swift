import PipelineFile

/// What is known of a condition: whether it holds, and for whom that cannot be said.
///
/// A record is `unknown` where the answer hangs on a missing value: true, false and unknown join as
/// in the logic of Kleene (1952). `truth` is two-valued as everywhere: a comparison with a missing
/// value is false there. Where a record is not unknown, both say the same.
struct Knowledge {
  /// One a record, or a single one for all.
  let truth: [Bool]
  /// One a record, or a single one for all; nil when all is known.
  let unknown: [Bool]?
}

extension ExpressionEvaluator {
  /// For whom a condition is not true, but could be if a missing value were there.
  ///
  /// - Parameter expression: a condition.
  /// - Returns: one a record.
  /// - Throws: `typeMismatch` when it is no condition, and what its evaluation throws.
  func unknown(of expression: Expression) throws(PopulationTablesError) -> [Bool] {
    let known = try knowledge(of: expression)
    guard let unknown = known.unknown else { return [Bool](repeating: false, count: count) }
    let open = paired(known.truth, unknown) { !$0 && $1 }
    return Vector.booleans(open).spread(over: count).asBooleans ?? open
  }

  /// Whether a condition holds, and for whom that cannot be said.
  func knowledge(of expression: Expression) throws(PopulationTablesError) -> Knowledge {
    switch expression {
    case .not(let operand):
      let inner = try knowledge(of: operand)
      return Knowledge(truth: inner.truth.map { !$0 }, unknown: inner.unknown)
    case .and(let left, let right):
      let (left, right) = (try knowledge(of: left), try knowledge(of: right))
      return Knowledge(
        truth: paired(left.truth, right.truth) { $0 && $1 },
        unknown: open(left, right, unlessEitherIs: false)
      )
    case .or(let left, let right):
      let (left, right) = (try knowledge(of: left), try knowledge(of: right))
      return Knowledge(
        truth: paired(left.truth, right.truth) { $0 || $1 },
        unknown: open(left, right, unlessEitherIs: true)
      )
    case .comparison(let comparison, let left, let right):
      let (leftValues, rightValues) = (try evaluate(left), try evaluate(right))
      return Knowledge(
        truth: try compare(comparison, leftValues, rightValues),
        unknown: either(try doubt(in: left, leftValues), try doubt(in: right, rightValues))
      )
    case .membership(let operand, _):
      return Knowledge(
        truth: try booleans(expression),
        unknown: try doubt(in: operand, try evaluate(operand))
      )
    default:
      let values = try evaluate(expression)
      guard let truth = values.asBooleans else { throw mismatch }
      return Knowledge(truth: truth, unknown: try doubt(in: expression, values))
    }
  }

  /// Where the value of an operand is not known; nil when it is everywhere.
  private func doubt(
    in operand: Expression,
    _ values: Vector
  ) throws(PopulationTablesError) -> [Bool]? {
    switch operand {
    case .not, .and, .or, .comparison, .membership: return try knowledge(of: operand).unknown
    case .column(let name):
      if case .booleans = values { return unknownOfColumn(name) }
    default: break
    }
    let isMissing = missing(values)
    return isMissing.contains(true) ? isMissing : nil
  }

  private func either(_ left: [Bool]?, _ right: [Bool]?) -> [Bool]? {
    guard let left, let right else { return left ?? right }
    return paired(left, right) { $0 || $1 }
  }

  /// Where one of two conditions is unknown and neither decides for both.
  private func open(
    _ left: Knowledge,
    _ right: Knowledge,
    unlessEitherIs decisive: Bool
  ) -> [Bool]? {
    guard let unknown = either(left.unknown, right.unknown) else { return nil }
    let decided = paired(
      paired(left.truth, left.unknown ?? [false]) { $0 == decisive && !$1 },
      paired(right.truth, right.unknown ?? [false]) { $0 == decisive && !$1 }
    ) { $0 || $1 }
    return paired(unknown, decided) { $0 && !$1 }
  }
}
