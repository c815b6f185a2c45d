import PipelineFile
import Tabular

/// Computes an expression for all records at once, node by node.
///
/// Unknown rules: arithmetic with a missing value is missing, a comparison with one is false, and
/// from there on truth is two-valued. A division by zero is missing.
struct ExpressionEvaluator {
  /// How many records.
  let count: Int
  /// Whose expression it is, for errors.
  let name: String
  let column: (_ name: String) throws(PopulationTablesError) -> Vector
  let accumulator: (_ accumulator: Accumulator) throws(PopulationTablesError) -> Vector
  /// Where a column of truth values is unknown; nil when it is known everywhere.
  var unknownOfColumn: (_ name: String) -> [Bool]? = { _ in nil }

  /// One value a record.
  func values(of expression: Expression) throws(PopulationTablesError) -> Vector {
    try evaluate(expression).spread(over: count)
  }

  /// One truth value a record.
  func truth(of expression: Expression) throws(PopulationTablesError) -> [Bool] {
    guard let truth = try values(of: expression).asBooleans else { throw mismatch }
    return truth
  }

  /// One value a record, or a single one when all have the same.
  func evaluate(_ expression: Expression) throws(PopulationTablesError) -> Vector {
    switch expression {
    case .integer(let number): return .integers([number], .number)
    case .decimal(let number): return .decimals([Double(number) / 10_000])
    case .text(let text): return .codes([0], dictionary: [text])
    case .date(let day): return .integers([day], .day)
    case .boolean(let truth): return .booleans([truth])
    case .column(let name): return try column(name)
    case .accumulator(let accumulator): return try self.accumulator(accumulator)
    case .negate(let operand): return try arithmetic(.subtract, .integer(0), operand)
    case .not(let operand): return .booleans(try booleans(operand).map { !$0 })
    case .arithmetic(let operation, let left, let right):
      return try arithmetic(operation, left, right)
    case .comparison(let comparison, let left, let right):
      return .booleans(try compare(comparison, evaluate(left), evaluate(right)))
    case .and(let left, let right):
      return .booleans(paired(try booleans(left), try booleans(right)) { $0 && $1 })
    case .or(let left, let right):
      return .booleans(paired(try booleans(left), try booleans(right)) { $0 || $1 })
    case .membership(let operand, let literals): return try membership(operand, literals)
    case .isMissing(let operand): return .booleans(missing(try evaluate(operand)))
    case .band(let operand, let bounds): return try band(operand, bounds)
    case .years(let from, let to): return try years(from, to)
    case .minimum(let operands):
      return try extreme(operands, integers: Swift.min, decimals: Swift.min)
    case .maximum(let operands):
      return try extreme(operands, integers: Swift.max, decimals: Swift.max)
    case .coalesce(let operands): return try coalesce(operands)
    }
  }

  var mismatch: PopulationTablesError { .typeMismatch(column: name) }
  var overflow: PopulationTablesError { .overflow(column: name) }

  func booleans(_ expression: Expression) throws(PopulationTablesError) -> [Bool] {
    guard let truth = try evaluate(expression).asBooleans else { throw mismatch }
    return truth
  }

  /// Applies an operation to values side by side; a single value goes with all.
  @inline(__always)
  func paired<Left, Right, Result>(
    _ left: [Left],
    _ right: [Right],
    _ operation: (Left, Right) -> Result
  ) -> [Result] {
    let width = left.count == 1 && right.count == 1 ? 1 : count
    // A single value is read again and again: every index becomes 0.
    let leftMask = left.count == 1 ? 0 : -1
    let rightMask = right.count == 1 ? 0 : -1
    var result: [Result] = []
    result.reserveCapacity(width)
    for record in 0..<width {
      result.append(operation(left[record & leftMask], right[record & rightMask]))
    }
    return result
  }

  func missing(_ vector: Vector) -> [Bool] {
    switch vector {
    case .integers(let values, _): values.map { $0 == missingInteger }
    case .decimals(let values): values.map(\.isNaN)
    case .codes(let values, _): values.map { $0 == missingCode }
    case .booleans(let values): values.map { _ in false }
    }
  }

  private func membership(
    _ operand: Expression,
    _ literals: [Expression]
  ) throws(PopulationTablesError) -> Vector {
    let value = try evaluate(operand)
    var found = [Bool](repeating: false, count: value.count)
    for literal in literals {
      let equal = try compare(.equal, value, evaluate(literal))
      for record in found.indices where equal[record] { found[record] = true }
    }
    return .booleans(found)
  }
}
