import PipelineFile
import Statistics
import Tabular

/// How many persons of each area are counted, and how many were expected.
///
/// The table has both, and nothing that follows from them: that is made of what protection leaves.
/// Expected is what an area would count with the shares of all residents of the table, stratum by
/// stratum: E = Σ nᵢ·Oᵢ/Nᵢ. Who could not appear in what is counted is expected nowhere.
struct AreaCounts {
  /// The person column of the area.
  private let area: String
  /// Codes in byte order; `unknown` is one of them where somebody's area is not known.
  private let areas: [String]
  /// One an area, as all that follow.
  private let persons: [Int]
  private let observed: [Int]
  private let expected: [Double]

  /// Counts the persons of each area.
  ///
  /// - Throws: `noColumn`, `typeMismatch`.
  init(
    _ search: HotSpotSearch,
    by area: String,
    _ columns: PersonColumns
  ) throws(PopulationTablesError) {
    guard let condition = search.measure.kind.expression else {
      throw .noColumn(name: search.measure.name)
    }
    let isCounted = try columns.evaluator(for: search.measure.name)
      .truth(of: condition.expression)
    let covered = columns.covered(by: condition.expression)
    var dimensions: [LabelledCodes] = []
    for name in [area] + search.expected {
      dimensions.append(
        LabelledCodes(try columns.vector(named: name).spread(over: columns.count))
      )
    }
    let strata = PersonCells(Array(dimensions.dropFirst()), personCount: columns.count)
    let cells = PersonCells(dimensions, personCount: columns.count)
    var inStratum = [(persons: Int, observed: Int)](repeating: (0, 0), count: strata.cellCount)
    var inCell = [(persons: Int, covered: Int, observed: Int, stratum: Int)](
      repeating: (0, 0, 0, 0),
      count: cells.cellCount
    )
    for person in isCounted.indices {
      let (cell, stratum) = (Int(cells.cellOfPerson[person]), Int(strata.cellOfPerson[person]))
      let isCovered = covered.map { $0[person] ? 1 : 0 } ?? 1
      let counted = isCounted[person] ? isCovered : 0
      inStratum[stratum].persons += isCovered
      inStratum[stratum].observed += counted
      inCell[cell].persons += 1
      inCell[cell].covered += isCovered
      inCell[cell].observed += counted
      inCell[cell].stratum = stratum
    }
    // Cells stand in the order of their areas, then of their strata.
    let labels = dimensions.first?.labels ?? []
    var areas: [String] = []
    var persons: [Int] = []
    var observed: [Int] = []
    var expected: [Double] = []
    var next = 0
    for code in labels.indices {
      let first = next
      while next < cells.cellCount, Int(cells.codes[0][next]) == code { next += 1 }
      guard first < next else { continue }
      let own = inCell[first..<next]
      areas.append(labels[code])
      persons.append(own.reduce(0) { $0 + $1.persons })
      observed.append(own.reduce(0) { $0 + $1.observed })
      expected.append(
        own.reduce(0) { sum, cell in
          let all = inStratum[cell.stratum]
          guard cell.covered > 0 else { return sum }
          return sum + Double(cell.covered) * Double(all.observed) / Double(all.persons)
        }
      )
    }
    self.area = area
    self.areas = areas
    self.persons = persons
    self.observed = observed
    self.expected = expected
  }

  /// The table of both figures: an area a row, in the order of the codes.
  ///
  /// - Parameter name: of the table.
  /// - Returns: whole persons, and the expected ones in millionths.
  func table(named name: String) -> CellTable {
    let observed = observed.map { Int64($0) }
    return CellTable(
      name: name,
      dimensions: [
        CellTable.Dimension(name: area, labels: areas, codes: areas.indices.map { Int32($0) })
      ],
      figures: [
        CellTable.Figure(
          name: HotSpotSearch.observed,
          kind: .part,
          unit: .number,
          values: observed,
          contributors: observed
        ),
        CellTable.Figure(
          name: HotSpotSearch.expected,
          kind: .fitted(of: []),
          unit: .millionths,
          values: expected.map { millionths($0) }
        ),
      ],
      persons: persons.map { Int64($0) }
    )
  }
}
