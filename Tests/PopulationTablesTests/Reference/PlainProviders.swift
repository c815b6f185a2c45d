@testable import PipelineFile

/// What a provider brings to a figure of a cell, and with whose rows.
struct PlainShare: Equatable {
  var amount: Int64
  /// Not looked at where a sum is of persons.
  var persons: Int64
}

extension PlainTables {
  /// What each provider brings to a measure, by cell; nil where rows tell of none.
  func shares(_ table: TableDefinition, _ measure: Measure) -> [[String?]: [String: PlainShare]]? {
    guard !table.rows.isEmpty else { return sharesOfPersons(table, measure) }
    switch measure.kind {
    case .count, .rows, .sumColumn: break
    default: return nil
    }
    return rowsOfCell(table).mapValues { rows in
      let ofProvider = Dictionary(grouping: rows) { ($0.values["provider"] ?? .missing).label }
      return ofProvider.mapValues { rows -> PlainShare in
        var amount: Int64 = 0
        for row in rows {
          if case .sumColumn(let column) = measure.kind {
            amount += calendar.addend(column, of: row) ?? 0
          } else {
            amount += 1
          }
        }
        return PlainShare(amount: amount, persons: Int64(Set(rows.map(\.person)).count))
      }
      .filter { $0.value.amount != 0 }
    }
  }

  private func sharesOfPersons(
    _ table: TableDefinition,
    _ measure: Measure
  ) -> [[String?]: [String: PlainShare]]? {
    let expression: Expression
    switch measure.kind {
    case .sum(let typed), .mean(let typed): expression = typed.expression
    default: return nil
    }
    guard expression.isOfRowsAlone else { return nil }
    return personsOfCell(table).mapValues { persons in
      var shares: [String: PlainShare] = [:]
      for person in persons where isCovered(by: expression, person) {
        for accumulator in expression.accumulators {
          for row in rows
          where row.person == person && row.source == accumulator.source
            && calendar.counts(row, over: accumulator.window)
            && accumulator.condition.map({ plainValue($0, row.values) { _ in .missing }.isTrue })
              ?? true
          {
            let amount =
              accumulator.column.map {
                calendar.addend($0, of: row, over: accumulator.window) ?? 0
              } ?? 1
            let name = (row.values["provider"] ?? .missing).label
            shares[name, default: PlainShare(amount: 0, persons: 0)].amount += amount
          }
        }
      }
      return shares.filter { $0.value.amount != 0 }
    }
  }
}

extension Expression {
  /// Counts and sums of rows, and nothing but additions of them.
  fileprivate var isOfRowsAlone: Bool {
    switch self {
    case .accumulator(let accumulator):
      accumulator.function == .count || accumulator.function == .sum
    case .arithmetic(.add, let left, let right): left.isOfRowsAlone && right.isOfRowsAlone
    default: false
    }
  }
}
