import PipelineFile

@testable import Tabular

/// Who is behind a figure, and what they bring: one number a person, nil where only the set counts.
typealias PlainContributors = (persons: Set<Int>, numbers: [Int64]?)

extension PlainTables {
  /// For each cell: all its persons first, then those behind each measure that is not made of others.
  func contributors(_ table: TableDefinition) -> [[String?]: [PlainContributors]] {
    if table.rows.isEmpty {
      return personsOfCell(table).mapValues { persons in
        [(Set(persons), nil)] + table.measures.compactMap { contributors(to: $0, persons) }
      }
    }
    return rowsOfCell(table).mapValues { rows in
      let rowsOfPerson = Dictionary(grouping: rows, by: \.person)
      let persons = Set(rowsOfPerson.keys)
      return [(persons, nil)]
        + table.measures.compactMap { measure -> PlainContributors? in
          switch measure.kind {
          case .count: (persons, nil)
          case .rows: (persons, rowsOfPerson.values.map { Int64($0.count) })
          case .sumColumn(let name):
            (
              persons,
              rowsOfPerson.values.map { rows in
                rows.reduce(0) { $0 + (calendar.addend(name, of: $1) ?? 0) }
              }
            )
          default: nil
          }
        }
    }
  }

  private func contributors(to measure: Measure, _ persons: [Int]) -> PlainContributors? {
    let numbers = measure.kind.expression.map { typed in
      persons.compactMap { person -> (person: Int, number: Int64)? in
        switch measured(typed, person) {
        case .integer(let integer): (person, integer)
        case .decimal(let decimal): (person, Int64((decimal * 10_000).rounded()))
        default: nil
        }
      }
    }
    let known = numbers ?? []
    switch measure.kind {
    case .count: return (Set(persons), nil)
    case .countWhere(let typed):
      return (
        Set(
          persons.filter {
            isCovered(by: typed.expression, $0) && holds(typed.expression, $0) == true
          }
        ), nil
      )
    case .sum: return (Set(known.filter { $0.number != 0 }.map(\.person)), known.map(\.number))
    case .mean: return (Set(known.map(\.person)), known.map(\.number))
    case .quantile: return (Set(known.map(\.person)), nil)
    case .distinct(let source, _):
      let seen = rows.filter { $0.source == source && calendar.counts($0) }.map(\.person)
      return (Set(persons).intersection(seen), nil)
    case .personYears:
      let parts = persons.map { ($0, yearParts(of: measure, $0)) }
      return (
        Set(parts.filter { $0.1 > 0 }.map(\.0)),
        parts.map { Int64((Double($0.1) * 1e6 / (365 * 366)).rounded()) }
      )
    case .rows, .sumColumn, .quotient, .standardised, .ratio: return nil
    }
  }
}
