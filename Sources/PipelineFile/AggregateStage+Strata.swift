extension TableDefinition {
  /// The name of the table of counts that its rates by these strata follow from; no file can have such a
  /// name.
  package func strataName(_ strata: [String]) -> String {
    "strata of \(name) by \(strata.joined(separator: ", "))"
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

  /// Tables of the counts that its standardised measures follow from, which nobody publishes.
  var strataTables: [TableDefinition] {
    guard rows.isEmpty, episodes == nil else { return [] }
    var found: [TableDefinition] = []
    for (strata, names) in standardised {
      let own = by.filter { !onlyTotals.contains($0) }
      let counted = measures.filter { names.contains($0.name) && !$0.isCount }
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
