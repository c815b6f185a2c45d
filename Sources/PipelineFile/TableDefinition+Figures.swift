extension TableDefinition {
  /// The names of its figures, in output order; nil for a table that is laid out otherwise.
  var figureNames: [String]? {
    switch content {
    case .measures(let measures): measures.map(\.name)
    case .segmentsReport: Segment.figures
    case .strata: Stratification.figures
    case .hotSpots(let search): search.columns
    case .lenses, .value, .progress, .benchmark, .savings: nil
    }
  }
}
