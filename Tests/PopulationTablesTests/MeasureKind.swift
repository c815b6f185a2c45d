import PipelineFile

/// Every kind of measure; `PlainTables` and `PlainMeasures` recompute all of them.
///
/// The switch knows them all: a kind that is new is no test of ours until it has a reference.
enum MeasureKind: CaseIterable {
  case count, countWhere, rows, sumColumn, sum, mean, quantile, distinct, personYears, quotient
  case standardised, ratio

  init(_ kind: Measure.Kind) {
    self =
      switch kind {
      case .count: .count
      case .countWhere: .countWhere
      case .rows: .rows
      case .sumColumn: .sumColumn
      case .sum: .sum
      case .mean: .mean
      case .quantile: .quantile
      case .distinct: .distinct
      case .personYears: .personYears
      case .quotient: .quotient
      case .standardised: .standardised
      case .ratio: .ratio
      }
  }
}
