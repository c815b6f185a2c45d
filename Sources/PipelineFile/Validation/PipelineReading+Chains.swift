import Diagnostics

/// Tables that are cut by what the rows of episodes are.
extension PipelineReading {
  /// The episodes that a table measures, where it is cut by columns of their rows, or, to tell what an
  /// outcome costs, of those that started them; nil for others.
  func chain(_ table: CheckedValue, by names: [String], _ persons: ExpressionScope) -> TableSubject?
  {
    guard table["rows"] == nil, !table.suspects.contains("rows"),
      let kind = episodeKinds.first(where: {
        self.names($0, in: table["value"] ?? table["measure"])
      })
    else { return nil }
    let rows = (table["value"] == nil ? kind.takes : [kind.starts]).compactMap { draft($0.source) }
    let scopes = rows.map { scope(of: $0, owner: $0.name) }
    let isCut = names.contains { name in isOfRows(name, persons.columns, scopes) }
    return isCut ? .episodes(kind, rows) : nil
  }

  /// Tells what a table that is cut by the rows of episodes cannot show.
  mutating func checkChain(
    _ table: CheckedValue,
    _ kind: EpisodeDefinition,
    _ rows: [SourceDraft],
    _ measures: [Measure],
    _ persons: ExpressionScope
  ) {
    let scopes = rows.map { scope(of: $0, owner: $0.name) }
    for entry in table["measure"]?.entries ?? [] {
      guard let measure = measures.first(where: { $0.name == entry.name }),
        !isOfChain(measure.kind, kind)
      else { continue }
      faults.report(
        at: entry.value.span,
        "found another measure in a table that is cut by the rows of episodes",
        hint: "count, or take the sum, mean, median or p90 of \(kind.column(.amount))"
      )
    }
    // Every episode has one row that is its start, but may take several.
    for element in table["totals"]?.elements ?? [] where table["value"] == nil {
      guard let name = element.text, isOfRows(name, persons.columns, scopes) else { continue }
      faults.report(
        at: element.span,
        "found a total of '\(name)', in whose cells one episode stands several times",
        hint: "make a table that is not cut by '\(name)'"
      )
    }
    for element in table["by"]?.elements ?? [] {
      guard let name = element.text, isOfRows(name, persons.columns, scopes),
        scopes.contains(where: { $0[name] == .value(.integer, domain: nil) })
      else { continue }
      faults.report(
        at: element.span,
        "found a whole number in '\(name)', expected a text or a code to cut episodes by"
      )
    }
  }

  private func names(_ kind: EpisodeDefinition, in measures: CheckedValue?) -> Bool {
    let name = kind.column(.amount)
    return (measures?.entries ?? []).contains { entry in
      let text = entry.value.variableText?.text ?? ""
      return text.split(whereSeparator: { " ,()\n".contains($0) }).contains { $0 == name }
    }
  }

  private func isOfRows(_ name: String, _ persons: ColumnScope, _ rows: [ColumnScope]) -> Bool {
    !persons.contains(name)
      && (name == domainDimension || rows.contains { $0.contains(name) })
  }

  private func isOfChain(_ measure: Measure.Kind, _ kind: EpisodeDefinition) -> Bool {
    switch measure {
    case .count, .quotient: true
    case .sum(let typed), .mean(let typed), .quantile(_, let typed):
      typed.expression == .column(kind.column(.amount))
    case .countWhere, .rows, .sumColumn, .distinct, .personYears, .standardised, .ratio: false
    }
  }
}
