import PipelineFile
import Tabular

/// What a score foretold, and what came.
struct RiskValidation: Sendable {
  let strata: Stratification
  /// Everyone who was scored when the outcome still lay ahead.
  let cohort: RiskCohort
  /// The risk that each score is said to have; nil when no calibration is asked for.
  let expected: [Int64: Double]?

  /// - Parameters:
  ///   - name: of one of the stage's stratifications.
  ///   - stage: as it is today.
  ///   - residents: everyone in the extract, whenever they lived here.
  ///   - sources: the linked sources.
  ///   - workers: how many threads.
  /// - Throws: `PopulationTablesError`.
  init(
    _ name: String,
    of stage: AggregateStage,
    residents: Table,
    sources: [SourceRows],
    workers: Int
  ) throws(PopulationTablesError) {
    guard let strata = stage.strata.first(where: { $0.name == name }) else {
      throw .noColumn(name: name)
    }
    func cohort(monthsBack months: Int) throws(PopulationTablesError) -> RiskCohort {
      try RiskCohort(
        strata,
        of: stage,
        monthsBack: months,
        residents: residents,
        sources: sources,
        workers: workers
      )
    }
    self.strata = strata
    self.cohort = try cohort(monthsBack: strata.monthsAhead)
    expected =
      switch strata.expected {
      case nil: nil
      case .file(let file)?: file.risks
      case .previous?: try cohort(monthsBack: 2 * strata.monthsAhead).risks
      }
  }

  /// Scores that persons have and of which the file of risks says nothing.
  var scoresWithoutRisk: [Int64] {
    guard case .file(let file)? = strata.expected else { return [] }
    return cohort.scores.filter { file.risks[$0] == nil }
  }
}
