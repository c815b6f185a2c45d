import Diagnostics

extension PipelineReading {
  mutating func link() -> LinkStage? {
    guard let stage = root["link"], !stage.isFaulty else { return nil }
    if let value = stage["spine"] { spine = source(namedBy: value) }
    var passes = (stage["exact"]?.elements ?? []).compactMap { pass($0, spine) }
    var model = stage["probabilistic"].flatMap { probabilistic($0, spine) }
    if stage["exact"] == nil, stage["probabilistic"] == nil, !stage.isUncertain("exact"),
      !stage.isUncertain("probabilistic")
    {
      passes = defaultPasses(spine)
      model = defaultModel(spine)
      if passes.isEmpty, model == nil, policiesAreComplete, sourcesAreComplete {
        faults.report(
          at: stage.place,
          "found neither 'exact' nor 'probabilistic', and no column that two sources have in common",
          hint: "link on a number that both sides have: exact: [{on: [bsn]}]"
        )
      }
    }
    if hasNoSpine { tellWithoutSpine(stage) }
    let assign = assignments(stage["assign"], spine: spine?.name)
    let deduplicated = deduplicated(stage["deduplicate"])
    guard let unlinked = unlinked(stage["unlinked"]) else { return nil }
    return LinkStage(
      spine: stage["spine"]?.text,
      exact: passes,
      probabilistic: model,
      assign: assign,
      deduplicated: deduplicated,
      unlinked: unlinked
    )
  }

  /// The source that a value names; of a misspelt name the one that was meant.
  mutating func source(namedBy value: CheckedValue) -> SourceDraft? {
    guard let name = value.text else { return nil }
    if let source = draft(name) { return source }
    tellNoSource(name, value)
    return nearestName(to: name, among: sources.map(\.name)).flatMap(draft)
  }

  /// Whether a mistake told elsewhere may hide this source.
  func isHidden(_ source: String) -> Bool { hiddenSources?.contains(source) ?? true }

  mutating func tellNoSource(_ name: String, _ value: CheckedValue) {
    guard !isHidden(name) else { return }
    let near = nearestName(to: name, among: sources.map(\.name))
    faults.report(
      at: value.span,
      "there is no source '\(name)'",
      hint: near.map { "did you mean '\($0)'?" }
        ?? "'ingest' has \(sources.map(\.name).formattedNames)"
    )
  }

  private mutating func pass(_ value: CheckedValue, _ spine: SourceDraft?) -> ExactPass? {
    guard !value.isFaulty, let on = value["on"] else { return nil }
    var names: [String] = []
    var areRight = (spine != nil || hasNoSpine) && !on.isFaulty
    for element in on.elements {
      guard let name = element.text else {
        areRight = false
        continue
      }
      if names.contains(name) {
        faults.report(at: element.span, "found '\(name)' twice in one pass")
      } else if !isLinkable(name, element.span, spine) {
        areRight = false
      }
      names.append(name)
    }
    if areRight { checkTogether(names, on, spine) }
    var veto: Veto?
    if let unless = value["unless"] { veto = self.veto(unless, spine) }
    usedColumns.formUnion(names)
    return ExactPass(on: names, unless: veto, place: faults.place(of: value.span))
  }

  /// Some other source, or without a spine any source, can be linked by all of these.
  private mutating func checkTogether(
    _ names: [String],
    _ on: CheckedValue,
    _ spine: SourceDraft?
  ) {
    let others = sources.filter { $0.name != spine?.name }
    guard !others.isEmpty, sourcesAreComplete else { return }
    let canLink = others.contains { source in
      let scope = scope(of: source, owner: "")
      return names.allSatisfy { scope[$0].map(Self.isStaged) ?? false }
    }
    guard !canLink else {
      if let spine { warnAboutCodes(names, on, spine) }
      return
    }
    faults.report(
      at: on.span,
      spine == nil
        ? "no source has all of \(names.formattedNames)"
        : "no source but the spine has all of \(names.formattedNames)",
      hint: spine == nil ? "such a pass joins nothing" : "such a pass links nothing"
    )
  }

  private mutating func veto(_ value: CheckedValue, _ spine: SourceDraft?) -> Veto? {
    guard let text = value.variableText else { return nil }
    let tokens = (try? ExpressionLexer.tokens(of: text.text)) ?? []
    var names: [(text: String, span: SourceSpan)] = []
    var expectsName = true
    var isRight = tokens.count >= 3
    for token in tokens.dropLast(2) {
      let isJoint = token.isWord("and") || token.isSign(",")
      if expectsName, !isJoint, case .word(let name) = token.kind {
        names.append(
          (name, text.span(in: faults, of: value.span, from: token.start, to: token.end))
        )
      } else if expectsName || !isJoint {
        isRight = false
      }
      expectsName.toggle()
    }
    let verb = tokens.dropLast().last
    let hasVerb = verb?.isWord("differ") == true || verb?.isWord("differs") == true
    guard isRight, hasVerb, !expectsName else {
      faults.report(
        at: value.span,
        "found an 'unless' that cannot be read, expected columns that differ",
        hint: "write it as: birth_date and sex differ"
      )
      return nil
    }
    for name in names where isLinkable(name.text, name.span, spine) {
      usedColumns.insert(name.text)
    }
    return Veto(differ: names.map(\.text))
  }

