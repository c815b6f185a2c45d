import Tabular

/// The values of an expression: one for each record, or a single one for all of them.
enum Vector: Sendable {
  /// Missing is `missingInteger`; never in ten-thousandths, which are `decimals`.
  case integers([Int64], IntegerUnit)
  /// Missing is not a number.
  case decimals([Double])
  /// Row numbers into a dictionary, in any order; missing is `missingCode`.
  case codes([Int32], dictionary: [String])
  /// Two-valued: a comparison with a missing value is false.
  case booleans([Bool])

  /// The values of a run of records; nil for tokens, which no expression reads.
  init?(_ column: Column, records: Range<Int>) {
    switch column {
    case .integers(let values, .tenThousandths):
      self = .decimals(
        values[records].map { $0 == missingInteger ? .nan : Double($0) / 10_000 }
      )
    case .integers(let values, let unit): self = .integers(run(of: values, records), unit)
    case .codes(let values, let dictionary):
      self = .codes(run(of: values, records), dictionary: dictionary)
    case .tokens: return nil
    }
  }

  var count: Int {
    switch self {
    case .integers(let values, _): values.count
    case .decimals(let values): values.count
    case .codes(let values, _): values.count
    case .booleans(let values): values.count
    }
  }

  /// The same values, one for each of `count` records.
  func spread(over count: Int) -> Vector {
    guard self.count == 1, count != 1 else { return self }
    return switch self {
    case .integers(let values, let unit): .integers(filled(values, count), unit)
    case .decimals(let values): .decimals(filled(values, count))
    case .codes(let values, let dictionary): .codes(filled(values, count), dictionary: dictionary)
    case .booleans(let values): .booleans(filled(values, count))
    }
  }

  /// The values of some records, in their order.
  func taking(_ records: [Int]) -> Vector {
    switch self {
    case .integers(let values, let unit): .integers(records.map { values[$0] }, unit)
    case .decimals(let values): .decimals(records.map { values[$0] })
    case .codes(let values, let dictionary):
      .codes(records.map { values[$0] }, dictionary: dictionary)
    case .booleans(let values): .booleans(records.map { values[$0] })
    }
  }

  /// The values of each identity, once for each of its rows.
  func repeated(by rowCounts: [Int32], rowCount: Int) -> Vector {
    switch self {
    case .integers(let values, let unit):
      .integers(expanded(values, by: rowCounts, rowCount: rowCount), unit)
    case .decimals(let values): .decimals(expanded(values, by: rowCounts, rowCount: rowCount))
    case .codes(let values, let dictionary):
      .codes(expanded(values, by: rowCounts, rowCount: rowCount), dictionary: dictionary)
    case .booleans(let values): .booleans(expanded(values, by: rowCounts, rowCount: rowCount))
    }
  }

  /// Numbers as doubles; nil when the values are texts.
  var asDecimals: [Double]? {
    switch self {
    case .decimals(let values): values
    case .integers(let values, _): values.map { $0 == missingInteger ? .nan : Double($0) }
    case .booleans, .codes: nil
    }
  }

  /// Integers and truth values as integers; nil for the others.
  var asIntegers: [Int64]? {
    switch self {
    case .integers(let values, _): values
    case .booleans(let values): values.map { $0 ? 1 : 0 }
    case .decimals, .codes: nil
    }
  }

  /// Truth values; a yes-no column holds 1 and 0, and unknown is not true.
  var asBooleans: [Bool]? {
    switch self {
    case .booleans(let values): values
    case .integers(let values, _): values.map { $0 != missingInteger && $0 != 0 }
    case .decimals, .codes: nil
    }
  }
}

/// The array itself when it is asked for whole: no copy.
private func run<Value>(of values: [Value], _ records: Range<Int>) -> [Value] {
  records == values.indices ? values : Array(values[records])
}

private func filled<Value>(_ values: [Value], _ count: Int) -> [Value] {
  values.first.map { [Value](repeating: $0, count: count) } ?? []
}

private func expanded<Value>(_ values: [Value], by rowCounts: [Int32], rowCount: Int) -> [Value] {
  var result: [Value] = []
  result.reserveCapacity(rowCount)
  for (value, count) in zip(values, rowCounts) {
    result.append(contentsOf: repeatElement(value, count: Int(count)))
  }
  return result
}
