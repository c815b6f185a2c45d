import Tabular

extension Survey {
  /// Proposals that go together: nothing is refused, and columns of one name have one type.
  ///
  /// A contract is an agreement, and what breaks it is rejected. A proposal that nobody judged may
  /// refuse nothing: no column is required and no number out of range.
  ///
  /// - Parameter surveys: of the extracts that shall be compared.
  /// - Returns: the same, in the same order.
  package static func fitted(_ surveys: [Survey]) -> [Survey] {
    var types: [String: Set<ColumnType>] = [:]
    for column in surveys.flatMap(\.columns) {
      types[column.name, default: []].insert(column.type)
    }
    return surveys.map { survey in
      var fitted = survey
      for number in fitted.columns.indices {
        let types = types[fitted.columns[number].name] ?? []
        fitted.columns[number].loosen(to: types.count > 1 ? common(types) : nil)
      }
      return fitted
    }
  }

  /// What values of several types can all be read as.
  private static func common(_ types: Set<ColumnType>) -> ColumnType {
    if types.isSubset(of: [.date, .partialDate]) { return .partialDate }
    return types.isSubset(of: [.name, .text]) ? .name : .text
  }
}

extension SurveyedColumn {
  fileprivate mutating func loosen(to other: ColumnType?) {
    required = false
    range = nil
    doubts = []
    guard let other, other != type else { return }
    type = other
    euros = false
    seen = nil
  }
}
