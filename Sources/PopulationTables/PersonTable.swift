import PipelineFile
import Tabular

/// Makes a table that counts persons.
///
/// Everyone is in exactly one cell apart from totals, so that all figures add up.
struct PersonTable {
  private let definition: TableDefinition
  private let columns: PersonColumns
  private let cells: PersonCells
  private let tableOfName: [String: CellTable]

  /// - Parameters:
  ///   - definition: of the table.
  ///   - columns: of persons, all that it asks for.
  ///   - tableOfName: the tables that its measures are counted from.
  /// - Throws: `noColumn`, `typeMismatch`.
  init(
    _ definition: TableDefinition,
    columns: PersonColumns,
    tableOfName: [String: CellTable]
  ) throws(PopulationTablesError) {
    self.definition = definition
    self.columns = columns
    self.tableOfName = tableOfName
    var dimensions: [LabelledCodes] = []
    for name in definition.by {
      dimensions.append(
        LabelledCodes(try columns.vector(named: name).spread(over: columns.count))
      )
    }
    cells = PersonCells(dimensions, personCount: columns.count)
  }

  func table() throws(PopulationTablesError) -> CellTable {
    let persons = personCounts()
    let assembly = try CellAssembly(
      TableShape(name: definition.name, by: definition.by, totals: definition.totals),
      labels: cells.dimensions.map(\.labels)
    )
    var drafts: [MeasureDraft] = []
    for measure in definition.measures {
      drafts.append(try draft(of: measure, persons: persons, assembly))
    }
    // Persons first, then the columns of each measure.
    let columnCount = drafts.reduce(1) { $0 + $1.columnCount }
    var keys: [UInt64] = []
    var columns = [[Int64]](repeating: [], count: columnCount)
    for totalled in assembly.totalSets {
      let groups = assembly.groups(
        codes: cells.codes,
        cellCount: cells.cellCount,
        totalled: totalled
      )
      keys += groups.keys
      var added = [try groups.added(persons, name: definition.name)]
      for (measure, draft) in zip(definition.measures, drafts) {
        added += try draft.columns(of: groups, name: measure.name)
      }
      for column in columns.indices { columns[column] += added[column] }
    }
    return assembly.table(keys: keys, figures: columns) { columns in
      var start = 1
      let figures = zip(definition.measures, drafts).map { measure, draft in
        let own = columns[start..<start + draft.columnCount]
        start += draft.columnCount
        return CellTable.Figure(
          name: measure.name,
          kind: measure.kind.figureKind(in: definition, known: own.dropFirst(2).first ?? []),
          unit: draft.unit,
          values: own.first ?? [],
          contributors: own.dropFirst().first ?? [],
          marks: marks(of: measure, cellCount: own.first?.count ?? 0)
        )
      }
      return (columns[0], figures)
    }
  }

  private func marks(of measure: Measure, cellCount: Int) -> [CellTable.Figure.Mark] {
    guard case .personYears = measure.kind, columns.years?.isSnapshot == true else { return [] }
    return [CellTable.Figure.Mark](repeating: .snapshot, count: cellCount)
  }

  private func personCounts() -> [Int64] {
    var counts = [Int64](repeating: 0, count: cells.cellCount)
    for cell in cells.cellOfPerson { counts[Int(cell)] += 1 }
    return counts
  }

