import PipelineFile
import Tabular

extension ExpressionEvaluator {
  /// `left + right` and its like; a division yields decimals.
  func arithmetic(
    _ operation: Expression.Arithmetic,
    _ left: Expression,
    _ right: Expression
  ) throws(PopulationTablesError) -> Vector {
    let left = try evaluate(left)
    let right = try evaluate(right)
    if case .integers(let leftValues, let leftUnit) = left,
      case .integers(let rightValues, let rightUnit) = right, operation != .divide
    {
      return .integers(
        try integers(operation, leftValues, rightValues),
        unit(operation, leftUnit, rightUnit)
      )
    }
    guard let leftValues = left.asDecimals, let rightValues = right.asDecimals else {
      throw mismatch
    }
    let values: [Double]
    switch operation {
    case .add: values = paired(leftValues, rightValues) { $0 + $1 }
    case .subtract: values = paired(leftValues, rightValues) { $0 - $1 }
    case .multiply: values = paired(leftValues, rightValues) { $0 * $1 }
    case .divide: values = paired(leftValues, rightValues) { $1 == 0 ? .nan : $0 / $1 }
    }
    if values.contains(where: \.isInfinite) { throw overflow }
    return .decimals(values)
  }

  private func integers(
    _ operation: Expression.Arithmetic,
    _ left: [Int64],
    _ right: [Int64]
  ) throws(PopulationTablesError) -> [Int64] {
    var overflowed = false
    let values = paired(left, right) { left, right -> Int64 in
      if left == missingInteger || right == missingInteger { return missingInteger }
      let result =
        switch operation {
        case .add: left.addingReportingOverflow(right)
        case .subtract: left.subtractingReportingOverflow(right)
        case .multiply, .divide: left.multipliedReportingOverflow(by: right)
        }
      // The least integer reads as "no value", so a result of it is too large as well.
      if result.overflow || result.partialValue == missingInteger { overflowed = true }
      return result.partialValue
    }
    if overflowed { throw overflow }
    return values
  }

  private func unit(
    _ operation: Expression.Arithmetic,
    _ left: IntegerUnit,
    _ right: IntegerUnit
  ) -> IntegerUnit {
    if left == .cents || right == .cents { return .cents }
    if operation == .subtract, left == right { return .number }
    if operation == .add || operation == .subtract { return left == .number ? right : left }
    return .number
  }

  /// The least or greatest of several; missing when one of them is.
  func extreme(
    _ operands: [Expression],
    integers: (Int64, Int64) -> Int64,
    decimals: (Double, Double) -> Double
  ) throws(PopulationTablesError) -> Vector {
    guard let first = operands.first else { throw mismatch }
    var best = try evaluate(first)
    for operand in operands.dropFirst() {
      let next = try evaluate(operand)
      if case .integers(let left, let unit) = best, case .integers(let right, _) = next {
        best = .integers(
          paired(left, right) {
            $0 == missingInteger || $1 == missingInteger ? missingInteger : integers($0, $1)
          },
          unit
        )
      } else if let left = best.asDecimals, let right = next.asDecimals {
        best = .decimals(paired(left, right) { $0.isNaN || $1.isNaN ? .nan : decimals($0, $1) })
      } else {
        throw mismatch
      }
    }
    return best
  }

  /// The first that is not missing.
  func coalesce(_ operands: [Expression]) throws(PopulationTablesError) -> Vector {
    guard let first = operands.first else { throw mismatch }
    var best = try evaluate(first)
    for operand in operands.dropFirst() {
      switch (best, try evaluate(operand)) {
      case (.integers(let left, let unit), .integers(let right, _)):
        best = .integers(paired(left, right) { $0 == missingInteger ? $1 : $0 }, unit)
      case (.codes(let left, let leftDictionary), .codes(let right, let rightDictionary)):
        let unified = UnifiedDictionary([leftDictionary, rightDictionary])
        let codes = paired(left, right) {
          $0 == missingCode
            ? ($1 == missingCode ? missingCode : unified.codes[1][Int($1)])
            : unified.codes[0][Int($0)]
        }
        best = .codes(codes, dictionary: unified.texts)
      case (.booleans, .booleans): break
      case (let left, let right):
        guard let left = left.asDecimals, let right = right.asDecimals else { throw mismatch }
        best = .decimals(paired(left, right) { $0.isNaN ? $1 : $0 })
      }
    }
    return best
  }
}
