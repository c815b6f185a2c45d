package import PipelineFile
package import Tabular

/// How many of the residents who count could appear in a source.
package struct CoveredPersons: Sendable, Equatable {
  /// Everyone who counts.
  package let residents: Int
  /// By source; those of which the stage says nothing cover everyone.
  package let covered: [String: Int]

  /// - Throws: `PopulationTablesError`, where a condition cannot be computed.
  package init(
    _ stage: AggregateStage,
    residents: PseudonymisedTable
  ) throws(PopulationTablesError) {
    var columns = PersonColumns(
      residents: try Population(stage, residents: residents.table).residents
    )
    let needingRows = stage.persons.needingRows
    if !stage.covers.isEmpty {
      for column in stage.persons where !needingRows.contains(column.name) {
        try columns.derive(column)
      }
    }
    var covered: [String: Int] = [:]
    for (source, condition) in stage.covers {
      let evaluator = columns.evaluator(for: source)
      covered[source] = try evaluator.truth(of: condition.expression).count { $0 }
    }
    self.residents = columns.count
    self.covered = covered
  }
}
