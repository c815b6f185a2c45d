import Diagnostics

extension PipelineReading {
  /// Patterns of agreement that one model may tell apart.
  static let patternLimit = 65_536

  mutating func probabilistic(_ value: CheckedValue, _ spine: SourceDraft?) -> ProbabilisticStage? {
    guard !value.isFaulty else { return nil }
    let blocks = (value["block"]?.elements ?? []).map { block($0, spine) }
    let comparisons =
      value["compare"].map { $0.entries.map { comparison($0, spine) } }
      ?? (value.isUncertain("compare") ? [] : defaultComparisons(spine))
    if let learn = value["learn"], learn["from"]?.text == "exact", root["link"]?["exact"] == nil,
      let span = learn["from"]?.span
    {
      faults.report(
        at: span,
        "found 'from: exact', but 'link' has no exact pass to learn from",
        hint: "write learn: {from: em}, or add a pass on a number that both sides have"
      )
    }
    let accept = value["accept"]?.share
    let review = value["review"]?.share ?? min(0.80, accept ?? 1)
    if let accept, review > accept, let span = value["review"]?.span {
      faults.report(
        at: span,
        "found 'review' above 'accept', expected it below",
        hint: "what is likely enough to link needs no review"
      )
    }
    let right = comparisons.compactMap { $0 }
    checkPatterns(right, value["compare"])
    guard blocks.allSatisfy({ $0 != nil }), right.count == comparisons.count else { return nil }
    checkFreedom(right, blocks.compactMap { $0 }, value)
    return ProbabilisticStage(
      blocks: blocks.compactMap { $0 },
      comparisons: right,
      personal: personalColumns,
      comparesAll: value["compare"] == nil,
      learnsFromExact: value["learn"]?["from"]?.text != "em",
      accept: accept,
      review: review,
      limit: Int(value["limit"]?.integer ?? 2000)
    )
  }

  /// A blocking rule; nil when a column of it cannot be used.
  private mutating func block(_ value: CheckedValue, _ spine: SourceDraft?) -> BlockingRule? {
    guard !value.isFaulty else { return nil }
    var names: [String] = []
    var isRight = true
    for element in value.elements {
      guard let name = element.text else {
        isRight = false
        continue
      }
      if names.contains(name) {
        faults.report(at: element.span, "found '\(name)' twice in one blocking rule")
        isRight = false
      } else if !isLinkable(name, element.span, spine) {
        isRight = false
      }
      names.append(name)
    }
    usedColumns.formUnion(names)
    return isRight ? BlockingRule(columns: names, place: faults.place(of: value.span)) : nil
  }

  private mutating func comparison(
    _ entry: CheckedEntry,
    _ spine: SourceDraft?
  ) -> Comparison? {
    let name = entry.name
    guard isLinkable(name, entry.keySpan, spine), !entry.value.isFaulty else { return nil }
    usedColumns.insert(name)
    let policy = policies.first { $0.column == name }?.policy
    var levels: [Comparison.Level] = []
    var isRight = true
    for element in entry.value["levels"]?.elements ?? [] {
      guard let level = level(element, of: name, policy) else {
        isRight = false
        continue
      }
      if isRight, levels.contains(level) || !follows(level, levels) {
        faults.report(
          at: element.span,
          "found a level that the ones before it leave nothing to",
          hint: "write the strongest first: exact, dice 0.90, dice 0.75, then a part"
        )
        isRight = false
      }
      if case .part(let column) = level { usedColumns.insert(column) }
      levels.append(level)
    }
    guard isRight, !levels.isEmpty else { return nil }
    return Comparison(
      column: name,
      levels: levels,
      usesFrequency: entry.value["frequency"]?.flag ?? false
    )
  }

