import Diagnostics

extension PipelineReading {
  /// Reads a table that compares regions, when the others are known.
  mutating func benchmark(
    _ entry: CheckedEntry,
    beside tables: [TableDefinition]
  ) -> TableDefinition? {
    guard let value = entry.value["benchmark"], !value.isFaulty else { return nil }
    checkAlone("benchmark", entry, "it has a row a region")
    guard let of = value["of"], let found = rate(of, tables, orRatio: true) else { return nil }
    let strata: [String] = if case .ratio(_, let strata) = found.rate.kind { strata } else { [] }
    let uncut = strata.filter { !found.table.by.contains($0) }
    if !uncut.isEmpty {
      faults.report(
        at: of.span,
        "found a ratio expected by \(uncut.formattedNames), by which '\(found.table.name)' is not cut",
        hint: "add them to its 'by': regions are compared stratum by stratum"
      )
    }
    let lacking = found.table.by.filter { !found.table.totals.contains($0) }
    if !lacking.isEmpty {
      faults.report(
        at: of.span,
        "found a table '\(found.table.name)' without the total of everyone",
        hint: "give it totals of \(lacking.formattedNames)"
      )
    }
    return TableDefinition(
      name: entry.name,
      rows: [],
      by: [],
      totals: [],
      content: .benchmark(
        BenchmarkDefinition(
          table: found.table.name,
          rate: found.rate,
          parts: found.parts,
          strata: strata,
          from: (value["from"]?.elements ?? []).map { path($0) },
          coverage: value["coverage"]?.share
        )
      ),
      place: faults.place(of: entry.keySpan)
    )
  }

  /// Tells keys beside one that says all of a table.
  mutating func checkAlone(_ name: String, _ entry: CheckedEntry, _ reason: String) {
    let keys = [
      "by", "measure", "rows", "totals", "lenses", "value", "progress", "benchmark", "savings",
    ]
    for key in keys where key != name {
      guard let other = entry.value[key] else { continue }
      faults.report(
        at: other.place,
        "table '\(entry.name)' has '\(name)', and '\(key)' beside it",
        hint: "leave '\(key)' out: \(reason)"
      )
    }
  }
}
