import PipelineFile
import Tabular

/// The residents who count, and their rows.
struct Population {
  /// Those who live here on the day that the stage names; without tokens.
  let residents: Table
  /// The number among `residents` of each row of the extract, or -1; nil when everybody counts.
  private let numbers: [Int32]?

  /// - Throws: `noColumn`, `typeMismatch` when the residents lack the dates.
  init(_ stage: AggregateStage, residents: Table) throws(PopulationTablesError) {
    guard let population = stage.population, let residence = population.residence else {
      self.residents = residents
      numbers = nil
      return
    }
    let movedIn = try residents.days(named: residence.movedIn)
    let movedOut = try residents.days(named: residence.movedOut)
    var numbers = [Int32](repeating: -1, count: residents.rowCount)
    var rows: [Int] = []
    for row in numbers.indices {
      // A missing date is open: the least integer is before every day.
      let isHere =
        movedIn[row] <= population.on
        && (movedOut[row] > population.on || movedOut[row] == missingInteger)
      if isHere {
        numbers[row] = Int32(rows.count)
        rows.append(row)
      }
    }
    var names: [String] = []
    var columns: [Column] = []
    for (name, column) in zip(residents.names, residents.columns) {
      if case .tokens = column { continue }
      names.append(name)
      columns.append(column.taking(rows))
    }
    self.residents = Table(names: names, columns: columns, rowCount: rows.count)
    self.numbers = numbers
  }

  /// Those of what every row of the extract has that are of residents who count.
  func counting(_ keys: [SetKey]) -> [SetKey] {
    guard let numbers else { return keys }
    return zip(keys, numbers).compactMap { $1 < 0 ? nil : $0 }
  }

  /// A source whose rows are linked to nobody but those who count.
  func rows(of source: SourceRows) throws(PopulationTablesError) -> SourceRows {
    guard let numbers else { return source }
    var persons = source.links.persons
    for identity in persons.indices where persons[identity] >= 0 {
      guard Int(persons[identity]) < numbers.count else { throw .malformed(source: source.name) }
      persons[identity] = numbers[Int(persons[identity])]
    }
    return SourceRows(
      name: source.name,
      domain: source.domain,
      identities: source.identities,
      links: Links(persons: persons, passes: source.links.passes, reasons: source.links.reasons),
      groupCount: source.groupCount,
      group: source.group
    )
  }
}

extension Table {
  /// A column of dates.
  func days(named name: String) throws(PopulationTablesError) -> [Int64] {
    guard let column = self[name] else { throw .noColumn(name: name) }
    guard case .integers(let days, .day) = column else { throw .typeMismatch(column: name) }
    return days
  }
}