  private mutating func level(
    _ value: CheckedValue,
    of column: String,
    _ policy: ColumnPolicy?
  ) -> Comparison.Level? {
    guard let text = value.text else { return nil }
    if text == "exact" { return .exact }
    let words = text.split(separator: " ")
    if words.first == "dice" {
      guard words.count == 2, let threshold = decimal(String(words[1])), (0.01..<1) ~= threshold,
        let hundredths = wholeHundredths(threshold)
      else {
        faults.report(
          at: value.span,
          "found '\(text)', expected 'dice' and a threshold of two decimals below 1",
          hint: "write it as dice 0.90"
        )
        return nil
      }
      if let policy, policy.bloom == nil {
        faults.report(
          at: value.span,
          "found a 'dice' level, but '\(column)' has no Bloom filter",
          hint: "add one under 'pseudonymise': \(column): {token: …, bloom: …}"
        )
        return nil
      }
      return .dice(hundredths: hundredths)
    }
    guard let part = Keep(rawValue: text), part == .year || part == .pc4 else {
      let known = ["exact", "dice 0.90", "pc4", "year"]
      faults.report(
        at: value.span,
        "found the level '\(text)', expected \(known.formattedChoice)",
        hint: nearestName(to: text, among: known).map { "did you mean '\($0)'?" }
      )
      return nil
    }
    if let policy, policy.keep != part {
      faults.report(
        at: value.span,
        "found the level '\(text)', but 'pseudonymise' keeps no \(text) of '\(column)'",
        hint: "add it there: \(column): {token: …, keep: \(text)}"
      )
      return nil
    }
    return .part(column: "\(column)_\(text)")
  }

  /// Whether a level leaves something to the ones before it.
  private func follows(_ level: Comparison.Level, _ before: [Comparison.Level]) -> Bool {
    switch level {
    case .exact: before.isEmpty
    case .dice(let hundredths):
      before.allSatisfy {
        switch $0 {
        case .exact: true
        case .dice(let other): other > hundredths
        case .part: false
        }
      }
    case .part: !before.isEmpty
    }
  }

  private mutating func checkPatterns(_ comparisons: [Comparison], _ value: CheckedValue?) {
    let count = Self.patternCount(comparisons)
    guard count > Self.patternLimit, let value else { return }
    faults.report(
      at: value.place,
      "found comparisons that make \(count) patterns of agreement, expected at most "
        + "\(Self.patternLimit)",
      hint: "leave out a column or a level that tells little"
    )
  }

  /// Each comparison is left free by some rule, so that EM can learn it; and no block throws away
  /// what a level could tell.
  private mutating func checkFreedom(
    _ comparisons: [Comparison],
    _ blocks: [BlockingRule],
    _ value: CheckedValue
  ) {
    guard let entries = value["compare"]?.entries, let rules = value["block"]?.elements else {
      return
    }
    for (comparison, entry) in zip(comparisons, entries)
    where blocks.allSatisfy({ comparison.isTouched(by: $0.columns) }) {
      faults.report(
        at: entry.keySpan,
        "every blocking rule asks for '\(comparison.column)', so that nothing can be learnt of it",
        hint: "add a rule without it"
      )
    }
    for (block, rule) in zip(blocks, rules) {
      for name in block.columns {
        guard let comparison = comparisons.first(where: { name.hasPrefix("\($0.column)_") }),
          !comparison.levels.contains(.part(column: name))
        else { continue }
        faults.report(
          .warning,
          at: rule.span,
          "a rule blocks on '\(name)', which no level of '\(comparison.column)' tests",
          hint: "add the level '\(name.dropFirst(comparison.column.count + 1))': evidence is lost"
        )
      }
    }
  }

  /// A threshold in hundredths; nil when it has more decimals.
  private func wholeHundredths(_ threshold: Double) -> Int? {
    let hundredths = (threshold * 100).rounded()
    return abs(hundredths - threshold * 100) < 1e-9 ? Int(hundredths) : nil
  }
}

extension Comparison {
  /// Whether a blocking rule decides something of this comparison: pairs of the rule then agree by it.
  package func isTouched(by block: [String]) -> Bool {
    block.contains { name in
      // A part is of its column: who agrees on the year may agree on the day.
      name == column || name.hasPrefix("\(column)_") || levels.contains(.part(column: name))
    }
  }
}
