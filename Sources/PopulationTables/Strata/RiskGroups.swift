import PipelineFile
import Tabular

/// The groups of persons that are looked at by themselves: segments, or everyone together.
struct RiskGroups: Sendable {
  /// In byte order; a single empty name for everyone together.
  let names: [String]
  /// One a person: a row number of `names`.
  let codes: [Int32]

  /// - Throws: `noColumn` where there are no segments.
  init(_ strata: Stratification, of columns: PersonColumns) throws(PopulationTablesError) {
    guard strata.isWithinSegments else {
      names = [""]
      codes = [Int32](repeating: 0, count: columns.count)
      return
    }
    let labelled = LabelledCodes(try columns.vector(named: Segment.column))
    names = labelled.labels
    codes = labelled.codes
  }
}
