import PipelineFile
import Statistics
import Tabular

/// The persons of each area who are counted, and how many were expected.
///
/// The table has both, and nothing that follows from them: that is made of what protection leaves.
/// Expected is what an area would count with the shares of all residents of the table, stratum by
/// stratum: E = Σ nᵢ·Oᵢ/Nᵢ. Who could not appear in what is counted is expected nowhere.
struct AreaCounts {
  private let definition: TableDefinition
  private let counted: CellTable

  /// - Parameters:
  ///   - definition: of the table.
  ///   - search: who is counted, and by which strata.
  ///   - columns: of persons.
  /// - Throws: `noColumn`, `typeMismatch`, `overflow`.
  init(
    _ definition: TableDefinition,
    _ search: HotSpotSearch,
    _ columns: PersonColumns
  ) throws(PopulationTablesError) {
    let condition = search.measure.kind.expression
    let isOfCovered = condition.flatMap { columns.covered(by: $0.expression) } != nil
    self.definition = definition
    counted = try PersonTable(
      definition.counting(search, isOfCovered: isOfCovered),
      columns: columns,
      levels: [],
      tableOfName: [:]
    ).table()
  }

  /// An area a row, in the order of the codes: whole persons, and the expected ones in millionths.
  func table() -> CellTable {
    let figures = counted.figures.map { figure in
      if case .ratio(_, let expected, _) = figure.kind {
        return CellTable.Figure(
          name: HotSpotSearch.expected,
          kind: .fitted(of: []),
          unit: .millionths,
          values: expected.map { millionths($0) },
          standardisation: figure.standardisation
        )
      }
      return CellTable.Figure(
        name: HotSpotSearch.observed,
        kind: .part,
        unit: .number,
        values: figure.values,
        contributors: figure.contributors,
        sets: figure.sets,
        powerSums: figure.powerSums,
        identity: figure.identity
      )
    }
    return CellTable(
      name: definition.name,
      dimensions: counted.dimensions,
      figures: figures,
      persons: counted.persons,
      sets: counted.sets,
      powerSums: counted.powerSums,
      scope: counted.scope
    )
  }
}
