extension TableDefinition {
  /// The names of its figures, in output order.
  var figureNames: [String] {
    switch content {
    case .measures(let measures), .lenses(let measures, _): measures.map(\.name)
    case .value: []
    case .segmentsReport: Segment.figures
    case .strata: Stratification.figures
    case .hotSpots(let search): search.columns
    }
  }
}
