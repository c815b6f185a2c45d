import Diagnostics
import Tabular

extension PipelineReading {
  /// Labels that standardisation knows, and the types that they are made of.
  static let labelTypes: [String: [ColumnType]] = [
    "person": [.bsn], "surname": [.name], "first-name": [.name], "prefix": [.name],
    "initials": [.name], "birth-date": [.date, .partialDate], "postcode": [.postcode],
    "surname_part_1": [.name], "surname_part_2": [.name], "first_names_1": [.name],
    "house-number": [.integer, .text, .code], "house-suffix": [.text, .code],
  ]

  mutating func pseudonymise() -> PseudonymiseStage? {
    if isSample, root["pseudonymise"] == nil, !root.isUncertain("pseudonymise") {
      return samplePseudonymise()
    }
    guard let stage = root["pseudonymise"], !stage.isFaulty else {
      policiesAreComplete = false
      return nil
    }
    let key = keyName(stage)
    release(stage)
    if stage["columns"] == nil || stage.isUncertain("columns") { policiesAreComplete = false }
    if let columns = stage["columns"] {
      doubtfulColumns.formUnion(columns.suspects)
      for entry in columns.entries { policies.append(policy(entry)) }
    }
    let optOut = optOut(stage)
    let clk = recordFilters(stage)
    let pipeline = root["pipeline"]?.text ?? ""
    let sourceRelease = stage["source_release"]?.text ?? pipeline
    // A supplier has no release: only the scope of the first level.
    guard let key, let release = handsOver ? sourceRelease : stage["release"]?.text else {
      return nil
    }
    return PseudonymiseStage(
      key: key,
      release: release,
      sourceRelease: sourceRelease,
      columns: policies.compactMap(\.policy),
      optOut: optOut,
      minimumPersons: stage["minimum_persons"]?.integer ?? 100,
      handOver: handsOver ? stage["hand_over"].flatMap { $0.text == nil ? nil : path($0) } : nil,
      clk: clk
    )
  }

  private mutating func keyName(_ stage: CheckedValue) -> String? {
    guard let value = stage["key"], let name = value.text else { return nil }
    guard let keys = root["keys"], !keys.isFaulty, keys.suspects.isEmpty else { return nil }
    let names = keys.entries.map(\.name)
    guard names.contains(name) else {
      let near = nearestName(to: name, among: names)
      faults.report(
        at: value.span,
        "there is no key '\(name)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "'keys' has \(names.formattedNames)"
      )
      return nil
    }
    return name
  }

  private mutating func release(_ stage: CheckedValue) {
    guard let release = stage["release"], let text = release.variableText else { return }
    guard !text.names.contains("pipeline") else { return }
    faults.report(
      at: release.span,
      "found a release that does not name {pipeline}",
      hint: "write \"{pipeline}/{period}\": pseudonyms of two pipelines must not be joined"
    )
  }

  private mutating func policy(_ entry: CheckedEntry) -> PolicyDraft {
    let faulty = PolicyDraft(column: entry.name, span: entry.keySpan, policy: nil)
    let holders = sources.compactMap { $0.column(entry.name) }
    guard !holders.isEmpty || hasHiddenColumns else {
      guard let near = tellUnknown(entry) else { return faulty }
      // Read on as if it were right: one mistake hides no other.
      return policy(CheckedEntry(name: near, keySpan: entry.keySpan, value: entry.value))
    }
    // It may be hidden, or a column that is not: what becomes of that one is not certain then.
    if holders.isEmpty, let near = unnamedColumn(near: entry.name) { doubtfulColumns.insert(near) }
    let value = entry.value
    guard !value.isFaulty else { return faulty }
    var token: String?
    var bloom: String?
    var keep = Keep.nothing
    if let word = value.text {
      keep = word == "keep" ? .value : .nothing
    } else {
      guard ["token", "bloom", "keep", "reviewed"].allSatisfy({ !value.isUncertain($0) }) else {
        return faulty
      }
      token = value["token"]?.text
      bloom = value["bloom"]?.text
      keep = value["keep"]?.text.flatMap(Keep.init) ?? .nothing
      guard token != nil || bloom != nil || keep != .nothing else {
        faults.report(
          at: entry.keySpan,
          "column '\(entry.name)' has none of 'token', 'bloom' and 'keep'",
          hint: "write drop, keep or {token: …}"
        )
        return faulty
      }
    }
    let place = value["keep"]?.span ?? value.span
    checkLabel(token, value["token"]?.span ?? value.span, holders)
    let filterIsRight = isRight(bloom: bloom, token, value["bloom"]?.span ?? value.span, holders)
    let policy = ColumnPolicy(
      column: entry.name,
      token: token,
      bloom: bloom,
      keep: keep,
      reviewed: value["reviewed"]?.text,
      place: faults.place(of: entry.keySpan)
    )
    guard isRight(policy, place, holders, entry), filterIsRight, filterIsFree(policy, entry),
      fits(policy, holders, entry), isReviewedRightly(policy, value["reviewed"], holders)
    else { return faulty }
    return PolicyDraft(column: entry.name, span: entry.keySpan, policy: policy)
  }

