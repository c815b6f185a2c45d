import PipelineFile
import Tabular

extension ExpressionEvaluator {
  /// False wherever a side is missing.
  func compare(
    _ comparison: Expression.Comparison,
    _ left: Vector,
    _ right: Vector
  ) throws(PopulationTablesError) -> [Bool] {
    switch (left, right) {
    case (.codes(let leftValues, let leftTexts), .codes(let rightValues, let rightTexts)):
      let unified = UnifiedDictionary([leftTexts, rightTexts])
      return holds(
        comparison,
        numbered(leftValues, unified.codes[0]),
        numbered(rightValues, unified.codes[1])
      )
    case (.codes, .integers(let numbers, .number)) where numbers.count == 1:
      // `message = 323`: the code is written in digits.
      return try compare(comparison, left, .codes([0], dictionary: [String(numbers[0])]))
    case (.integers(let numbers, .number), .codes) where numbers.count == 1:
      return try compare(comparison, .codes([0], dictionary: [String(numbers[0])]), right)
    default: break
    }
    if let leftValues = left.asIntegers, let rightValues = right.asIntegers {
      return holds(comparison, leftValues, rightValues)
    }
    guard let leftValues = left.asDecimals, let rightValues = right.asDecimals else {
      throw mismatch
    }
    // Not a number compares as false, except that it is unequal to everything.
    return switch comparison {
    case .equal: paired(leftValues, rightValues) { $0 == $1 }
    case .notEqual: paired(leftValues, rightValues) { $0 < $1 || $0 > $1 }
    case .less: paired(leftValues, rightValues) { $0 < $1 }
    case .lessOrEqual: paired(leftValues, rightValues) { $0 <= $1 }
    case .greater: paired(leftValues, rightValues) { $0 > $1 }
    case .greaterOrEqual: paired(leftValues, rightValues) { $0 >= $1 }
    }
  }

  /// Codes of a shared dictionary as integers; codes outside a dictionary are missing.
  private func numbered(_ values: [Int32], _ codes: [Int32]) -> [Int64] {
    values.map { codes.indices.contains(Int($0)) ? Int64(codes[Int($0)]) : missingInteger }
  }

  private func holds(
    _ comparison: Expression.Comparison,
    _ left: [Int64],
    _ right: [Int64]
  ) -> [Bool] {
    // Missing is the least integer: `known` of both sides is needed for every comparison.
    switch comparison {
    case .equal: paired(left, right) { $0 == $1 && $0 != missingInteger }
    case .notEqual:
      paired(left, right) { $0 != $1 && $0 != missingInteger && $1 != missingInteger }
    case .less: paired(left, right) { $0 < $1 && $0 != missingInteger }
    case .lessOrEqual: paired(left, right) { $0 <= $1 && $0 != missingInteger }
    case .greater: paired(left, right) { $0 > $1 && $1 != missingInteger }
    case .greaterOrEqual: paired(left, right) { $0 >= $1 && $1 != missingInteger }
    }
  }

  /// `band(value, 0, 18, 65)`: codes of `0-17`, `18-64`, `65+` and `unknown`.
  func band(_ operand: Expression, _ bounds: [Int64]) throws(PopulationTablesError) -> Vector {
    let unknown = Int32(bounds.count)
    let values: [Int64]
    switch try evaluate(operand) {
    case .integers(let integers, _): values = integers
    case .decimals(let decimals):
      values = decimals.map { Int64(exactly: $0.rounded(.down)) ?? missingInteger }
    case .booleans, .codes: throw mismatch
    }
    let codes = values.map { value -> Int32 in
      if value == missingInteger || value > 120 { return unknown }
      var band: Int32 = -1
      for bound in bounds {
        if value < bound { break }
        band += 1
      }
      return band < 0 ? unknown : band
    }
    return .codes(codes, dictionary: Expression.bandLabels(bounds))
  }

  /// Whole years; from a birth year alone, the age that is right at the turn of the year.
  func years(_ from: Expression, _ to: Expression) throws(PopulationTablesError) -> Vector {
    guard case .integers(let starts, let startUnit) = try evaluate(from),
      case .integers(let ends, let endUnit) = try evaluate(to)
    else { throw mismatch }
    let years = paired(starts, ends) { start, end -> Int64 in
      if start == missingInteger || end == missingInteger { return missingInteger }
      let endDate = endUnit == .day ? civilDate(end) : civilDate(ofYear: end, month: 12, day: 31)
      guard let endDate else { return missingInteger }
      if startUnit == .day {
        guard let startDate = civilDate(start) else { return missingInteger }
        let before = (endDate.month, endDate.day) < (startDate.month, startDate.day)
        return Int64(endDate.year - startDate.year - (before ? 1 : 0))
      }
      guard (1...9999).contains(start) else { return missingInteger }
      return Int64(endDate.year) - start - (endDate.month > 6 ? 0 : 1)
    }
    return .integers(years, .number)
  }
}

/// The date of a day number; nil outside the years 1 to 9999.
func civilDate(_ dayNumber: Int64) -> CivilDate? {
  (-719_162...2_932_896).contains(dayNumber) ? CivilDate(dayNumber: Int(dayNumber)) : nil
}

private func civilDate(ofYear year: Int64, month: Int, day: Int) -> CivilDate? {
  CivilDate(year: Int(clamping: year), month: month, day: day)
}
