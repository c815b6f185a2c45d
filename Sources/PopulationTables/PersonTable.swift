import PipelineFile
import Statistics
import Tabular

/// Makes a table that counts persons.
///
/// Everyone is in exactly one cell apart from totals, so that all figures add up.
struct PersonTable {
  let definition: TableDefinition
  let columns: PersonColumns
  let cells: PersonCells
  let levels: [Confidence]
  let tableOfName: [String: CellTable]

  /// - Parameters:
  ///   - definition: of the table.
  ///   - columns: of persons, all that it asks for.
  ///   - levels: of limits.
  ///   - tableOfName: the tables that its measures are counted from.
  /// - Throws: `noColumn`, `typeMismatch`.
  init(
    _ definition: TableDefinition,
    columns: PersonColumns,
    levels: [Confidence],
    tableOfName: [String: CellTable]
  ) throws(PopulationTablesError) {
    self.definition = definition
    self.columns = columns
    self.levels = levels
    self.tableOfName = tableOfName
    let dimensions = try columns.dimensions(definition.by)
    cells = PersonCells(dimensions, personCount: columns.count)
  }

  func table() throws(PopulationTablesError) -> CellTable {
    let persons = personCounts()
    let assembly = try CellAssembly(
      definition.shape,
      labels: cells.dimensions.map(\.labels)
    )
    let drafts = try drafts(persons: persons, assembly)
    let behind = try contributors(drafts, assembly)
    // Persons first, then the columns of each measure, then who stands behind them.
    let columnCount = drafts.reduce(1 + (behind?.columnCount ?? 0)) { $0 + $1.columnCount }
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
      guard added[0].reduce(0, +) == Int64(cells.cellOfPerson.count) else {
        throw .totals(table: definition.name)
      }
      for (measure, draft) in zip(definition.measures, drafts) {
        added += try draft.columns(of: groups, name: measure.name)
      }
      if let behind { added += behind.columns(of: groups) }
      for column in columns.indices { columns[column] += added[column] }
    }
    return assembly.table(keys: keys, figures: columns, scope: definition.scope) { columns in
      var start = 1
      let figures = zip(definition.measures, drafts).map { measure, draft in
        let own = Array(columns[start..<start + draft.columnCount])
        start += draft.columnCount
        let isCount = if case .count = measure.kind { true } else { false }
        return draft.figure(
          named: measure.name,
          isCount: isCount,
          own,
          definition.standardisation(of: measure, draft)
        )
      }
      let told = TableContributors.told(
        behind,
        figures,
        identities: definition.measures.map { definition.identity(of: $0) },
        columns: Array(columns[start...])
      )
      return (columns[0], told.sets, told.powerSums, told.figures)
    }
  }

  private func personCounts() -> [Int64] {
    var counts = [Int64](repeating: 0, count: cells.cellCount)
    for cell in cells.cellOfPerson { counts[Int(cell)] += 1 }
    return counts
  }
}

extension TableDefinition {
  /// The counts of strata that a measure is made of; nil of any other.
  fileprivate func standardisation(of measure: Measure, _ draft: MeasureDraft) -> StrataFigure? {
    switch (measure.kind, draft) {
    case (.standardised(let of, let per, let by, let strata, _), .standardised(_, _, let rates, _)):
      let isOfAll = measures.contains { $0.name == by && $0.kind.isCount }
      return StrataFigure(
        pieces: strataName(strata),
        strata: strata,
        observed: of,
        population: isOfAll ? nil : by,
        method: .direct(per: per, rates.standard)
      )
    case (.ratio(let of, let strata), _):
      return StrataFigure(
        pieces: strataName(strata),
        strata: strata,
        observed: of,
        population: measure.over,
        method: .indirect
      )
    default: return nil
    }
  }
}

extension Measure.Kind {
  fileprivate var isCount: Bool { if case .count = self { true } else { false } }
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
