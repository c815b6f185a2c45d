import PipelineFile

@testable import Tabular

/// Who is behind a figure, and what they bring.
struct PlainContributors {
  let persons: Set<Int>
  /// By person; nil where only the set counts.
  var numbers: [Int: Int64]?
  /// It is no number of persons: codes.
  var isOfCodes = false

  /// What is told of a person in power sums: 1 where only the set counts.
  var parts: [Int: Int64] {
    numbers ?? Dictionary(uniqueKeysWithValues: persons.map { ($0, 1) })
  }
}

extension PlainTables {
  /// For each cell: all its persons first, then those behind each measure that is not made of others.
  func contributors(_ table: TableDefinition) -> [[String?]: [PlainContributors]] {
    if table.rows.isEmpty {
      return personsOfCell(table).mapValues { persons in
        [PlainContributors(persons: Set(persons))]
          + table.measures.compactMap { contributors(to: $0, persons) }
      }
    }
    return rowsOfCell(table).mapValues { rows in
      let rowsOfPerson = Dictionary(grouping: rows, by: \.person)
      let persons = Set(rowsOfPerson.keys)
      return [PlainContributors(persons: persons)]
        + table.measures.compactMap { measure -> PlainContributors? in
          switch measure.kind {
          case .count: PlainContributors(persons: persons)
          case .rows:
            PlainContributors(persons: persons, numbers: rowsOfPerson.mapValues { Int64($0.count) })
          case .sumColumn(let name):
            PlainContributors(
              persons: persons,
              numbers: rowsOfPerson.mapValues { rows in
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
      persons.compactMap { person -> (Int, Int64)? in
        switch measured(typed, person) {
        case .integer(let integer): (person, integer)
        case .decimal(let decimal): (person, Int64((decimal * 10_000).rounded()))
        default: nil
        }
      }
    }
    let known = Dictionary(uniqueKeysWithValues: numbers ?? [])
    switch measure.kind {
    case .count: return PlainContributors(persons: Set(persons))
    case .countWhere(let typed):
      return PlainContributors(
        persons: Set(
          persons.filter {
            isCovered(by: typed.expression, $0) && holds(typed.expression, $0) == true
          }
        )
      )
    case .sum:
      return PlainContributors(persons: Set(known.filter { $0.value != 0 }.keys), numbers: known)
    case .mean: return PlainContributors(persons: Set(known.keys), numbers: known)
    case .quantile: return PlainContributors(persons: Set(known.keys))
    case .distinct(let source, _):
      let seen = rows.filter { $0.source == source && calendar.counts($0) }.map(\.person)
      return PlainContributors(persons: Set(persons).intersection(seen), isOfCodes: true)
    case .personYears:
      let parts = persons.map { ($0, yearParts(of: measure, $0)) }
      return PlainContributors(
        persons: Set(parts.filter { $0.1 > 0 }.map(\.0)),
        numbers: Dictionary(uniqueKeysWithValues: parts)
          .mapValues { Int64((Double($0) * 1e6 / (365 * 366)).rounded()) }
      )
    case .rows, .sumColumn, .quotient, .standardised, .ratio: return nil
    }
  }
}
