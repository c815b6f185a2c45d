import Diagnostics

extension PipelineReading {
  /// What the cells of a table tell.
  mutating func content(
    _ table: CheckedValue,
    _ measures: [Measure],
    _ persons: ExpressionScope,
    _ subject: TableSubject
  ) -> TableContent {
    if let value = table["value"] {
      if let measure = table["measure"] {
        faults.report(
          at: measure.place,
          "found 'measure' beside 'value', expected one of them",
          hint: "make a table of each"
        )
      }
      return self.value(value, persons, subject).map { .value($0) } ?? .measures([])
    }
    guard let lenses = table["lenses"], !lenses.isFaulty else { return .measures(measures) }
    guard case .persons = subject else {
      faults.report(
        at: lenses.place,
        "found 'lenses' in a table of rows, which are for tables of persons",
        hint: "leave 'rows' out of the table"
      )
      return .measures(measures)
    }
    let names = (table["measure"]?.entries ?? []).map(\.name)
    return .lenses(measures, Lens.Aim.allCases.map { lens($0, lenses[$0.rawValue], names) })
  }

  private mutating func lens(
    _ aim: Lens.Aim,
    _ value: CheckedValue?,
    _ names: [String]
  ) -> Lens {
    var indicators: [(measure: String, better: Lens.Direction)] = []
    for entry in value?.entries ?? [] {
      guard names.contains(entry.name) else {
        faults.report(
          at: entry.keySpan,
          "the table has no measure '\(entry.name)'",
          hint: nearestName(to: entry.name, among: names).map { "did you mean '\($0)'?" }
            ?? "measure it under 'measure' of the table"
        )
        continue
      }
      guard let word = entry.value.text, let better = Lens.Direction(rawValue: word) else {
        continue
      }
      indicators.append((entry.name, better))
    }
    return Lens(aim: aim, indicators: indicators)
  }

  private mutating func value(
    _ value: CheckedValue,
    _ persons: ExpressionScope,
    _ subject: TableSubject
  ) -> ValueDefinition? {
    guard !value.isFaulty else { return nil }
    switch subject {
    case .persons, .episodes: break
    case .rows, .uncertainRows:
      faults.report(
        at: value.place,
        "found 'value' in a table of rows, which is for tables of persons",
        hint: "leave 'rows' out of the table"
      )
      return nil
    }
    let outcome = value["outcome"].flatMap { mean($0, persons) }
    let cost = value["cost"].flatMap { mean($0, persons) }
    guard let outcome, let cost else { return nil }
    return ValueDefinition(outcome: outcome, cost: cost, per: value["per"]?.integer ?? 1)
  }

  private mutating func mean(_ value: CheckedValue, _ persons: ExpressionScope) -> TypedExpression?
  {
    guard let kind = measure(value, persons, of: .persons) else { return nil }
    guard case .mean(let typed) = kind else {
      faults.report(
        at: value.span,
        "found no mean, expected one of a number of persons",
        hint: "write it as: mean survey.gain"
      )
      return nil
    }
    return typed
  }
}
