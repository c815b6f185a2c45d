import Tabular

/// The labels of the integers that occur in a column.
struct NumberLabels: Sendable {
  /// Distinct, in byte order; always holds `unknown`.
  let labels: [String]
  /// Ascending, without the missing value.
  private let numbers: [Int64]
  private let labelOfNumber: [Int32]
  private let unknown: Int32

  /// - Parameters:
  ///   - distinct: in any order; the missing value may be among them.
  ///   - unit: how they are read.
  init(distinct: [Int64], unit: IntegerUnit) {
    numbers = distinct.filter { $0 != missingInteger }.sorted()
    let unified = UnifiedDictionary([numbers.map { labelText($0, unit) }, [unknownLabel]])
    labels = unified.texts
    labelOfNumber = unified.codes[0]
    unknown = unified.codes[1][0]
  }

  /// The label of each value; `unknown` for a number that was not announced.
  func codes(of values: [Int64]) -> [Int32] {
    var last = missingInteger
    var lastCode = unknown
    return values.map { value in
      if value == last { return lastCode }
      last = value
      lastCode = code(of: value)
      return lastCode
    }
  }

  private func code(of value: Int64) -> Int32 {
    guard let first = numbers.first, let final = numbers.last, value >= first, value <= final
    else { return unknown }
    // Ages and years stand close together: mostly the first guess is right.
    let (distance, overflow) = value.subtractingReportingOverflow(first)
    if !overflow, distance < numbers.count, numbers[Int(distance)] == value {
      return labelOfNumber[Int(distance)]
    }
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < numbers.count && numbers[low] == value ? labelOfNumber[low] : unknown
  }
}

/// The integers that occur, each once, in no order.
func distinctValues(_ values: [Int64]) -> [Int64] {
  var seen: Set<Int64> = []
  var last: Int64?
  for value in values where value != last {
    seen.insert(value)
    last = value
  }
  return Array(seen)
}

/// An integer as people read it: a date, a decimal number, else its digits.
private func labelText(_ number: Int64, _ unit: IntegerUnit) -> String {
  switch unit {
  case .number, .cents, .year: return String(number)
  case .yesNo: return number == 0 ? "no" : "yes"
  case .day: return civilDate(number)?.description ?? String(number)
  case .tenThousandths:
    let digits = String(number.magnitude % 10_000)
    let padded = String(repeating: "0", count: 4 - digits.count) + digits
    let fraction = padded.reversed().drop { $0 == "0" }.reversed()
    let whole = (number < 0 ? "-" : "") + String(number.magnitude / 10_000)
    return fraction.isEmpty ? whole : whole + "." + String(fraction)
  }
}
