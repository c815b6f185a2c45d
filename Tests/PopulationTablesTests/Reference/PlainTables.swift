import PipelineFile

@testable import Tabular

/// A row of the slow version, linked or not.
struct PlainRow {
  let source: String
  /// -1 when it is linked to nobody.
  let person: Int
  let values: PlainRecord
}

/// A cell's labels, nil for a total, and its figures: persons, then each value and contributors.
typealias PlainCells = [[String?]: [Int64]]

/// Makes tables record by record, with dictionaries and sets.
struct PlainTables {
  private(set) var persons: [PlainRecord]
  let rows: [PlainRow]
  private let rowsOfPerson: [Int: [PlainRow]]
  let stage: AggregateStage
  let calendar: PlainCalendar

  init(_ stage: AggregateStage, persons: [PlainRecord], rows: [PlainRow]) {
    self.stage = stage
    self.persons = persons
    calendar = PlainCalendar(stage: stage)
    self.rows = rows.filter { [calendar] in
      $0.person >= 0 && calendar.counts(persons[$0.person])
    }
    rowsOfPerson = Dictionary(grouping: self.rows, by: \.person)
    for column in stage.persons {
      for person in persons.indices {
        self.persons[person][column.name] = value(column.expression.expression, person)
      }
    }
    for person in persons.indices {
      let segment = stage.segments.first { holds($0, person) }
      self.persons[person][Segment.column] = segment.map { .text($0.name) }
    }
  }

  func cells(_ table: TableDefinition) -> PlainCells {
    table.rows.isEmpty ? personCells(table) : rowCells(table)
  }

  func value(_ expression: Expression, _ person: Int) -> PlainValue {
    plainValue(expression, persons[person]) { accumulated($0, person) }
  }

  /// Whether a person could appear in all sources that an expression looks at.
  func isCovered(by expression: Expression, _ person: Int) -> Bool {
    var names = Set(expression.columnNames)
    var sources = Set(expression.accumulators.map(\.source))
    for column in stage.persons.reversed() where names.contains(column.name) {
      names.formUnion(column.expression.expression.columnNames)
      sources.formUnion(column.expression.expression.accumulators.map(\.source))
    }
    return sources.allSatisfy { isCovered(in: $0, person) }
  }

  /// What a measure asks of a person; missing of who could not appear in what it looks at.
  func measured(_ typed: TypedExpression, _ person: Int) -> PlainValue {
    isCovered(by: typed.expression, person) ? value(typed.expression, person) : .missing
  }

  /// The time of a person in parts of a year, where the measure asks for it.
  func yearParts(of measure: Measure, _ person: Int) -> Int {
    let isAsked = measure.among.map { value($0.expression, person).isTrue } ?? true
    return isAsked ? calendar.yearParts(persons[person]) : 0
  }

  private func isCovered(in source: String, _ person: Int) -> Bool {
    stage.covers[source].map { value($0.expression, person).isTrue } ?? true
  }

  func accumulated(_ accumulator: Accumulator, _ person: Int) -> PlainValue {
    let own = (rowsOfPerson[person] ?? []).filter { row in
      guard row.source == accumulator.source,
        calendar.counts(row, over: accumulator.window)
      else { return false }
      guard let condition = accumulator.condition else { return true }
      return plainValue(condition, row.values) { _ in .missing }.isTrue
    }
    guard let column = accumulator.column else { return .integer(Int64(own.count)) }
    let numbers = own.compactMap { row in
      accumulator.function == .sum
        ? calendar.addend(column, of: row, over: accumulator.window)
        : row.values[column]?.integer
    }
    switch accumulator.function {
    case .count: return .integer(Int64(own.count))
    case .sum: return .integer(numbers.reduce(0, +))
    case .min: return numbers.min().map { .integer($0) } ?? .missing
    case .max: return numbers.max().map { .integer($0) } ?? .missing
    }
  }

  /// The labels of a record, and all ways of totalling them.
  private func places(_ labels: [String], _ table: TableDefinition) -> [[String?]] {
    var places: [[String?]] = [[]]
    for (name, label) in zip(table.by, labels) {
      places = places.flatMap {
        table.totals.contains(name) ? [$0 + [label], $0 + [nil]] : [$0 + [label]]
      }
    }
    return places
  }

  private func personCells(_ table: TableDefinition) -> PlainCells {
    personsOfCell(table).mapValues { own in
      [Int64(own.count)] + table.measures.flatMap { figures(of: $0, own) }
    }
  }

  /// Who is in each cell of a table of persons.
  func personsOfCell(_ table: TableDefinition) -> [[String?]: [Int]] {
    var personsOfCell: [[String?]: [Int]] = [:]
    for person in persons.indices where calendar.counts(persons[person]) {
      let labels = table.by.map { (persons[person][$0] ?? .missing).label }
      for place in places(labels, table) { personsOfCell[place, default: []].append(person) }
    }
    return personsOfCell
  }

  /// Those who count.
  var members: [Int] { persons.indices.filter { calendar.counts(persons[$0]) } }

