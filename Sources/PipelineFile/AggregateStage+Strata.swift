extension AggregateStage {
  /// Tables of the counts that standardised measures follow from, which nobody publishes.
  var strataTables: [TableDefinition] {
    tables.flatMap { table in
      table.strataTables(covered: covered(of: table).map { [$0] } ?? [])
    }
  }

  /// Who could appear in what a search for hot spots counts; nil where everyone could.
  private func covered(of table: TableDefinition) -> Measure? {
    guard case .hotSpots(let search) = table.content else { return nil }
    let conditions = covers.keys.sorted().filter { source in
      SourceNeeds(of: [source], persons).measures(among: [search.measure])
        .contains(search.measure.name)
    }.compactMap { covers[$0]?.expression }
    return conditions.reduce(nil) { all, next in all.map { .and($0, next) } ?? next }.map {
      Measure(
        name: HotSpotSearch.covered,
        kind: .countWhere(TypedExpression($0, type: .boolean))
      )
    }
  }
}

extension TableDefinition {
  /// The name of the table of counts that its rates by these strata follow from; no file can have such a
  /// name.
  package func strataName(_ strata: [String]) -> String {
    "strata of \(name) by \(strata.joined(separator: ", "))"
  }

  /// The table that counts what a search for hot spots looks at: a measure of who is counted, and one of
  /// how many are for those who were expected.
  ///
  /// - Parameters:
  ///   - search: of this table.
  ///   - isOfCovered: whether some persons could not be counted.
  /// - Returns: cut by the same areas, without totals.
  package func counting(_ search: HotSpotSearch, isOfCovered: Bool) -> TableDefinition {
    var table = self
    table.totals = []
    table.content = .measures([
      search.measure,
      Measure(
        name: HotSpotSearch.expected,
        kind: .ratio(of: search.measure.name, strata: search.expected),
        over: isOfCovered ? HotSpotSearch.covered : nil
      ),
    ])
    return table
  }

  /// The strata of each of its standardised measures, and of what each makes counts of them.
  private var standardised: [(strata: [String], measures: [String])] {
    if case .hotSpots(let search) = content {
      return [(search.expected, [search.measure.name])]
    }
    return measures.compactMap { measure in
      switch measure.kind {
      case .standardised(let of, _, let by, let strata, _): (strata, [of, by])
      case .ratio(let of, let strata): (strata, [of] + (measure.over.map { [$0] } ?? []))
      case .count, .countWhere, .rows, .sumColumn, .sum, .mean, .quantile, .distinct, .personYears,
        .quotient:
        nil
      }
    }
  }

  /// Tables of the counts that its standardised measures follow from.
  ///
  /// - Parameter covered: counts those who could be counted, where not everyone could.
  /// - Returns: one for each set of strata.
  fileprivate func strataTables(covered: [Measure]) -> [TableDefinition] {
    guard rows.isEmpty, episodes == nil else { return [] }
    var found: [TableDefinition] = []
    for (strata, names) in standardised {
      let own = by.filter { !onlyTotals.contains($0) }
      let counted = measures.filter { names.contains($0.name) && !$0.isCount } + covered
      let name = strataName(strata)
      if let place = found.firstIndex(where: { $0.name == name }) {
        let known = found[place].measures
        found[place].content = .measures(
          known + counted.filter { new in !known.contains { $0.name == new.name } }
        )
        continue
      }
      found.append(
        TableDefinition(
          name: name,
          rows: [],
          by: own + strata.filter { !own.contains($0) },
          totals: own.filter { !strata.contains($0) },
          content: .measures(counted),
          place: place,
          nests: nests
        )
      )
    }
    return found
  }
}