  static func isStaged(_ meaning: ColumnScope.Meaning) -> Bool {
    switch meaning {
    case .value, .token, .uncertain: true
    case .filter, .generalised, .dropped, .ofRows: false
    }
  }

  /// The spine and some other source have it as a token or a kept value.
  mutating func isLinkable(
    _ name: String,
    _ span: SourceSpan,
    _ spine: SourceDraft?
  ) -> Bool {
    guard let spine else { return hasNoSpine && isJoinable(name, span) }
    let columns = scope(of: spine, owner: "the spine '\(spine.name)'")
    let others = sources.filter { $0.name != spine.name }.map { scope(of: $0, owner: "") }
    switch columns[name] {
    case .uncertain: return true
    case .value, .token:
      let elsewhere = others.compactMap { $0[name] }
      if others.isEmpty || !sourcesAreComplete || elsewhere.contains(where: Self.isStaged) {
        return true
      }
      guard faults.isFirst("only on the spine \(name)") else { return false }
      faults.report(
        at: span,
        "no source but the spine has a column '\(name)'",
        hint: "link on what both sides have"
      )
    case .filter, .generalised, .dropped, .ofRows: tellUnusable(name, columns[name], span)
    case nil:
      let isElsewhere = others.contains { $0[name] != nil }
      if isElsewhere && !faults.isFirst("not on the spine \(name)") { return false }
      let near = nearestName(to: name, among: columns.names)
      faults.report(
        at: span,
        "the spine '\(spine.name)' has no column '\(name)'",
        hint: isElsewhere ? "link on what both sides have" : near.map { "did you mean '\($0)'?" }
      )
    }
    return false
  }

  /// Tells that too little of a column is left to be linked on.
  mutating func tellUnusable(_ name: String, _ meaning: ColumnScope.Meaning?, _ span: SourceSpan) {
    switch meaning {
    case .filter:
      guard faults.isFirst("only a filter \(name)") else { return }
      faults.report(
        at: span,
        "found '\(name)', of which only a Bloom filter stays, expected equal tokens",
        hint: "give it a token as well: {token: …, bloom: …}"
      )
    case .generalised(let kept):
      guard faults.isFirst("only a part \(name)") else { return }
      faults.report(
        at: span,
        "found '\(name)', of which only '\(kept)' stays",
        hint: "use '\(kept)', or give '\(name)' a token"
      )
    case .dropped:
      guard faults.isFirst("dropped \(name)") else { return }
      faults.report(
        at: span,
        "found '\(name)', which 'pseudonymise' drops",
        hint: "add to its columns: \(name): {token: …}"
      )
    case .value, .token, .ofRows, .uncertain, nil: break
    }
  }

  private mutating func assignments(
    _ value: CheckedValue?,
    spine: String?
  ) -> [String: Assignment] {
    guard let value else { return [:] }
    var assign: [String: Assignment] = [:]
    if let assignment = value.text.flatMap(Assignment.init) {
      for source in sources where source.name != spine { assign[source.name] = assignment }
    }
    for entry in value.entries {
      if draft(entry.name) == nil {
        guard !isHidden(entry.name) else { continue }
        let near = nearestName(to: entry.name, among: sources.map(\.name))
        faults.report(
          at: entry.keySpan,
          "there is no source '\(entry.name)'",
          hint: near.map { "did you mean '\($0)'?" }
        )
      } else if entry.name == spine {
        faults.report(
          at: entry.keySpan,
          "found an assignment of the spine '\(entry.name)', whose rows are the persons",
          hint: "leave it out"
        )
      } else if let assignment = entry.value.text.flatMap(Assignment.init) {
        assign[entry.name] = assignment
      }
    }
    return assign
  }

  private mutating func unlinked(_ value: CheckedValue?) -> UnlinkedThresholds? {
    let warn = value?["warn_above"]?.share
    let fail = value?["fail_above"]?.share
    if let warn, let fail, warn > fail, let span = value?["warn_above"]?.span {
      faults.report(at: span, "found 'warn_above' above 'fail_above', expected it below")
      return nil
    }
    return UnlinkedThresholds(warnAbove: warn, failAbove: fail)
  }
}