  /// A mistake hides columns of some source.
  private var hasHiddenColumns: Bool {
    !sourcesAreComplete || sources.contains { !$0.columnsAreComplete }
  }

  /// - Returns: the column that was meant, when no other policy names it.
  private mutating func tellUnknown(_ entry: CheckedEntry) -> String? {
    let known = sources.flatMap { $0.columns.map(\.name) }.distinct
    let free = unnamedColumn(near: entry.name)
    let near = free ?? nearestName(to: entry.name, among: known)
    doubtfulColumns.insert(entry.name)
    faults.report(
      at: entry.keySpan,
      "no source has a column '\(entry.name)'",
      hint: near.map { "did you mean '\($0)'?" }
    )
    return free
  }

  /// The column of a name like that which no policy names.
  private func unnamedColumn(near name: String) -> String? {
    let written = Set((root["pseudonymise"]?["columns"]?.entries ?? []).map(\.name))
    let known = sources.flatMap { $0.columns.map(\.name) }.distinct
    return nearestName(to: name, among: known.filter { !written.contains($0) })
  }

  private mutating func checkLabel(
    _ token: String?,
    _ span: SourceSpan,
    _ holders: [ColumnDraft],
    as what: String = "token"
  ) {
    guard let token else { return }
    guard let types = Self.labelTypes[token] else {
      guard let near = nearestName(to: token, among: Self.labelTypes.keys.sorted()) else { return }
      faults.report(
        at: span,
        "found the \(what) '\(token)', which is unlike every kind that is known",
        hint: "did you mean '\(near)'?"
      )
      return
    }
    guard let wrong = holders.compactMap(\.type).first(where: { !types.contains($0) }) else {
      return
    }
    faults.report(
      at: span,
      "found the \(what) '\(token)' of \(wrong.rawValue), expected it of "
        + types.map(\.rawValue).formattedChoice
    )
  }

  /// A filter is of a name or a text, and of the same standard form as the token.
  private mutating func isRight(
    bloom: String?,
    _ token: String?,
    _ span: SourceSpan,
    _ holders: [ColumnDraft]
  ) -> Bool {
    guard let bloom else { return true }
    if let wrong = holders.compactMap(\.type).first(where: { $0 != .name && $0 != .text }) {
      faults.report(
        at: span,
        "found a Bloom filter of \(wrong.rawValue), expected it of name or text",
        hint: "only what can be misspelt is alike without being equal: write {token: …}"
      )
      return false
    }
    guard let token, token != bloom else {
      if token == nil { checkLabel(bloom, span, holders, as: "Bloom filter") }
      return true
    }
    faults.report(
      at: span,
      "found the Bloom filter '\(bloom)' beside the token '\(token)', expected one kind",
      hint: "write {token: \(token), bloom: \(token)}"
    )
    return false
  }