  /// What a measure counts of a person: 0 where nothing is known.
  func number(of measure: Measure, _ person: Int) -> Int64 {
    guard let typed = measure.kind.expression else { return 1 }
    guard isCovered(by: typed.expression, person) else { return 0 }
    if case .integer(let number) = value(typed.expression, person) { return number }
    return holds(typed.expression, person) == true ? 1 : 0
  }

  /// Nil where it hangs on a missing value.
  func holds(_ condition: Expression, _ person: Int) -> Bool? {
    plainKnowledge(condition, persons[person]) { accumulated($0, person) }
  }

  func label(_ name: String, _ person: Int) -> String { (persons[person][name] ?? .missing).label }

  /// The value, the contributors and, of a mean, the persons behind it.
  func figures(of measure: Measure, _ persons: [Int]) -> [Int64] {
    let numbers = measure.kind.expression.map { typed in
      persons.compactMap { person -> Int64? in
        switch measured(typed, person) {
        case .integer(let integer): integer
        case .decimal(let decimal): Int64((decimal * 10_000).rounded())
        default: nil
        }
      }
    }
    let known = (numbers ?? []).sorted()
    let sum = [known.reduce(0, +), Int64(known.count { $0 != 0 })]
    switch measure.kind {
    case .count: return [Int64(persons.count), Int64(persons.count)]
    case .countWhere(let typed):
      let known = persons.map {
        isCovered(by: typed.expression, $0) ? holds(typed.expression, $0) : nil
      }
      let count = Int64(known.count { $0 == true })
      return [count, count, Int64(known.count { $0 == nil })]
    case .sum: return sum
    case .mean: return sum + [Int64(known.count)]
    case .quantile(let percent, let typed):
      guard !known.isEmpty else { return [missingInteger, 0, 0] }
      let place = Double(Int(percent) * (known.count - 1)) / 100
      let (below, above) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
      let weight = Int64(((place - Double(below)) * 100).rounded())
      let hundredfold = known[below] * (100 - weight) + known[above] * weight
      let scale = typed.type == .decimal ? 1.0 : 10_000
      return [
        Int64((Double(hundredfold) * scale / 100 + 0.5).rounded(.down)),
        Int64(min(known.indices.count { $0 < below }, known.indices.count { $0 > above })),
        Int64(known.count),
      ]
    case .distinct(let source, let column):
      var personsOfCode: [String: Set<Int>] = [:]
      for row in rows
      where row.source == source && persons.contains(row.person) && calendar.counts(row) {
        personsOfCode[(row.values[column] ?? .missing).label, default: []].insert(row.person)
      }
      let all = personsOfCode.values.reduce(Set()) { $0.union($1) }
      let unknown = personsOfCode.removeValue(forKey: "unknown") ?? []
      let most = personsOfCode.values.map(\.count).max() ?? 0
      return [Int64(personsOfCode.count), Int64(max(most, all.subtracting(unknown).count))]
    case .personYears:
      let parts = persons.map { yearParts(of: measure, $0) }
      return [
        Int64((Double(parts.reduce(0, +)) * 1e6 / (365 * 366)).rounded()),
        Int64(parts.count { $0 > 0 }),
      ]
    case .rows, .sumColumn, .quotient, .standardised, .ratio: return []
    }
  }

  /// The linked rows of each cell of a table of rows.
  func rowsOfCell(_ table: TableDefinition) -> [[String?]: [PlainRow]] {
    var rowsOfCell: [[String?]: [PlainRow]] = [:]
    for row in rows where table.rows.contains(row.source) && calendar.counts(row) {
      let labels = table.by.map { name in
        (persons[row.person][name] ?? row.values[name] ?? .missing).label
      }
      for place in places(labels, table) { rowsOfCell[place, default: []].append(row) }
    }
    return rowsOfCell
  }

  private func rowCells(_ table: TableDefinition) -> PlainCells {
    rowsOfCell(table).mapValues { rows in
      let persons = Int64(Set(rows.map(\.person)).count)
      return [persons]
        + table.measures.flatMap { measure -> [Int64] in
          switch measure.kind {
          case .rows: return [Int64(rows.count), persons]
          case .sumColumn(let name):
            let numbers = rows.map { calendar.addend(name, of: $0) ?? 0 }
            return [numbers.reduce(0, +), persons]
          case .quotient, .standardised, .ratio: return []
          case .count, .countWhere, .sum, .mean, .quantile, .distinct, .personYears:
            return [persons, persons]
          }
        }
    }
  }
}

extension CellTable {
  /// The same form as the slow version's.
  var plain: PlainCells {
    var cells: PlainCells = [:]
    for cell in persons.indices {
      let place = dimensions.map { dimension -> String? in
        let code = dimension.codes[cell]
        return code == CellTable.total ? nil : dimension.labels[Int(code)]
      }
      cells[place] =
        [persons[cell]]
        + figures.flatMap { figure -> [Int64] in
          switch figure.kind {
          case .group, .quotient, .ratio, .open, .fitted: return []
          case .mean(let known, _), .quantile(let known):
            return [figure.values[cell], figure.contributors[cell], known[cell]]
          case .part:
            let unknown = figure.companions.first?.values[cell] ?? 0
            return [figure.values[cell], figure.contributors[cell], unknown]
          case .count, .sum: return [figure.values[cell], figure.contributors[cell]]
          }
        }
    }
    return cells
  }
}
