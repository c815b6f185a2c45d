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
      },
      isOfRows: plan.origins.map { if case .row = $0 { true } else { false } }
    )
    let found = tabulation.cells.occurring(by: 0)
    let codes = codes(of: found.map(\.cell))
    let figures = try figures(at: found.map(\.offset))
    let names = [definition.name, definition.name] + plan.sums

    var keys: [UInt64] = []
    let behind = tabulation.contributors.map { $0.found() }
    let contributors = behind.map { TableContributors($0.contributors, plan) }
    var columns = [[Int64]](
      repeating: [],
      count: figures.count + (contributors.first?.columnCount ?? 0)
    )
    for totalled in assembly.totalSets {
      let groups = assembly.groups(codes: codes, cellCount: found.count, totalled: totalled)
      keys += groups.keys
      for figure in figures.indices {
        if figure == 1, let distinct = try persons(totalled, assembly) {
          columns[figure] += distinct
        } else {
          columns[figure] += try groups.added(figures[figure], name: names[figure])
        }
      }
      if contributors.isEmpty { continue }
      // Those whose rows become one cell are one person there: each set of totals has its own.
      let number = coarser(totalled).map { $0 + 1 } ?? 0
      let cells = behind[number].cells
      let joined = assembly.groups(
        codes: self.codes(of: cells),
        cellCount: cells.count,
        totalled: totalled
      )
      for (place, column) in contributors[number].columns(of: joined).enumerated() {
        columns[figures.count + place] += column
      }
    }
    return assembly.table(keys: keys, figures: columns, scope: definition.scope) { columns in
      let told = TableContributors.told(
        contributors.first,
        definition.measures.map { figure($0, columns) },
        identities: definition.measures.map { definition.identity(of: $0) },
        columns: Array(columns[figures.count...])
      )
      return (columns[1], told.sets, told.powerSums, told.figures)
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
    guard let number = coarser(totalled) else { return nil }
    let store = tabulation.coarser[number]
    let found = store.occurring(by: 0)
    return try assembly.groups(
      codes: codes(of: found.map(\.cell)),
      cellCount: found.count,
      totalled: totalled
    ).added(found.map { store.fields[$0.offset] }, name: plan.definition.name)
  }

  /// Which set of totals over rows these dimensions are; nil where no row dimension is totalled.
  private func coarser(_ totalled: [Bool]) -> Int? {
    var kept = [Bool](repeating: true, count: plan.rowDimensions.count)
    for (dimension, origin) in plan.origins.enumerated() {
      if case .row(let number) = origin { kept[number] = !totalled[dimension] }
    }
    return plan.coarser.firstIndex(of: kept)
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

extension TableContributors {
  /// - Parameters:
  ///   - found: behind persons, rows and each sum.
  ///   - plan: of the table.
  fileprivate init(_ found: [CellContributors], _ plan: RowTablePlan) {
    self.init(
      everyone: found[0],
      measures: plan.definition.measures.map { measure in
        switch measure.kind {
        case .count: found[0]
        case .rows: found[1]
        case .sumColumn(let name): plan.sums.firstIndex(of: name).map { found[2 + $0] }
        case .countWhere, .sum, .mean, .quantile, .distinct, .personYears, .quotient,
          .standardised, .ratio:
          nil
        }
      }
    )
  }
}