  private func draft(
    of measure: Measure,
    persons: [Int64],
    _ assembly: CellAssembly
  ) throws(PopulationTablesError) -> MeasureDraft {
    let evaluator = columns.evaluator(for: measure.name)
    switch measure.kind {
    case .count: return .added([persons, persons], .number)
    case .countWhere(let condition):
      let truth = try evaluator.truth(of: condition.expression)
      var counts = [Int64](repeating: 0, count: cells.cellCount)
      for person in truth.indices where truth[person] {
        counts[Int(cells.cellOfPerson[person])] += 1
      }
      return .added([counts, counts], .number)
    case .sum(let expression):
      let (numbers, unit) = try evaluator.numbers(of: expression)
      return .added(
        Array(try sums(of: numbers, name: measure.name).prefix(2)),
        FigureUnit(unit)
      )
    case .mean(let expression):
      let (numbers, unit) = try evaluator.numbers(of: expression)
      return .added(try sums(of: numbers, name: measure.name), FigureUnit(unit))
    case .quantile(let percent, let expression):
      let (numbers, unit) = try evaluator.numbers(of: expression)
      return .quantile(
        CellQuantile(percent: percent, of: numbers, unit, cellOfPerson: cells.cellOfPerson)
      )
    case .distinct(let source, let column):
      let name = definition.codes(of: source, column).name
      guard let table = tableOfName[name] else { throw .noSource(name: source) }
      return .distinct(CodesSeen(table, assembly))
    case .personYears:
      return .years(Array(try sums(of: columns.years?.parts ?? [], name: measure.name).prefix(2)))
    case .quotient: return .quotient
    case .rows: throw .noSource(name: measure.name)
    case .sumColumn(let name): throw .noColumn(name: name)
    }
  }

  /// The sum of each cell, the persons whose number is not 0, and those who have a number.
  private func sums(of numbers: [Int64], name: String) throws(PopulationTablesError) -> [[Int64]] {
    var sums = [Int64](repeating: 0, count: cells.cellCount)
    var contributors = sums
    var known = sums
    for person in numbers.indices {
      let number = numbers[person]
      if number == missingInteger { continue }
      let cell = Int(cells.cellOfPerson[person])
      let result = sums[cell].addingReportingOverflow(number)
      if result.overflow { throw .overflow(column: name) }
      sums[cell] = result.partialValue
      contributors[cell] += number == 0 ? 0 : 1
      known[cell] += 1
    }
    return [sums, contributors, known]
  }
}

extension Measure.Kind {
  /// How disclosure control looks at it.
  ///
  /// - Parameters:
  ///   - table: whose measure it is.
  ///   - known: of a mean, the persons behind it, one a cell.
  /// - Returns: the kind of its figure.
  func figureKind(in table: TableDefinition, known: [Int64] = []) -> CellTable.Figure.Kind {
    switch self {
    case .count: return .count
    case .countWhere: return .part
    case .rows, .sumColumn, .sum, .distinct, .personYears: return .sum
    case .mean: return .mean(known: known)
    case .quantile: return .quantile
    case .quotient(let of, let per, let by):
      // A name that no measure has gives a place that no figure has: it stays hidden.
      let names = table.measures.map(\.name)
      return .quotient(
        of: names.firstIndex(of: of) ?? -1,
        per: per,
        by: names.firstIndex(of: by) ?? -1
      )
    }
  }
}

extension ExpressionEvaluator {
  /// The integers that a number of a measure is published in: cents, or ten-thousandths.
  func numbers(
    of typed: TypedExpression
  ) throws(PopulationTablesError) -> (values: [Int64], unit: IntegerUnit) {
    let unit: IntegerUnit =
      switch typed.type {
      case .money: .cents
      case .decimal: .tenThousandths
      case .date: .day
      case .integer, .boolean, .text: .number
      }
    let vector = try values(of: typed.expression)
    let scale = unit == .tenThousandths ? 10_000.0 : 1
    if scale == 1, let integers = vector.asIntegers { return (integers, unit) }
    guard let decimals = vector.asDecimals else { throw mismatch }
    var integers: [Int64] = []
    integers.reserveCapacity(decimals.count)
    for number in decimals {
      if number.isNaN {
        integers.append(missingInteger)
      } else if let integer = Int64(exactly: (number * scale).rounded()), integer != missingInteger
      {
        integers.append(integer)
      } else {
        throw overflow
      }
    }
    return (integers, unit)
  }
}
