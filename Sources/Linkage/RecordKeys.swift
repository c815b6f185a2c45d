import Tabular

/// One key of 128 bits for each record of a side; missing when any of its columns is.
struct RecordKeys: Sendable {
  let columns: [KeyColumn]
  let values: [Token]
  /// Keys are the values themselves, so that equal keys need no second look.
  let areValues: Bool

  private init(columns: [KeyColumn], values: [Token], areValues: Bool) {
    self.columns = columns
    self.values = values
    self.areValues = areValues
  }

  init(_ columns: [KeyColumn], rowCount: Int) {
    self.columns = columns
    if columns.count == 1, case .tokens(let tokens) = columns[0] {
      values = Array(tokens)
      areValues = true
    } else {
      var keys = [Token](repeating: Token(high: 0, low: 1), count: rowCount)
      for column in columns { column.mix(into: &keys) }
      values = keys
      areValues = false
    }
  }

  /// The keys as if some records had none.
  func without(_ records: [Int32]) -> RecordKeys {
    var values = values
    for record in records { values[Int(record)] = .missing }
    return RecordKeys(columns: columns, values: values, areValues: areValues)
  }

  /// Whether two records of equal key are equal in every column.
  func holdsEqual(_ record: Int, _ other: RecordKeys, _ otherRecord: Int) -> Bool {
    if areValues { return true }
    for column in columns.indices {
      let agreement = columns[column].agreement(record, other.columns[column], otherRecord)
      if agreement != .equal { return false }
    }
    return true
  }
}
