import PipelineFile

/// Every kind of table, and what recomputes it person by person.
///
/// The switches know them all: a kind that is new does not compile until it has a reference.
enum TableKind: CaseIterable {
  case measures, lenses, value, segmentsReport, hotSpots, strata, progress, benchmark, savings

  init(_ content: TableContent) {
    self =
      switch content {
      case .measures: .measures
      case .lenses: .lenses
      case .value: .value
      case .segmentsReport: .segmentsReport
      case .hotSpots: .hotSpots
      case .strata: .strata
      case .progress: .progress
      case .benchmark: .benchmark
      case .savings: .savings
      }
  }

  /// What tests compare it with, on random regions.
  var reference: Any.Type {
    switch self {
    case .measures: PlainMeasures.self
    case .lenses: PlainLenses.self
    case .value: PlainValueTable.self
    case .segmentsReport: PlainTables.self
    case .hotSpots: PlainHotSpots.self
    case .strata: PlainStrata.self
    case .progress: PlainProgress.self
    case .benchmark: PlainBenchmark.self
    case .savings: PlainSavings.self
    }
  }
}
