import Tabular

/// The columns that say something about health or support, and what persons get of them.
package struct SensitiveColumns: Sendable, Hashable {
  private var ofPersons: Set<String> = []
  /// By source.
  private var ofRows: [String: Set<String>] = [:]

  init() {}

  /// - Parameters:
  ///   - sources: with the class of each column.
  ///   - spine: the source whose rows are the persons; nil where they are of all sources.
  ///   - stage: what persons get.
  init(_ sources: [Source], spine: String?, _ stage: AggregateStage) {
    for source in sources {
      let names = source.declaredColumns.filter { $0.privacyClass == .sensitive }
        .flatMap { column in [column.name] + ["_year", "_pc4"].map { column.name + $0 } }
      ofRows[source.name] = Set(names)
      if spine == nil || spine == source.name { ofPersons.formUnion(names) }
    }
    for episode in stage.episodes where touches(episode) {
      ofPersons.formUnion(EpisodeDefinition.Figure.allCases.map(episode.column))
    }
    for column in stage.persons where touches(column.expression.expression) {
      ofPersons.insert(column.name)
    }
    if stage.segments.contains(where: { $0.rule.map { touches($0.expression) } ?? false }) {
      ofPersons.insert(Segment.column)
    }
    for strata in stage.strata
    where strata.conditions.contains(where: touches)
      || strata.isWithinSegments && ofPersons.contains(Segment.column)
    {
      ofPersons.insert(strata.name)
    }
  }

  /// Whether an expression on persons looks at such a column, of theirs or of their rows.
  package func touches(_ expression: Expression) -> Bool {
    expression.columnNames.contains(where: ofPersons.contains)
      || expression.accumulators.contains { accumulator in
        isSensitive(accumulator.column, of: accumulator.source)
          || touches(accumulator.condition, of: accumulator.source)
      }
  }

  /// Whether rows of a source have such a column of that name.
  func isSensitive(_ column: String?, of source: String) -> Bool {
    column.map { ofRows[source]?.contains($0) == true } ?? false
  }

  private func touches(_ condition: Expression?, of source: String) -> Bool {
    condition?.columnNames.contains { isSensitive($0, of: source) } ?? false
  }

  private func touches(_ episode: EpisodeDefinition) -> Bool {
    ([episode.starts] + episode.takes).contains { rows in
      touches(rows.condition, of: rows.source)
        || isSensitive(EpisodeDefinition.amountColumn, of: rows.source)
    }
  }
}

extension AggregateStage {
  /// The stage, knowing which columns say something about health or support.
  func knowing(_ sources: [Source], spine: String?) -> AggregateStage {
    var stage = self
    stage.sensitive = SensitiveColumns(sources, spine: spine, self)
    return stage
  }

  /// The figures of a table that are of such columns: their persons are a part that must not be
  /// nearly everyone.
  ///
  /// - Parameter table: one of the stage.
  /// - Returns: names, as the figures have them.
  package func sensitiveFigures(of table: TableDefinition) -> Set<String> {
    switch table.content {
    case .measures(let measures), .lenses(let measures, _):
      Set(measures.filter { isSensitive($0.kind, table) }.map(\.name))
    case .hotSpots(let search):
      isSensitive(search.measure.kind, table) ? [HotSpotSearch.observed] : []
    case .strata(let name):
      strata.contains { $0.name == name && sensitive.touches($0.outcome.expression) }
        ? [Stratification.outcomes] : []
    case .value, .segmentsReport, .progress, .benchmark, .savings: []
    }
  }

  private func isSensitive(_ kind: Measure.Kind, _ table: TableDefinition) -> Bool {
    if case .sumColumn(let column) = kind {
      return table.rows.contains { sensitive.isSensitive(column, of: $0) }
    }
    return kind.expression.map { sensitive.touches($0.expression) } ?? false
  }
}
