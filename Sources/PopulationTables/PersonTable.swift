import PipelineFile
import Tabular

/// Makes a table that counts persons.
///
/// Everyone is in exactly one cell apart from totals, so that all figures add up.
struct PersonTable {
  private let definition: TableDefinition
  private let columns: PersonColumns
  private let cells: PersonCells

  init(_ definition: TableDefinition, columns: PersonColumns) throws(PopulationTablesError) {
    self.definition = definition
    self.columns = columns
    var dimensions: [LabelledCodes] = []
    for name in definition.by {
      dimensions.append(
        LabelledCodes(try columns.vector(named: name).spread(over: columns.count))
      )
    }
    cells = PersonCells(dimensions, personCount: columns.count)
  }

  /// Persons first; then for each measure its value and the persons behind it.
  func table() throws(PopulationTablesError) -> CellTable {
    var figures = [personCounts()]
    var names = [definition.name]
    var units: [IntegerUnit] = []
    for measure in definition.measures {
      let (values, contributors, unit) = try self.figures(of: measure, persons: figures[0])
      figures += [values, contributors]
      names += [measure.name, measure.name]
      units.append(unit)
    }

    let assembly = try CellAssembly(
      TableShape(name: definition.name, by: definition.by, totals: definition.totals),
      labels: cells.dimensions.map(\.labels)
    )
    var keys: [UInt64] = []
    var columns = [[Int64]](repeating: [], count: figures.count)
    for totalled in assembly.totalSets {
      let added = try assembly.added(
        codes: cells.codes,
        figures: figures,
        names: names,
        totalled: totalled
      )
      keys += added.keys
      for figure in columns.indices { columns[figure] += added.figures[figure] }
    }
    return assembly.table(keys: keys, figures: columns) { figures in
      let measures = definition.measures.indices.map { number in
        CellTable.Figure(
          name: definition.measures[number].name,
          kind: definition.measures[number].kind.figureKind,
          unit: units[number],
          values: figures[1 + 2 * number],
          contributors: figures[2 + 2 * number]
        )
      }
      return (figures[0], measures)
    }
  }

  private func personCounts() -> [Int64] {
    var counts = [Int64](repeating: 0, count: cells.cellCount)
    for cell in cells.cellOfPerson { counts[Int(cell)] += 1 }
    return counts
  }

  private func figures(
    of measure: Measure,
    persons: [Int64]
  ) throws(PopulationTablesError) -> (values: [Int64], contributors: [Int64], unit: IntegerUnit) {
    let evaluator = columns.evaluator(for: measure.name)
    switch measure.kind {
    case .count: return (persons, persons, .number)
    case .countWhere(let condition):
      let truth = try evaluator.truth(of: condition.expression)
      var counts = [Int64](repeating: 0, count: cells.cellCount)
      for person in truth.indices where truth[person] {
        counts[Int(cells.cellOfPerson[person])] += 1
      }
      return (counts, counts, .number)
    case .sum(let expression):
      let (numbers, unit) = try evaluator.numbers(of: expression)
      var sums = [Int64](repeating: 0, count: cells.cellCount)
      var contributors = [Int64](repeating: 0, count: cells.cellCount)
      for person in numbers.indices {
        let number = numbers[person]
        if number == missingInteger || number == 0 { continue }
        let cell = Int(cells.cellOfPerson[person])
        let result = sums[cell].addingReportingOverflow(number)
        if result.overflow { throw .overflow(column: measure.name) }
        sums[cell] = result.partialValue
        contributors[cell] += 1
      }
      return (sums, contributors, unit)
    case .rows: throw .noSource(name: measure.name)
    case .sumColumn(let name): throw .noColumn(name: name)
    }
  }
}

extension Measure.Kind {
  /// How disclosure control looks at it.
  var figureKind: CellTable.Figure.Kind {
    switch self {
    case .count: .count
    case .countWhere: .part
    case .rows, .sumColumn, .sum: .sum
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
