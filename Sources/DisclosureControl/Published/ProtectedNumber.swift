import Tabular

/// Why a number of a table is hidden.
///
/// It stands in the run's own manifest and nowhere else: a rule narrows an interval, and a rank tells of a
/// count.
package struct ProtectedNumber: Sendable, Hashable {
  /// What asked for it.
  package enum Rule: String, Sendable {
    /// Too few persons.
    case minimum
    /// Few persons make most of a sum.
    case dominance
    /// Nearly all of a cell are alike.
    case group
    /// Nobody is in it, and that is hidden.
    case zeros
    /// Too few persons changed since an earlier release.
    case difference
    /// None: it protects others.
    case secondary
  }

  package let table: String
  package let measure: String
  /// One a dimension of the table.
  package let labels: [String]
  package let rule: Rule
  /// From 1, the cheapest to hide first; nil where each cell is looked at by itself.
  package let rank: Int?
}

extension ReleaseSuppression {
  /// Why each number of the tables is hidden that they would print.
  ///
  /// - Parameters:
  ///   - tables: of the release, in their order.
  ///   - minimum: of persons in a cell that is shown.
  /// - Returns: table by table.
  func reasons(_ tables: [CellTable], minimum: Int64) -> [ProtectedNumber] {
    let variables = release.variables
    var changed: Set<Int> = []
    for (variable, change) in variables.changes where required[Int(variable)] != nil {
      changed.insert(change.later)
    }
    let isHidden = states.indices.map { states[$0] == .hidden && variables.isPrinted[$0] }
    let cheapest = states.indices.filter { isHidden[$0] }
      .sorted { (variables.costs[$0], $0) < (variables.costs[$1], $1) }
    var ranks: [Int: Int] = [:]
    for (place, variable) in cheapest.enumerated() { ranks[variable] = place + 1 }
    var found: [ProtectedNumber] = []
    for (table, places) in zip(tables, release.variablesOfPlace) {
      for (place, quantity) in Quantity.quantities(of: table) where quantity.isPrinted {
        for (cell, variable) in (places[place] ?? []).enumerated() where isHidden[Int(variable)] {
          found.append(
            ProtectedNumber(
              table: table.name,
              measure: quantity.name,
              labels: table.labels(of: cell),
              rule: rule(
                Int(variable),
                minimum: minimum,
                hasChanged: changed.contains(Int(variable))
              ),
              rank: ranks[Int(variable)]
            )
          )
        }
      }
    }
    return found
  }

  private func rule(_ variable: Int, minimum: Int64, hasChanged: Bool) -> ProtectedNumber.Rule {
    let variables = release.variables
    guard required[variable] != nil else { return hasChanged ? .difference : .secondary }
    let contributors = variables.contributors[variable]
    if contributors == 0 { return .zeros }
    if contributors < minimum { return .minimum }
    return variables.isSum[variable] ? .dominance : .group
  }
}

extension CellHiding {
  /// Why each number of a table is hidden that is looked at by itself.
  ///
  /// What is made of other figures is hidden where those are, and has no reason of its own.
  ///
  /// - Parameters:
  ///   - table: as it was counted.
  ///   - written: the same as it is shown.
  ///   - beforeNights: the same as it was before earlier releases were looked at.
  /// - Returns: figure by figure.
  func reasons(
    _ table: CellTable,
    _ written: ProtectedTable,
    beforeNights: ProtectedTable
  ) -> [ProtectedNumber] {
    var found: [ProtectedNumber] = []
    for (number, (figure, shown)) in zip(table.figures, written.figures).enumerated() {
      let before = beforeNights.figures[number].marks
      switch figure.kind {
      case .count, .part, .sum, .group, .quantile, .mean: break
      case .quotient, .ratio, .open, .fitted: continue
      }
      for cell in shown.marks.indices where shown.marks[cell] == .hidden {
        found.append(
          ProtectedNumber(
            table: table.name,
            measure: figure.name,
            labels: table.labels(of: cell),
            rule: before[cell] == .hidden
              ? rule(figure, cell, persons: table.persons[cell]) : .difference,
            rank: nil
          )
        )
      }
    }
    return found
  }

  private func rule(
    _ figure: CellTable.Figure,
    _ cell: Int,
    persons: Int64
  ) -> ProtectedNumber.Rule {
    guard figure.isSensitive, persons >= rule.minimum,
      figure.contributors.indices.contains(cell), figure.contributors[cell] >= rule.minimum
    else {
      return rule.hidesZeros && persons == 0 ? .zeros : .minimum
    }
    return rule.isNearlyAll(figure.contributors[cell], of: persons) ? .group : .minimum
  }
}

extension CellTable {
  /// The labels of a cell, `total` where all of a dimension are added up.
  func labels(of cell: Int) -> [String] {
    dimensions.map { dimension in
      let code = Int(dimension.codes[cell])
      return dimension.labels.indices.contains(code) ? dimension.labels[code] : "total"
    }
  }
}