  private mutating func isRight(
    _ policy: ColumnPolicy,
    _ span: SourceSpan,
    _ holders: [ColumnDraft],
    _ entry: CheckedEntry
  ) -> Bool {
    let types = holders.compactMap(\.type)
    let name = entry.name
    switch policy.keep {
    case .nothing: return true
    case .year:
      guard let wrong = types.first(where: { $0 != .date && $0 != .partialDate }) else {
        return isFree(name + "_year", entry)
      }
      faults.report(at: span, "found 'keep: year' of \(wrong.rawValue), expected it of a date")
      return false
    case .pc4:
      guard let wrong = types.first(where: { $0 != .postcode }) else {
        return isFree(name + "_pc4", entry)
      }
      faults.report(at: span, "found 'keep: pc4' of \(wrong.rawValue), expected it of a postcode")
      return false
    case .value: break
    }
    if policy.token != nil || policy.bloom != nil {
      let (what, key) = policy.token != nil ? ("token", "token") : ("Bloom filter", "bloom")
      faults.report(
        at: span,
        "column '\(name)': found a \(what) and its value, expected one of them",
        hint: "drop 'keep' or '\(key)'"
      )
      return false
    }
    if holders.contains(where: { $0.privacyClass == .direct }) {
      let kind = types.contains(.bsn) ? "bsn" : types.contains(.name) ? "first-name" : "client"
      let label = Self.labelTypes[name.replacing("_", with: "-")] == nil ? kind : name
      faults.report(
        at: span,
        "column '\(name)' identifies a person by itself and is kept in clear",
        hint: "write {token: \(label == "bsn" ? "person" : label)} or drop"
      )
      return false
    }
    let isDate = holders.contains {
      ($0.type == .date || $0.type == .partialDate) && $0.privacyClass == .quasi
    }
    guard isDate || types.contains(.postcode) || types.contains(.date) && name.contains("birth")
    else { return true }
    let part = types.contains(.postcode) ? "pc4" : "year"
    faults.report(
      at: span,
      "column '\(name)' is kept whole and singles people out",
      hint: "write {keep: \(part)}, or a token as well"
    )
    return false
  }

  /// What somebody has looked at is a column that is searched for numbers of persons.
  private mutating func isReviewedRightly(
    _ policy: ColumnPolicy,
    _ value: CheckedValue?,
    _ holders: [ColumnDraft]
  ) -> Bool {
    guard policy.reviewed != nil, let value else { return true }
    let searched: [ColumnType] = [.text, .code, .integer, .decimal]
    if policy.keep != .value {
      faults.report(
        at: value.place,
        "column '\(policy.column)': found 'reviewed' without 'keep: value'",
        hint: "leave it out: only what is kept whole is searched for numbers of persons"
      )
    } else if let wrong = holders.compactMap(\.type).first(where: { !searched.contains($0) }) {
      faults.report(
        at: value.place,
        "column '\(policy.column)': found 'reviewed' of \(wrong.rawValue), expected it of "
          + searched.map(\.rawValue).formattedChoice,
        hint: "leave it out: such a column is not searched for numbers of persons"
      )
    } else {
      return true
    }
    return false
  }

  /// No other column has the name of the part that stays.
  private mutating func isFree(_ kept: String, _ entry: CheckedEntry) -> Bool {
    guard sources.contains(where: { $0.column(kept) != nil }) else { return true }
    faults.report(
      at: entry.keySpan,
      "column '\(entry.name)' leaves '\(kept)', which a source has as a column of its own",
      hint: "give one of them another name"
    )
    return false
  }

  /// In a package no other column has the name of that of the filters.
  private mutating func filterIsFree(_ policy: ColumnPolicy, _ entry: CheckedEntry) -> Bool {
    let arrives = root["ingest"]?.entries.contains { $0.value["arrives"]?.text == "pseudonymised" }
    guard let name = policy.filterName, handsOver || arrives == true else { return true }
    return isFree(name, entry)
  }

  /// The sources that have the column agree about its type.
  private mutating func fits(
    _ policy: ColumnPolicy,
    _ holders: [ColumnDraft],
    _ entry: CheckedEntry
  ) -> Bool {
    guard policy.leavesSomething else { return true }
    // The number out of `12-A` is that of an integer 12; as nothing else of it stays, that will do.
    if policy.token == "house-number", policy.keep == .nothing { return true }
    let types = holders.compactMap(\.type)
    guard let first = types.first,
      let other = types.first(where: { $0.stagedKind != first.stagedKind })
    else { return true }
    faults.report(
      at: entry.keySpan,
      "column '\(entry.name)' is \(first.rawValue) in one source and \(other.rawValue) in another",
      hint: "give one of them another name by 'from'"
    )
    return false
  }
}

extension ColumnType {
  /// What it becomes in a staged table, apart from tokens.
  var stagedKind: ValueType? {
    switch self {
    case .text, .code: .text
    case .integer: .integer
    case .decimal: .decimal
    case .money: .money
    case .date, .partialDate: .date
    case .yesNo: .boolean
    case .bsn, .name, .postcode: nil
    }
  }
}
