import Diagnostics

extension PipelineReading {
  mutating func aggregate() -> AggregateStage? {
    guard let stage = root["aggregate"], !stage.isFaulty else { return nil }
    var scope = personScope(spine)
    let population = population(stage["population"], scope)
    let time = time(stage, &scope)
    episodeKinds = episodes(stage, &scope)
    addRegion(stage["areas"], to: &scope)
    let persons = persons(stage["persons"], &scope)
    if stage.suspects.contains("persons") || stage["persons"]?.isFaulty == true {
      scope.columns.isComplete = false
    }
    let covers = covers(stage["covers"], scope, persons)
    let segments = segments(stage["segments"], &scope)
    if stage.suspects.contains("segments") { scope.columns[Segment.column] = .uncertain }
    let strata = strata(stage, &scope, persons, segments)
    if stage.suspects.contains("strata") { scope.columns.isComplete = false }
    var tables = self.tables(stage["tables"]?.entries ?? [], scope, persons, time, segments, covers)
    if let value = stage["segments"], stage["tables"]?[Segment.report] == nil {
      tables.append(segmentsReport(value))
    }
    for entry in stage["strata"]?.entries ?? [] {
      tables += strata.filter { $0.name == entry.name }.map { table(of: $0, entry.keySpan) }
    }
    guard let protect = protection(stage["protect"], of: tables, persons, in: stage) else {
      return nil
    }
    tellProviders(protect, tables, persons, in: stage)
    return AggregateStage(
      persons: persons,
      tables: tables,
      protect: protect,
      areas: areaFile(stage["areas"], .areas),
      period: period,
      population: population,
      time: time,
      covers: covers,
      episodes: episodeKinds,
      levels: levels(stage["intervals"]),
      segments: segments,
      strata: strata
    )
  }

  private mutating func levels(_ value: CheckedValue?) -> [Double] {
    guard let value, !value.isFaulty else { return [0.95] }
    var levels: [Double] = []
    for element in value.elements {
      guard let level = element.share else { continue }
      // As many decimals as the name of a column tells.
      if !(0.5...0.999).contains(level) || (level * 1000).rounded() != level * 1000 {
        faults.report(
          at: element.span,
          "found an interval that is no usual one, expected 50 % to 99.9 % with one decimal",
          hint: "write it as: intervals: [95 %, 99.8 %]"
        )
      } else if levels.contains(level) {
        faults.report(at: element.span, "found an interval twice")
      } else {
        levels.append(level)
      }
    }
    return levels.isEmpty ? [0.95] : levels
  }

  private func personScope(_ spine: SourceDraft?) -> ExpressionScope {
    var columns = ColumnScope(owner: "persons")
    columns.isComplete = false
    if let spine { columns = scope(of: spine, owner: "persons") }
    if hasNoSpine { columns = joinedPersonColumns() }
    var scope = ExpressionScope(columns: columns)
    for source in sources where source.name != spine?.name {
      scope.sources[source.name] = self.scope(of: source, owner: "source '\(source.name)'")
    }
    for name in hiddenSources ?? [] {
      var hidden = ColumnScope(owner: "source '\(name)'")
      hidden.isComplete = false
      scope.sources[name] = hidden
    }
    scope.spine = spine?.name
    scope.sourcesAreComplete = hiddenSources != nil && (spine != nil || hasNoSpine)
    return scope
  }

  private mutating func persons(
    _ value: CheckedValue?,
    _ scope: inout ExpressionScope
  ) -> [DerivedColumn] {
    var derived: [DerivedColumn] = []
    let entries = value?.entries ?? []
    for entry in entries {
      if ExpressionParser.reserved.contains(entry.name) {
        faults.report(
          at: entry.keySpan,
          "found a derived column '\(entry.name)', which is a word of the expression language"
        )
        continue
      }
      if scope.columns.contains(entry.name), isTaken(scope.columns[entry.name]) {
        faults.report(
          at: entry.keySpan,
          "found a derived column '\(entry.name)', but persons have a column of that name",
          hint: "give it another name"
        )
        continue
      }
      let typed = expression(entry.value, scope, names: entries.map(\.name))
      var domain: [String]?
      if case .band(_, let bounds) = typed?.expression { domain = Expression.bandLabels(bounds) }
      scope.columns[entry.name] = typed.map { .value($0.type, domain: domain) } ?? .uncertain
      if let typed { derived.append(DerivedColumn(name: entry.name, expression: typed)) }
    }
    for name in value?.suspects ?? [] { scope.columns[name] = .uncertain }
    return derived
  }

  func isTaken(_ meaning: ColumnScope.Meaning?) -> Bool {
    switch meaning {
    case .value, .token: true
    default: false
    }
  }

  /// Reads an expression and tells every mistake in it at its place.
  ///
  /// `names` are the derived columns, some of which come after this one.
  mutating func expression(
    _ value: CheckedValue,
    _ scope: ExpressionScope,
    names: [String] = []
  ) -> TypedExpression? {
    guard let text = value.variableText else { return nil }
    do throws(ExpressionFault) {
      let tokens = try ExpressionLexer.tokens(of: text.text)
      return try expression(tokens, from: 0, value, scope, names: names)
    } catch {
      tell(error, value)
      return nil
    }
  }

  mutating func expression(
    _ tokens: [ExpressionToken],
    from start: Int,
    _ value: CheckedValue,
    _ scope: ExpressionScope,
    names: [String] = []
  ) throws(ExpressionFault) -> TypedExpression? {
    var parser = ExpressionParser(tokens, from: start)
    let syntax = try parser.whole()
    var checker = TypeChecker(scope: scope)
    let typed = checker.check(syntax)
    for fault in checker.faults { tell(fault, value, later: names) }
    typed?.expression.collectColumns(into: &usedColumns)
    if let typed { warnAboutMessages(typed.expression, value) }
    return checker.faults.isEmpty ? typed : nil
  }

  /// Tells a mistake of an expression at its place in the file.
  mutating func tell(_ fault: ExpressionFault, _ value: CheckedValue, later: [String] = []) {
    guard let text = value.variableText else { return }
    let span = text.span(in: faults, of: value.span, from: fault.start, to: fault.end)
    if let name = fault.droppedName, !faults.isFirst("dropped \(name)") { return }
    if let name = fault.unknownName, later.contains(name) {
      faults.report(
        at: span,
        "found '\(name)', which is derived further down",
        hint: "derive it above"
      )
      return
    }
    faults.report(at: span, fault.sentence, hint: fault.hint)
  }
}
