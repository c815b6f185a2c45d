/// Which tables and measures need the rows of some sources, by themselves or through others.
package struct SourceNeeds: Sendable {
  private let sources: Set<String>
  /// Person columns.
  private var columns: Set<String>
  /// Kinds of episodes that are made of such rows.
  private var episodes: Set<String> = []

  /// - Parameters:
  ///   - sources: whose rows are looked for.
  ///   - stage: the tables, and the person columns that they use.
  package init(of sources: Set<String>, in stage: AggregateStage) {
    let episodes = stage.episodes.filter { episodes in
      sources.contains(episodes.starts.source)
        || episodes.takes.contains { sources.contains($0.source) }
    }
    let known = episodes.flatMap { episodes in
      EpisodeDefinition.Figure.allCases.map { episodes.column($0) }
    }
    self.init(of: sources, stage.persons, beside: Set(known))
    self.episodes = Set(episodes.map(\.name))
    if stage.segments.contains(where: {
      $0.rule?.expression.needs(sources, beside: columns) == true
    }) {
      columns.insert(Segment.column)
    }
    for strata in stage.strata {
      let asked =
        strata.conditions + [strata.outcome.expression]
        + [strata.cost?.expression].compactMap(\.self)
      if strata.isWithinSegments && columns.contains(Segment.column)
        || asked.contains(where: { $0.needs(sources, beside: columns) })
      {
        columns.insert(strata.name)
      }
    }
  }

  init(of sources: Set<String>, _ persons: [DerivedColumn], beside known: Set<String> = []) {
    self.sources = sources
    var columns = known
    for column in persons
    where column.expression.expression.needs(sources, beside: columns) {
      columns.insert(column.name)
    }
    self.columns = columns
  }

  /// Whether nothing of a table can be told without them: it counts their rows, or is cut by what they
  /// tell.
  package func hold(all table: TableDefinition) -> Bool {
    switch table.content {
    case .measures, .lenses, .hotSpots: break
    case .value:
      if table.expressions.contains(where: { $0.expression.needs(sources, beside: columns) }) {
        return true
      }
    case .segmentsReport: return columns.contains(Segment.column)
    case .strata(let name): return columns.contains(name)
    case .progress(let progress):
      return !measures(among: progress.parts).isEmpty
        || progress.comparator?.expression.needs(sources, beside: columns) == true
    case .benchmark(let benchmark): return !measures(among: benchmark.parts).isEmpty
    case .savings(let savings):
      return !measures(among: savings.costs).isEmpty
        || savings.adjust.contains(where: columns.contains)
        || savings.quality.contains(where: hold(all:))
    }
    if case .hotSpots(let search) = table.content,
      search.expected.contains(where: columns.contains)
    {
      return true
    }
    return !sources.isDisjoint(with: table.rows) || table.episodes.map(episodes.contains) == true
      || table.by.contains(where: columns.contains)
      || !table.measures.isEmpty && measures(of: table).count == table.measures.count
  }

  /// The measures of a table that need them, by name.
  package func measures(of table: TableDefinition) -> Set<String> {
    measures(among: table.measures)
  }

  func measures(among measures: [Measure]) -> Set<String> {
    var names: Set<String> = []
    var isComplete = false
    // A quotient may stand before what it is made of.
    while !isComplete {
      let count = names.count
      for measure in measures where needs(measure.kind, beside: names) {
        names.insert(measure.name)
      }
      isComplete = names.count == count
    }
    return names
  }

  private func needs(_ kind: Measure.Kind, beside measures: Set<String>) -> Bool {
    switch kind {
    case .count, .rows, .sumColumn, .personYears: false
    case .countWhere(let typed), .sum(let typed), .mean(let typed), .quantile(_, let typed):
      typed.expression.needs(sources, beside: columns)
    case .distinct(let source, _): sources.contains(source)
    case .quotient(let dividend, _, let divisor):
      measures.contains(dividend) || measures.contains(divisor)
    case .standardised(let dividend, _, let divisor, let strata, _):
      measures.contains(dividend) || measures.contains(divisor)
        || strata.contains(where: columns.contains)
    case .ratio(let observed, let strata):
      measures.contains(observed) || strata.contains(where: columns.contains)
    }
  }
}

extension Expression {
  /// Whether it looks at rows of one of these sources, or at a column that does.
  fileprivate func needs(_ sources: Set<String>, beside columns: Set<String>) -> Bool {
    accumulators.contains { sources.contains($0.source) }
      || columnNames.contains(where: columns.contains)
  }
}
