import Diagnostics

extension PipelineReading {
  /// Reads the stratifications; their columns are persons' from then on.
  mutating func strata(
    _ stage: CheckedValue,
    _ scope: inout ExpressionScope,
    _ persons: [DerivedColumn],
    _ segments: [Segment]
  ) -> [Stratification] {
    var strata: [Stratification] = []
    let entries = stage["strata"]?.entries ?? []
    for entry in entries {
      if let fault = nameFault(of: entry, scope, stage["tables"]) {
        faults.report(at: entry.keySpan, fault, hint: "give it another name")
      } else if !entry.value.isFaulty,
        let found = stratification(entry, scope, persons, segments, stage)
      {
        strata.append(found)
      }
    }
    for entry in entries where !scope.columns.contains(entry.name) {
      scope.columns[entry.name] = .value(.text, domain: Stratification.labels)
    }
    for name in stage["strata"]?.suspects ?? [] { scope.columns[name] = .uncertain }
    if stage.isUncertain("strata") { scope.columns.isComplete = false }
    return strata
  }

  /// The table that comes with a stratification.
  func table(of strata: Stratification, _ place: SourceSpan) -> TableDefinition {
    TableDefinition(
      name: strata.name,
      rows: [],
      by: (strata.isWithinSegments ? [Segment.column] : []) + [strata.name],
      totals: [strata.name],
      content: .strata(name: strata.name),
      place: faults.place(of: place)
    )
  }

  private func nameFault(
    of entry: CheckedEntry,
    _ scope: ExpressionScope,
    _ tables: CheckedValue?
  ) -> String? {
    if !NameForm.identifier.accepts(entry.name)
      || ExpressionParser.reserved.contains(entry.name)
    {
      return "found a name that no column can have, expected \(NameForm.identifier.expectation)"
    }
    if scope.columns.contains(entry.name), isTaken(scope.columns[entry.name]) {
      return "found strata '\(entry.name)', but persons have a column of that name"
    }
    if Stratification.figures.contains(entry.name) {
      return "found strata '\(entry.name)', but their table has a figure of that name"
    }
    if tables?[entry.name] != nil || entry.name == Segment.report {
      return "found strata '\(entry.name)', but a table has that name"
    }
    return nil
  }

  private mutating func stratification(
    _ entry: CheckedEntry,
    _ scope: ExpressionScope,
    _ persons: [DerivedColumn],
    _ segments: [Segment],
    _ stage: CheckedValue
  ) -> Stratification? {
    let value = entry.value
    let outcome = value["outcome"].flatMap { condition($0, scope) }
    let score = score(value, scope, persons)
    let cut = cuts(value, segments, stage)
    let cost = cost(value["cost"], scope)
    if let within = value["within"], stage["segments"] == nil, !stage.isUncertain("segments") {
      faults.report(
        at: within.span,
        "found 'within: segment', but there are no segments",
        hint: "add 'segments', or leave 'within' out"
      )
    }
    guard let outcome, let score, let cut else { return nil }
    let monthsAhead = persons.monthsAhead(of: outcome.expression)
    if monthsAhead == 0, let span = value["outcome"]?.span {
      faults.report(
        .warning,
        at: span,
        "the outcome lies in no months to come: it is of the same time as its score",
        hint: "write it as: (care.count where … over next 12 months) > 0"
      )
    }
    return Stratification(
      name: entry.name,
      isWithinSegments: value["within"] != nil,
      outcome: outcome,
      monthsAhead: monthsAhead,
      score: score,
      cuts: cut.bySegment,
      otherwise: cut.otherwise,
      cost: cost,
      expected: expected(value["expected"], monthsAhead)
    )
  }

  private mutating func score(
    _ value: CheckedValue,
    _ scope: ExpressionScope,
    _ persons: [DerivedColumn]
  ) -> Stratification.Score? {
    if let rules = value["rules"], value["points"] != nil {
      faults.report(
        at: rules.place,
        "found both 'points' and 'rules'",
        hint: "keep one of them"
      )
      return nil
    }
    if let rules = value["rules"] {
      let high = rules["high"].flatMap { scoring($0, scope, persons) }
      let middle = rules["middle"].flatMap { scoring($0, scope, persons) }
      guard let high, let middle else { return nil }
      return .rules(high: high, middle: middle)
    }
    guard let points = value["points"], !points.isFaulty else { return nil }
    var found: [Stratification.Points] = []
    for entry in points.entries {
      // The condition is the key: an expression like any other, but without variables.
      let key = CheckedValue(
        content: .text(VariableText(verbatim: entry.name)),
        span: entry.keySpan,
        place: entry.keySpan
      )
      guard let condition = scoring(key, scope, persons), let number = entry.value.integer else {
        continue
      }
      found.append(Stratification.Points(condition, number))
    }
    return found.count == points.entries.count ? .points(found) : nil
  }

