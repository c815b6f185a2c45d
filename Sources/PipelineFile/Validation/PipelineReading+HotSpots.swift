import Diagnostics

extension PipelineReading {
  /// Reads a table of hot spots.
  ///
  /// - Parameters:
  ///   - entry: the table.
  ///   - persons: what its columns and conditions may name.
  ///   - tables: the tables of measures, one of which may count what is looked for.
  ///   - entries: all tables as written.
  /// - Returns: nil where a mistake was told.
  mutating func hotSpots(
    _ entry: CheckedEntry,
    _ persons: ExpressionScope,
    _ tables: [TableDefinition],
    _ entries: [CheckedEntry]
  ) -> TableDefinition? {
    let value = entry.value
    for key in ["rows", "by", "totals"] {
      guard let place = value[key]?.place else { continue }
      faults.report(
        at: place,
        "found '\(key)' beside 'hot_spots', expected 'measure' alone",
        hint: key == "by" ? "say by: under 'hot_spots'" : "leave it out"
      )
    }
    let own = measures(value["measure"]?.entries ?? [], by: [], persons, of: .persons)
    guard let search = value["hot_spots"], !search.isFaulty else { return nil }
    let by = dimensions(search["by"], persons, .persons)
    let expected = dimensions(search["expected"], persons, .persons)
    if let shared = search["expected"]?.elements.first(where: { $0.text == by.first }) {
      faults.report(
        at: shared.span,
        "found '\(by.first ?? "")' as area and among 'expected': each area would expect what it has",
        hint: "expect by age and sex"
      )
      return nil
    }
    let near = areaFile(search["near"], .near)
    let find = methods(search)
    guard let measure = counted(search["of"], own, value["measure"], tables, entries),
      !by.isEmpty, !expected.isEmpty, let find
    else { return nil }
    return TableDefinition(
      name: entry.name,
      rows: [],
      by: by,
      totals: [],
      content: .hotSpots(
        HotSpotSearch(
          measure: measure,
          expected: expected,
          find: find,
          near: near,
          runs: Int(search["runs"]?.integer ?? 999),
          seed: search["seed"]?.integer ?? 1,
          atMost: search["at_most"]?.share ?? 0.5,
          falseDiscoveryRate: search["false"]?.share ?? 0.05
        )
      ),
      place: faults.place(of: entry.keySpan)
    )
  }

  /// How hot spots are looked for; nil where a mistake was told.
  private mutating func methods(_ search: CheckedValue) -> [HotSpotSearch.Method]? {
    let hasNear = search["near"] != nil || search.isUncertain("near")
    guard let find = search["find"] else {
      return hasNear ? HotSpotSearch.Method.allCases : [.smr]
    }
    guard !find.isFaulty else { return nil }
    let written = find.elements.compactMap(\.text)
    for element in find.elements {
      guard let word = element.text, word != HotSpotSearch.Method.smr.rawValue, !hasNear else {
        continue
      }
      faults.report(
        at: element.span,
        "found '\(word)' without 'near', which tells what areas lie near each other",
        hint: "add near: codes/areas.csv, or find smr alone"
      )
      return nil
    }
    if search["near"] != nil, !written.contains(where: { $0 != "smr" }) {
      faults.report(
        at: search["near"]?.place ?? find.span,
        "found 'near', which nothing asks for",
        hint: "find scan or gi too, or leave it out"
      )
    }
    // The ratio stands beside whatever is found.
    return HotSpotSearch.Method.allCases.filter { $0 == .smr || written.contains($0.rawValue) }
  }

  /// The measure that hot spots are of, of this table or of another.
  private mutating func counted(
    _ of: CheckedValue?,
    _ own: [Measure],
    _ written: CheckedValue?,
    _ tables: [TableDefinition],
    _ entries: [CheckedEntry]
  ) -> Measure? {
    guard let of, let name = of.text else { return nil }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    var candidates: [(table: String, measure: Measure)] = []
    if parts.count == 1 { candidates = own.filter { $0.name == name }.map { ("", $0) } }
    if candidates.isEmpty {
      candidates = tables.filter { parts.count == 1 || $0.name == parts[0] }.flatMap { table in
        table.measures.filter { $0.name == parts.last }.map { (table.name, $0) }
      }
    }
    guard let first = candidates.first?.measure else {
      // One that is written and could not be read is told at its own place.
      let isWritten =
        written?.isFaulty == true || written?[name] != nil
        || entries.contains { $0.value["measure"]?[parts.last ?? ""] != nil }
      if isWritten { return nil }
      let known = own.map(\.name) + tables.flatMap(\.measures).map(\.name)
      faults.report(
        at: of.span,
        "found no measure '\(name)', expected one that counts persons",
        hint: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? "add measure: {\(parts.last ?? name): count where …} to the table"
      )
      return nil
    }
    guard case .countWhere = first.kind else {
      faults.report(
        at: of.span,
        "found '\(name)', which is no count of some persons: hot spots count persons, not sums",
        hint: "write it as: count where …"
      )
      return nil
    }
    if candidates.count > 1 {
      let tables = candidates.map(\.table).joined(separator: ", ")
      faults.report(
        at: of.span,
        "found a measure '\(name)' in several tables: \(tables)",
        hint: "say which, as \(candidates[0].table).\(name)"
      )
      return nil
    }
    return first
  }
}
