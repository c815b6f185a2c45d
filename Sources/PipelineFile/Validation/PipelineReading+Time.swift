import Diagnostics
import Tabular

/// Whom and what counts, and when.
extension PipelineReading {
  mutating func population(
    _ value: CheckedValue?,
    _ persons: ExpressionScope
  ) -> PopulationDefinition? {
    guard let value, !value.isFaulty else { return nil }
    var day: CivilDate?
    if let on = value["on"], let text = on.text {
      day = CivilDate(text)
      if day == nil {
        faults.report(
          at: on.span,
          "found no day in 'on', expected a date",
          hint: "write \"{period.end}\", or a date as 2026-08-31"
        )
      }
    }
    let residence = dateColumns(value["resident"], persons.columns, atMost: 2)
    guard let day, let residence else { return nil }
    return PopulationDefinition(
      on: Int64(day.dayNumber),
      residence: residence.count < 2
        ? nil : PopulationDefinition.Residence(movedIn: residence[0], movedOut: residence[1])
    )
  }

  /// By source; the scope learns which sources have a time.
  mutating func time(
    _ stage: CheckedValue,
    _ scope: inout ExpressionScope
  ) -> [String: RowTime] {
    if stage.isUncertain("time") || stage["time"]?.suspects.isEmpty == false {
      scope.timedSources = nil
    }
    guard let value = stage["time"], !value.isFaulty else { return [:] }
    if root["period"] == nil, !root.isUncertain("period") {
      faults.report(
        at: value.place,
        "found 'time' in a pipeline that is about no period",
        hint: "add period: {unit: month, default: previous}"
      )
    }
    var times: [String: RowTime] = [:]
    for entry in value.entries {
      guard let rows = rows(of: entry, scope) else { continue }
      scope.timedSources?.insert(entry.name)
      guard let columns = dateColumns(entry.value, rows, atMost: 2), let first = columns.first
      else { continue }
      times[entry.name] =
        columns.count == 1 ? .day(first) : .spell(start: first, end: columns[1])
    }
    return times
  }

  /// By source: who could appear in it.
  mutating func covers(
    _ value: CheckedValue?,
    _ scope: ExpressionScope,
    _ persons: [DerivedColumn]
  ) -> [String: TypedExpression] {
    // Segments mostly do.
    let needingRows = persons.needingRows.union([Segment.column])
    var covers: [String: TypedExpression] = [:]
    for entry in value?.entries ?? [] {
      guard rows(of: entry, scope) != nil, let typed = expression(entry.value, scope) else {
        continue
      }
      guard typed.type == .boolean else {
        faults.report(
          at: entry.value.span,
          "found \(typed.type.name), expected a condition on persons",
          hint: "write it as: insurer in [a, b]"
        )
        continue
      }
      guard !typed.expression.needsRows(beside: needingRows) else {
        faults.report(
          at: entry.value.span,
          "found a condition that looks at rows, expected one on persons alone",
          hint: "who could appear in '\(entry.name)' is known before anybody does"
        )
        continue
      }
      covers[entry.name] = typed
    }
    return covers
  }

  /// The columns of a source whose rows are linked to persons; told when there is none.
  private mutating func rows(of entry: CheckedEntry, _ scope: ExpressionScope) -> ColumnScope? {
    if let rows = scope.sources[entry.name] { return isHidden(entry.name) ? nil : rows }
    if entry.name == scope.spine {
      faults.report(
        at: entry.keySpan,
        "found the spine '\(entry.name)', whose rows are the persons",
        hint: "leave it out; 'population' tells which persons count"
      )
    } else if scope.sourcesAreComplete {
      let near = nearestName(to: entry.name, among: scope.sources.keys.sorted())
      faults.report(
        at: entry.keySpan,
        "there is no source '\(entry.name)'",
        hint: near.map { "did you mean '\($0)'?" }
      )
    }
    return nil
  }

  /// Columns of dates; none where nothing stands there, nil when something is wrong, and then it is
  /// told.
  private mutating func dateColumns(
    _ value: CheckedValue?,
    _ columns: ColumnScope,
    atMost limit: Int
  ) -> [String]? {
    guard let value else { return [] }
    guard !value.isFaulty else { return nil }
    if let extra = value.elements.dropFirst(limit).first {
      faults.report(
        at: extra.span,
        "found more than \(limit) columns, expected the first and the last day"
      )
      return nil
    }
    var names: [String] = []
    for element in value.elements {
      guard let name = element.text else { continue }
      usedColumns.insert(name)
      var checker = TypeChecker(scope: ExpressionScope(columns: columns))
      let word = ExpressionSyntax(node: .word(name), start: 0, end: name.unicodeScalars.count)
      let typed = checker.check(word)
      for fault in checker.faults { tell(fault, element) }
      guard let typed else { continue }
      if typed.type == .date {
        names.append(name)
      } else {
        faults.report(
          at: element.span,
          "found \(typed.type.name) in '\(name)', expected a date"
        )
      }
    }
    return names.count == value.elements.count ? names : nil
  }
}