  /// A condition that looks at nothing that is not known yet when a person is scored.
  private mutating func scoring(
    _ value: CheckedValue,
    _ scope: ExpressionScope,
    _ persons: [DerivedColumn]
  ) -> TypedExpression? {
    guard let typed = condition(value, scope) else { return nil }
    guard persons.monthsAhead(of: typed.expression) == 0 else {
      faults.report(
        at: value.span,
        "found months to come in a score, expected what is known when it is made",
        hint: "write 'over last'; what is to come belongs in 'outcome'"
      )
      return nil
    }
    return typed
  }

  private mutating func cuts(
    _ value: CheckedValue,
    _ segments: [Segment],
    _ stage: CheckedValue
  ) -> (bySegment: [String: Stratification.Cut], otherwise: Stratification.Cut)? {
    guard let written = value["cut"] else {
      return value["rules"] == nil ? nil : ([:], Stratification.Cut(middle: 1, high: 2))
    }
    guard value["rules"] == nil else {
      faults.report(
        at: written.place,
        "found 'cut' beside 'rules', which are strata already",
        hint: "leave it out"
      )
      return nil
    }
    guard !written.isFaulty else { return nil }
    if written.entries.contains(where: { $0.value.integer != nil }) {
      return cut(written).map { ([:], $0) }
    }
    if value["within"] == nil, !value.isUncertain("within") {
      faults.report(
        at: written.place,
        "found 'cut' by segment, but the strata are not within segments",
        hint: "add within: segment, or write cut: {middle: 2, high: 3}"
      )
      return nil
    }
    var found: [String: Stratification.Cut] = [:]
    for entry in written.entries where !entry.value.isFaulty {
      let names = segments.map(\.name)
      if entry.name != "otherwise", !names.contains(entry.name),
        stage["segments"]?.entries.contains(where: { $0.name == entry.name }) != true,
        !stage.isUncertain("segments")
      {
        faults.report(
          at: entry.keySpan,
          "there is no segment '\(entry.name)'",
          hint: nearestName(to: entry.name, among: names).map { "did you mean '\($0)'?" }
            ?? "write it as: cut: {middle: 2, high: 3}"
        )
      }
      found[entry.name] = cut(entry.value)
    }
    guard let otherwise = found.removeValue(forKey: "otherwise") else {
      if !written.entries.contains(where: { $0.name == "otherwise" }), written.suspects.isEmpty {
        faults.report(
          at: written.place,
          "found 'cut' by segment without 'otherwise', expected one for all other segments",
          hint: "add otherwise: {middle: 2, high: 3}"
        )
      }
      return nil
    }
    return (found, otherwise)
  }

  private mutating func cut(_ value: CheckedValue) -> Stratification.Cut? {
    let names = ["middle", "high"]
    if let other = value.entries.first(where: { !names.contains($0.name) }) {
      faults.report(
        at: other.keySpan,
        "found a cut of '\(other.name)', expected middle and high",
        hint: "all below middle are low"
      )
      return nil
    }
    guard let middle = value["middle"]?.integer, let high = value["high"]?.integer else {
      if let lacking = names.first(where: { value[$0] == nil && !value.isUncertain($0) }) {
        faults.report(at: value.place, "found no '\(lacking)' in 'cut'", hint: "add \(lacking): 3")
      }
      return nil
    }
    guard middle < high else {
      faults.report(
        at: value["high"]?.span ?? value.span,
        "found a cut of high that is not above that of middle",
        hint: "high begins at a higher score"
      )
      return nil
    }
    return Stratification.Cut(middle: middle, high: high)
  }

  private mutating func cost(
    _ value: CheckedValue?,
    _ scope: ExpressionScope
  ) -> TypedExpression? {
    guard let value else { return nil }
    guard let typed = expression(value, scope) else { return nil }
    guard typed.type == .money else {
      faults.report(
        at: value.span,
        "found \(typed.type.name), expected money",
        hint: "write it as: care.sum(amount)"
      )
      return nil
    }
    return typed
  }

  private mutating func expected(
    _ value: CheckedValue?,
    _ monthsAhead: Int
  ) -> Stratification.Expected? {
    guard let value, let text = value.text else { return nil }
    guard text == "previous" else {
      return .file(RiskFile(path: path(value), place: faults.place(of: value.span)))
    }
    guard monthsAhead > 0 else {
      faults.report(
        at: value.span,
        "found 'previous', but the outcome lies in no months to come: there is none before",
        hint: "name a file of risks by score"
      )
      return nil
    }
    return .previous
  }
}
