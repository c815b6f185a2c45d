import Diagnostics

/// Whose contributions a rule of dominance looks at.
extension PipelineReading {
  /// - Parameter value: of `of`.
  /// - Returns: persons unless something is said.
  func contributors(_ value: CheckedValue?) -> Protection.Contributors {
    let words = (value?.elements ?? []).compactMap(\.text)
    var named: Protection.Contributors = []
    if words.contains("person") { named.insert(.person) }
    if words.contains("provider") { named.insert(.provider) }
    return named.isEmpty ? .person : named
  }

  /// Tells where nobody can say what providers bring to a sum.
  ///
  /// - Parameters:
  ///   - policy: of the release.
  ///   - tables: that it protects.
  ///   - persons: the derived columns.
  ///   - stage: where all of them stand.
  mutating func tellProviders(
    _ policy: Protection,
    _ tables: [TableDefinition],
    _ persons: [DerivedColumn],
    in stage: CheckedValue
  ) {
    guard policy.asksForProviders,
      let span = stage["protect"]?["dominance"]?["of"]?.span
    else { return }
    usedColumns.insert(providerColumn)
    let ofPersons = spine.map { scope(of: $0, owner: "persons")[providerColumn] }
    if isTaken(ofPersons ?? nil) || persons.contains(where: { $0.name == providerColumn }) {
      faults.report(
        at: span,
        "found 'provider', but persons have a column of that name, expected one of rows alone",
        hint: "give the column of persons another name"
      )
      return
    }
    let known = sources.filter { source in
      guard source.name != spine?.name else { return false }
      switch scope(of: source, owner: "source '\(source.name)'")[providerColumn] {
      case .value, .uncertain: return true
      case .token, .filter, .generalised, .dropped, .ofRows, nil: return false
      }
    }
    if known.isEmpty, sourcesAreComplete, hiddenSources?.isEmpty == true {
      faults.report(
        at: span,
        "found 'provider', but no source keeps a column 'provider'",
        hint: "keep it: write provider: keep in pseudonymise"
      )
    }
    let names = Set(known.map(\.name))
    for entry in stage["tables"]?.entries ?? [] {
      guard let table = tables.first(where: { $0.name == entry.name }), table.rows.isEmpty,
        table.episodes == nil
      else { continue }
      for measure in table.measures where measure.mixesRows(of: names, persons) {
        faults.report(
          .warning,
          at: entry.keySpan,
          "nobody can tell what providers bring to '\(measure.name)': it is no sum of rows alone",
          hint: "it is protected by the persons who contribute to it"
        )
      }
    }
  }
}

extension Measure {
  /// Whether it adds up numbers of persons that look at rows of these sources, and are no sums of them.
  fileprivate func mixesRows(of sources: Set<String>, _ persons: [DerivedColumn]) -> Bool {
    switch kind {
    case .sum(let typed), .mean(let typed):
      !typed.expression.sources(persons[...]).isDisjoint(with: sources)
        && AggregateStage.rowSums(of: typed.expression, persons).isEmpty
    default: false
    }
  }
}

extension Expression {
  /// The sources that it looks at, also through derived columns; each of these uses those before it.
  fileprivate func sources(_ columns: ArraySlice<DerivedColumn>) -> Set<String> {
    columnNames.reduce(into: Set(accumulators.map(\.source))) { found, name in
      if let place = columns.lastIndex(where: { $0.name == name }) {
        found.formUnion(columns[place].expression.expression.sources(columns[..<place]))
      }
    }
  }
}
