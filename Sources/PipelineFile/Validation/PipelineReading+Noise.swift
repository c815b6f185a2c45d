import Diagnostics

/// How figures are moved by cell keys.
extension PipelineReading {
  mutating func noise(_ value: CheckedValue?, at span: SourceSpan) -> CellKeyNoise {
    let share = value?["of_largest"]?.share ?? 0.1
    if let place = value?["of_largest"]?.span, !(0.01...0.5).contains(share) {
      faults.report(at: place, "found a share outside 1 % to 50 %", hint: "10 % is usual")
    }
    return CellKeyNoise(
      atMost: value?["at_most"]?.integer ?? 5,
      variance: value?["variance"]?.integer ?? 3,
      gap: value?["gap"]?.integer ?? 2,
      ofLargest: Int64((share * 1_000_000).rounded()),
      place: faults.place(of: value?.place ?? span)
    )
  }

  /// Tells which tables have figures that nobody can be told to stand behind: these stay hidden.
  mutating func tellUnmoved(_ tables: [TableDefinition], in stage: CheckedValue) {
    for entry in stage["tables"]?.entries ?? [] {
      guard let table = tables.first(where: { $0.name == entry.name }),
        let what = table.content.unmoved
      else { continue }
      faults.report(
        .warning,
        at: entry.keySpan,
        "'cell-key' cannot move \(what): they stay hidden",
        hint: "publish table '\(table.name)' by a pipeline with another method"
      )
    }
  }
}

extension TableContent {
  /// What of it has no set of persons whose key could move it; nil where all has.
  fileprivate var unmoved: String? {
    switch self {
    case .measures(let measures), .lenses(let measures, _):
      measures.contains { if case .distinct = $0.kind { true } else { false } }
        ? "how many codes there are" : nil
    case .progress, .benchmark: nil
    case .value: "what an outcome costs"
    case .segmentsReport: "how the rules of segments divide persons"
    case .hotSpots: "hot spots"
    case .strata: "strata"
    case .savings: "savings"
    }
  }
}
