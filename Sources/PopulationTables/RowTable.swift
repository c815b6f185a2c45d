import PipelineFile
import Tabular

/// Makes the cells of a table of rows, totals included, when all rows are counted.
struct RowTable {
  let plan: RowTablePlan
  let tabulation: RowTabulation

  /// Rows and sums add up over any dimension, persons over those of persons only.
  func table() throws(PopulationTablesError) -> CellTable {
    let definition = plan.definition
    let assembly = try CellAssembly(
      definition.shape,
      labels: plan.origins.map { origin in
        switch origin {
        case .person(let number): plan.personCells.dimensions[number].labels
        case .row(let number): plan.rowDimensions[number].labels
        }
      }
    )
    let found = tabulation.cells.occurring(by: 0)
    let codes = codes(of: found.map(\.cell))
    let figures = try figures(at: found.map(\.offset))
    let names = [definition.name, definition.name] + plan.sums

    var keys: [UInt64] = []
    var columns = [[Int64]](repeating: [], count: figures.count)
    for totalled in assembly.totalSets {
      let groups = assembly.groups(codes: codes, cellCount: found.count, totalled: totalled)
      keys += groups.keys
      for figure in columns.indices {
        if figure == 1, let distinct = try persons(totalled, assembly) {
          columns[figure] += distinct
        } else {
          columns[figure] += try groups.added(figures[figure], name: names[figure])
        }
      }
    }
    return assembly.table(keys: keys, figures: columns) { figures in
      (figures[1], definition.measures.map { self.figure($0, figures) })
    }
  }

  private func figure(_ measure: Measure, _ figures: [[Int64]]) -> CellTable.Figure {
    var values = figures[1]
    var unit = FigureUnit.number
    switch measure.kind {
    case .rows: values = figures[0]
    case .sumColumn(let name):
      if let sum = plan.sums.firstIndex(of: name) {
        values = figures[2 + sum]
        unit = FigureUnit(plan.units[sum])
      }
    case .count, .countWhere, .sum, .mean, .quantile, .distinct, .personYears, .quotient,
      .standardised,
      .ratio:
      break
    }
    let kind = kind(of: measure)
    return CellTable.Figure(
      name: measure.name,
      kind: kind,
      unit: unit,
      values: values,
      contributors: figures[1],
      companions: kind == .sum ? [.persons(figures[1])] : []
    )
  }

  /// How disclosure control looks at it.
  private func kind(of measure: Measure) -> CellTable.Figure.Kind {
    switch measure.kind {
    case .count: return .count
    case .quotient(let of, let per, let by):
      // A name that no measure has gives a place that no figure has: it stays hidden.
      let names = plan.definition.measures.map(\.name)
      return .quotient(
        of: names.firstIndex(of: of) ?? -1,
        per: per,
        by: names.firstIndex(of: by) ?? -1,
        .unknown
      )
    case .rows, .sumColumn, .countWhere, .sum, .mean, .quantile, .distinct, .personYears,
      .standardised, .ratio:
      return .sum
    }
  }

  /// Distinct persons where rows of several codes become one cell; nil where they do not.
  private func persons(
    _ totalled: [Bool],
    _ assembly: CellAssembly
  ) throws(PopulationTablesError) -> [Int64]? {
    var kept = [Bool](repeating: true, count: plan.rowDimensions.count)
    for (dimension, origin) in plan.origins.enumerated() {
      if case .row(let number) = origin { kept[number] = !totalled[dimension] }
    }
    guard let number = plan.coarser.firstIndex(of: kept) else { return nil }
    let store = tabulation.coarser[number]
    let found = store.occurring(by: 0)
    return try assembly.groups(
      codes: codes(of: found.map(\.cell)),
      cellCount: found.count,
      totalled: totalled
    ).added(found.map { store.fields[$0.offset] }, name: plan.definition.name)
  }

  /// For each dimension of the table: one code a cell.
  private func codes(of cells: [Int]) -> [[Int32]] {
    plan.origins.map { origin in
      cells.map { cell in
        switch origin {
        case .person(let number): plan.personCells.codes[number][cell / plan.rowCodeCount]
        case .row(let number):
          Int32(plan.labelNumber(of: cell % plan.rowCodeCount, dimension: number))
        }
      }
    }
  }

  /// Rows, persons and sums, one a cell.
  private func figures(at offsets: [Int]) throws(PopulationTablesError) -> [[Int64]] {
    let fields = tabulation.cells.fields
    var figures = [offsets.map { fields[$0] }, offsets.map { fields[$0 + 1] }]
    for sum in plan.sums.indices {
      var values: [Int64] = []
      values.reserveCapacity(offsets.count)
      for offset in offsets {
        let low = fields[offset + 2 + 2 * sum]
        // It fits when the high word only repeats the sign.
        guard fields[offset + 3 + 2 * sum] == (low < 0 ? -1 : 0) else {
          throw .overflow(column: plan.sums[sum])
        }
        values.append(low)
      }
      figures.append(values)
    }
    return figures
  }
}
