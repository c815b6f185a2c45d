import Tabular

/// A dimension of a table: a label for each record.
struct LabelledCodes: Sendable {
  /// Distinct, in byte order.
  let labels: [String]
  /// One a record: a row number of `labels`.
  let codes: [Int32]

  /// Labels the values of records; a missing one is `unknown`.
  init(_ vector: Vector) {
    switch vector {
    case .codes(let values, let dictionary):
      let unified = UnifiedDictionary([dictionary, [unknownLabel]])
      let unknown = unified.codes[1][0]
      let map = unified.codes[0]
      labels = unified.texts
      codes = values.map { map.indices.contains(Int($0)) ? map[Int($0)] : unknown }
    case .booleans(let values):
      labels = ["no", "yes"]
      codes = values.map { $0 ? 1 : 0 }
    case .integers(let values, let unit):
      let numbers = NumberLabels(distinct: distinctValues(values), unit: unit)
      labels = numbers.labels
      codes = numbers.codes(of: values)
    case .decimals(let values):
      let numbers = values.map { Int64(exactly: ($0 * 10_000).rounded()) ?? missingInteger }
      let labelled = NumberLabels(distinct: distinctValues(numbers), unit: .tenThousandths)
      labels = labelled.labels
      codes = labelled.codes(of: numbers)
    }
  }
}
