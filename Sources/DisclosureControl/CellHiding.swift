import Tabular

/// Which cells of a figure show nothing: by rules that look at one cell, or by the pattern of a
/// release.
struct CellHiding {
  let rule: MinimumRule
  /// The pattern, and the number of the table in it; nil where each cell is looked at by itself.
  let pattern: (suppression: ReleaseSuppression, table: Int)?

  /// - Parameters:
  ///   - figure: its values and contributors are looked at.
  ///   - kind: what it is taken for.
  ///   - place: where it stands in the table.
  ///   - table: of the cells.
  /// - Returns: one a cell.
  func hidden(
    _ figure: CellTable.Figure,
    as kind: CellTable.Figure.Kind,
    at place: Quantity.Place,
    in table: CellTable
  ) -> [Bool] {
    if let pattern, let hidden = pattern.suppression.hidden(table: pattern.table, place) {
      return hidden
    }
    return (0..<table.cellCount).map { cell in
      guard figure.values.indices.contains(cell) else { return true }
      let persons = table.persons[cell]
      let alike = kind == .part ? figure.values : kind == .sum ? figure.contributors : []
      if figure.isSensitive, alike.indices.contains(cell),
        rule.isNearlyAll(alike[cell], of: persons)
      {
        return true
      }
      // Of whom a number is known is no group: they may be all.
      let isOfKnown = if case .value = place { false } else { kind == .part }
      return isHidden(figure, as: kind, cell: cell, persons: persons, isOfKnown: isOfKnown)
    }
  }

  private func isHidden(
    _ figure: CellTable.Figure,
    as kind: CellTable.Figure.Kind,
    cell: Int,
    persons: Int64,
    isOfKnown: Bool
  ) -> Bool {
    let value = figure.values[cell]
    let contributors =
      figure.contributors.indices.contains(cell) ? figure.contributors[cell] : persons
    switch kind {
    case .count: return rule.isSensitive(count: value, persons: persons)
    case .part where isOfKnown && value == persons:
      return rule.isSensitive(count: value, persons: persons)
    case .part: return rule.isSensitive(part: value, persons: persons)
    case .sum: return rule.isSensitive(contributors: contributors, persons: persons)
    case .group(let least):
      return !least.indices.contains(cell)
        || rule.isSensitive(contributors: least[cell], persons: persons)
    case .quantile:
      return value == missingInteger
        ? rule.isSensitive(count: 0, persons: persons)
        : rule.isSensitive(side: contributors, persons: persons)
    case .open: return rule.isSensitive(count: persons, persons: persons)
    case .mean, .quotient, .ratio, .fitted: return true
    }
  }
}
