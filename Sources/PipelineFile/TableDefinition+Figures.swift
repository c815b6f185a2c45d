extension TableDefinition {
  /// The names of its figures, in output order.
  var figureNames: [String] {
    switch content {
    case .measures(let measures): measures.map(\.name)
    case .lenses: ["value", "region", "verdict", "response"]
    case .value: ["n", "outcome", "cost", "value", "without_outcome", "cost_without_outcome"]
    case .segmentsReport: Segment.figures
    case .strata: Stratification.figures
    case .hotSpots(let search): search.columns
    case .progress(let progress):
      (progress.parts + [progress.rate]).map(\.name)
        + (progress.target == nil ? [] : ["path", "verdict"])
        + (progress.comparator == nil ? [] : ["effect"])
    case .benchmark(let benchmark):
      (benchmark.parts + [benchmark.rate]).map(\.name) + ["overall", "coverage", "verdict"]
    case .savings: ["baseline", "actual", "brings", "takes", "net", "roi", "quality", "payout"]
    }
  }

  /// What tells its rows apart, in output order; the labels of what it is laid out by, where the file
  /// tells them.
  var shownDimensions: [(name: String, labels: [String]?)] {
    switch content {
    case .lenses(_, let lenses):
      by.map { ($0, nil) } + [
        ("lens", Lens.Aim.allCases.map(\.rawValue).sorted()),
        ("indicator", lenses.flatMap { $0.indicators.map(\.measure) }.sorted()),
      ]
    case .progress(let progress):
      [("period", progress.periods.map(\.label))]
        + (progress.comparator == nil ? [] : [("side", ["comparator", "region"])])
    case .benchmark: [("region", nil)]
    case .savings: [("payer", nil)]
    case .measures, .value, .segmentsReport, .strata, .hotSpots: by.map { ($0, nil) }
    }
  }

  /// The words that a figure has instead of numbers; nil for numbers.
  func words(of figure: String) -> [String]? {
    guard figure == "verdict" else { return nil }
    return switch content {
    case .lenses: ["better", "worse", "as the region", "no source"]
    case .progress: ["reached", "on course", "behind"]
    case .benchmark: ["high", "low", "usual", "incomparable"]
    case .measures, .value, .segmentsReport, .strata, .hotSpots, .savings: nil
    }
  }

  /// Whether a figure without words of its own is a number in every row.
  var hasNumbersAlone: Bool {
    switch content {
    case .measures, .lenses, .value, .progress, .benchmark, .savings: true
    case .segmentsReport, .strata, .hotSpots: false
    }
  }
}
