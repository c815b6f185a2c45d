extension AggregateStage {
  /// The stage with tables that nobody publishes: of what joins those whose cuts form a cycle, so that
  /// protection knows what follows from all of them together.
  ///
  /// A condition is a dimension too: whom `count where` counts is cut in two. What standardised measures
  /// follow from are tables too.
  ///
  /// - Parameter cores: finds, in the cuts of tables, the dimensions of each cycle.
  /// - Returns: the stage, and the names of these tables; no file can have such a name.
  package func addingPieces(
    _ cores: (_ cuts: [[String]]) -> [[String]]
  ) -> (stage: AggregateStage, names: [String]) {
    var stage = self
    var names: [String] = []
    for rows in distinctRows {
      let own = tables.filter { $0.rows == rows && $0.episodes == nil && $0.addsUp }
      for core in cores(own.flatMap(\.cuts)) {
        guard let place = own.first?.place else { continue }
        let name = "pieces \(rows) \(core)"
        let measures = own.filter { !Set($0.by).isDisjoint(with: core) }.flatMap(\.measures)
        names.append(name)
        stage.tables.append(
          TableDefinition(
            name: name,
            rows: rows,
            by: core.filter { dimension in own.contains { $0.by.contains(dimension) } },
            totals: [],
            content: .measures(Self.distinct(measures.filter { $0.isPiece(of: core) })),
            place: place
          )
        )
      }
    }
    for table in strataTables {
      names.append(table.name)
      stage.tables.append(table)
    }
    return (stage, names)
  }

  private var distinctRows: [[String]] {
    var found: [[String]] = []
    for table in tables where !found.contains(table.rows) { found.append(table.rows) }
    return found
  }

  private static func distinct(_ measures: [Measure]) -> [Measure] {
    var seen: Set<String> = []
    return measures.filter { seen.insert($0.name).inserted }
  }
}

extension TableDefinition {
  /// Whether its numbers are those of cells that add up.
  fileprivate var addsUp: Bool {
    switch content {
    case .measures, .lenses: true
    case .value, .segmentsReport, .hotSpots, .strata, .progress, .benchmark, .savings: false
    }
  }

  /// Its dimensions, and with each condition once more.
  fileprivate var cuts: [[String]] {
    let conditions = measures.compactMap(\.condition)
    let by = by.filter { !onlyTotals.contains($0) }
    return conditions.isEmpty ? [by] : conditions.map { by + [$0] }
  }
}

extension Measure {
  /// What it counts by, as a dimension; nil where it counts everyone.
  fileprivate var condition: String? {
    if case .countWhere(let typed) = kind { "where \(typed.expression.text)" } else { nil }
  }

  /// Whether it adds up over pieces of these dimensions.
  fileprivate func isPiece(of core: [String]) -> Bool {
    switch kind {
    case .countWhere: condition.map(core.contains) ?? false
    case .rows, .sumColumn, .sum, .mean, .personYears: true
    case .count, .quantile, .distinct, .quotient, .standardised, .ratio: false
    }
  }
}
