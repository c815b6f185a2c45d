import Diagnostics

/// Episodes of care.
extension PipelineReading {
  private static let dayCounts: ClosedRange<Int64> = 1...3660

  /// The scope learns what they tell of persons.
  mutating func episodes(
    _ stage: CheckedValue,
    _ scope: inout ExpressionScope
  ) -> [EpisodeDefinition] {
    let value = stage["episodes"]
    if stage.isUncertain("episodes") || value?.suspects.isEmpty == false {
      scope.columns.isComplete = false
    }
    var episodes: [EpisodeDefinition] = []
    for entry in value?.entries ?? [] {
      for figure in EpisodeDefinition.Figure.allCases {
        scope.columns[EpisodeDefinition.column(figure, of: entry.name)] =
          .value(figure == .amount ? .money : .integer, domain: nil)
      }
      let starts = entry.value["starts"].flatMap { rows($0, scope) }
      let clean = days(entry.value["clean"])
      let length = days(entry.value["lasts"])
      guard let takes = takes(entry.value["takes"], scope), let starts, let clean, let length
      else { continue }
      episodes.append(
        EpisodeDefinition(
          name: entry.name,
          starts: starts,
          cleanDays: clean,
          lengthInDays: length,
          takes: takes
        )
      )
    }
    return episodes
  }

  /// One a source: a row that is named twice is taken once.
  private mutating func takes(
    _ value: CheckedValue?,
    _ scope: ExpressionScope
  ) -> [EpisodeDefinition.Rows]? {
    guard let value, !value.isFaulty else { return nil }
    var takes: [EpisodeDefinition.Rows] = []
    var areRight = true
    for element in value.elements {
      guard let rows = rows(element, scope, areAdded: true) else {
        areRight = false
        continue
      }
      guard let place = takes.firstIndex(where: { $0.source == rows.source }) else {
        takes.append(rows)
        continue
      }
      let either = takes[place].condition.flatMap { left in
        rows.condition.map { Expression.or(left, $0) }
      }
      takes[place] = EpisodeDefinition.Rows(source: rows.source, condition: either)
    }
    return areRight ? takes : nil
  }

  /// `care where product in [hip]`.
  private mutating func rows(
    _ value: CheckedValue,
    _ scope: ExpressionScope,
    areAdded: Bool = false
  ) -> EpisodeDefinition.Rows? {
    guard let text = value.variableText else { return nil }
    do throws(ExpressionFault) {
      let tokens = try ExpressionLexer.tokens(of: text.text)
      guard case .word(let source) = tokens[0].kind,
        tokens[1].kind == .end || tokens[1].isWord("where")
      else {
        throw ExpressionFault(
          "found no rows of a source",
          hint: "write it as: care where product in [hip]",
          from: tokens[0].start,
          to: tokens[max(0, tokens.count - 2)].end
        )
      }
      guard try hasRows(tokens[0], value, scope) != nil, let columns = scope.sources[source] else {
        return nil
      }
      guard scope.timedSources?.contains(source) != false else {
        throw ExpressionFault(
          "found '\(source)', of whose rows nothing tells when they are",
          hint: "add to aggregate: time: {\(source): DATE}, its column of dates",
          from: tokens[0].start,
          to: tokens[0].end
        )
      }
      if areAdded, try !hasAmount(columns, tokens[0]) { return nil }
      guard tokens[1].isWord("where") else {
        return EpisodeDefinition.Rows(source: source, condition: nil)
      }
      let inner = ExpressionScope(columns: columns)
      guard let typed = try expression(tokens, from: 2, value, inner) else { return nil }
      guard typed.type == .boolean else {
        throw ExpressionFault(
          "found \(typed.type.name), expected a condition",
          from: tokens[2].start,
          to: tokens[tokens.count - 2].end
        )
      }
      return EpisodeDefinition.Rows(source: source, condition: typed.expression)
    } catch {
      tell(error, value)
      return nil
    }
  }

  /// Whether rows have an amount of money to add up; told at their source when not.
  private mutating func hasAmount(
    _ columns: ColumnScope,
    _ source: ExpressionToken
  ) throws(ExpressionFault) -> Bool {
    let name = EpisodeDefinition.amountColumn
    usedColumns.insert(name)
    var checker = TypeChecker(scope: ExpressionScope(columns: columns))
    let typed = checker.check(
      ExpressionSyntax(node: .word(name), start: source.start, end: source.end)
    )
    if let fault = checker.faults.first { throw fault }
    guard let typed else { return false }
    if typed.type == .money { return true }
    throw ExpressionFault(
      "found \(typed.type.name) in '\(name)', expected an amount of money",
      from: source.start,
      to: source.end
    )
  }

  /// `365 days`.
  private mutating func days(_ value: CheckedValue?) -> Int64? {
    guard let value, let text = value.text else { return nil }
    let parts = text.split(separator: " ")
    if parts.count == 2, ["day", "days"].contains(parts[1]), let count = wholeNumber(parts[0]),
      Self.dayCounts.contains(count)
    {
      return count
    }
    let limit = Self.dayCounts.upperBound
    faults.report(
      at: value.span,
      "found no number of days, expected 1 to \(limit)",
      hint: "write it as: 365 days"
    )
    return nil
  }
}
