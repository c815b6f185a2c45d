// Makes population tables from the residents and their linked rows.
//
// Input is pseudonymised and linked. This module never opens a file, holds a key or sees a name.
// It counts in integers; an overflow stops the run. Order of work: person columns that need no
// rows, one pass over the rows, the other person columns, a second pass only for tables that are
// cut by those, then cells and totals. Strata are validated by the same work with the clock put back. What it makes is not protected yet.

package import PipelineFile
package import Tabular

/// Makes the tables of a release, before protection.
///
/// - Parameters:
///   - stage: derived columns and tables.
///   - residents: one row a person, with the kept columns; tokens are ignored.
///   - sources: the linked sources, in any order.
///   - keys: one a resident; tables then tell the sets of persons behind their figures. Empty where
///     nobody asks, which costs nothing.
///   - powerTerms: with keys, how many `PowerSums` tables tell a cell and figure; 0 where nobody asks.
///   - workers: how many threads; the result is the same for any number.
///   - observe: called with what is found beside the tables, in the order of the stage.
/// - Returns: one table a definition, in that order.
/// - Throws: `PopulationTablesError`.
package func aggregate(
  _ stage: AggregateStage,
  residents: PseudonymisedTable,
  sources: [SourceRows],
  keys: [SetKey] = [],
  powerTerms: Int = 0,
  workers: Int,
  observe: (AggregateFinding) -> Void = { _ in }
) throws(PopulationTablesError) -> [CellTable] {
  let population = try Population(
    stage,
    residents: residents.table.addingRegion(stage.areas)
  )
  var counted: [SourceRows] = []
  for source in sources { counted.append(try population.rows(of: source)) }
  var aggregation = try Aggregation(
    stage,
    residents: population.residents,
    sources: counted,
    keys: population.counting(keys),
    powerTerms: powerTerms,
    workers: workers
  )
  var validations: [String: RiskValidation] = [:]
  for case .strata(let name) in stage.tables.map(\.content) {
    validations[name] = try RiskValidation(
      name,
      of: stage,
      residents: residents.table.addingRegion(stage.areas),
      sources: sources,
      workers: workers
    )
  }
  return try aggregation.tables(validations, observe: observe).map { table in
    guard let definition = stage.tables.first(where: { $0.name == table.name }) else {
      return table
    }
    return table.marking(
      sensitive: stage.sensitiveFigures(of: definition),
      together: stage.figuresTogether(in: definition)
    )
    .keepingTotals(of: definition.onlyTotals).naming(stage.printedNames)
  }
}
