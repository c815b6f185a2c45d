import PipelineFile
import Statistics
import Tabular

/// Makes a table of what an outcome costs, over the persons of whom both are known.
struct ValueTable {
  let definition: TableDefinition
  let value: ValueDefinition
  let columns: PersonColumns
  let levels: [Confidence]
  /// Whom it is about, ascending, and what it may be cut by beside their columns; nil for everyone.
  let started: (persons: [Int], columns: [(name: String, vector: Vector)])?

  func table() throws(PopulationTablesError) -> CellTable {
    let dimensions = try dimensions()
    let cells = PersonCells(dimensions, personCount: started?.persons.count ?? columns.count)
    let assembly = try CellAssembly(definition.shape, labels: dimensions.map(\.labels))
    let outcomes = try numbers(of: value.outcome, "outcome")
    let costs = try numbers(of: value.cost, "cost")
    var keys: [UInt64] = []
    var columns = [[Int64]](repeating: [], count: 7 + 2 * levels.count)
    for totalled in assembly.totalSets {
      let groups = assembly.groups(
        codes: cells.codes,
        cellCount: cells.cellCount,
        totalled: totalled
      )
      keys += groups.keys
      for members in members(of: groups, cells) {
        for (column, number) in figures(of: members, outcomes, costs).enumerated() {
          columns[column].append(number)
        }
      }
    }
    return assembly.table(keys: keys, figures: columns, scope: .alone) { columns in
      (columns[0], [], [], figures(columns))
    }
  }

  private func dimensions() throws(PopulationTablesError) -> [LabelledCodes] {
    guard let started else { return try columns.dimensions(definition.by) }
    var dimensions: [LabelledCodes] = []
    for name in definition.by {
      if let own = started.columns.first(where: { $0.name == name }) {
        dimensions.append(LabelledCodes(own.vector))
      } else {
        let vector = try columns.vector(named: name).spread(over: columns.count)
        dimensions.append(LabelledCodes(vector.taking(started.persons)))
      }
    }
    return dimensions
  }

  /// Who is in each group, in order.
  private func members(of groups: CellGroups, _ cells: PersonCells) -> [[Int32]] {
    var members = [[Int32]](repeating: [], count: groups.keys.count)
    for person in cells.cellOfPerson.indices {
      members[Int(groups.groupOfCell[Int(cells.cellOfPerson[person])])].append(Int32(person))
    }
    return members
  }

  /// Persons, those with both, outcome, cost, value, those without an outcome, their cost, limits.
  private func figures(
    of members: [Int32],
    _ outcomes: [Double],
    _ costs: [Double]
  ) -> [Int64] {
    var known: (outcomes: [Double], costs: [Double]) = ([], [])
    var rest: [Double] = []
    for person in members.lazy.map(Int.init) where !costs[person].isNaN {
      if outcomes[person].isNaN {
        rest.append(costs[person])
      } else {
        known.outcomes.append(outcomes[person])
        known.costs.append(costs[person])
      }
    }
    let ratio = ValueRatio(outcomes: known.outcomes, costs: known.costs)
    let scale = Double(value.per)
    var figures = [Int64(members.count), Int64(known.outcomes.count)]
    figures.append(millionths(mean(known.outcomes)))
    figures.append(millionths(mean(known.costs)))
    figures.append(millionths(ratio.map { $0.value * scale }))
    figures.append(Int64(rest.count))
    figures.append(millionths(mean(rest)))
    for level in levels {
      let limits = ratio?.interval(level)?.scaled(by: scale)
      figures += [millionths(limits?.lower), millionths(limits?.upper)]
    }
    return figures
  }

  private func mean(_ numbers: [Double]) -> Double? {
    numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
  }

  private func figures(_ columns: [[Int64]]) -> [CellTable.Figure] {
    func fitted(
      _ name: String,
      of part: Int,
      _ column: Int,
      companions: [CellTable.Companion] = []
    ) -> CellTable.Figure {
      CellTable.Figure(
        name: name,
        kind: .fitted(of: [part]),
        unit: .millionths,
        values: columns[column],
        companions: companions
      )
    }
    func part(_ name: String, _ column: Int) -> CellTable.Figure {
      CellTable.Figure(
        name: name,
        kind: .part,
        unit: .number,
        values: columns[column],
        contributors: columns[column]
      )
    }
    return [
      part("n", 1), fitted("outcome", of: 0, 2), fitted("cost", of: 0, 3),
      fitted(
        "value",
        of: 0,
        4,
        companions: limitColumns(levels, lowerAndUpper: Array(columns.dropFirst(7)))
      ),
      part("without_outcome", 5), fitted("cost_without_outcome", of: 4, 6),
    ]
  }

  /// One a person, in ones and euros; not a number where it is missing.
  private func numbers(
    of typed: TypedExpression,
    _ name: String
  ) throws(PopulationTablesError) -> [Double] {
    let (numbers, unit) = try columns.numbers(of: typed, for: "\(definition.name): \(name)")
    let one = Double(FigureUnit(unit).perWhole)
    let values = numbers.map { $0 == missingInteger ? .nan : Double($0) / one }
    return started.map { $0.persons.map { values[$0] } } ?? values
  }
}
