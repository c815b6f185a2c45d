import Diagnostics
import Tabular

/// Persons without a spine, and clients of several records beside one.
extension PipelineReading {
  /// The stage names no spine: persons are the records that fit together.
  var hasNoSpine: Bool {
    guard let stage = root["link"] else { return false }
    return stage["spine"] == nil && !stage.isUncertain("spine")
  }

  /// Tells what says nothing without residents.
  mutating func tellWithoutSpine(_ stage: CheckedValue) {
    faults.report(
      .note,
      at: stage.place,
      "'link' names no spine: persons are the records of all sources that fit together",
      hint: nil
    )
    if stage["exact"] != nil, let from = stage["probabilistic"]?["learn"]?["from"],
      from.text == "exact"
    {
      faults.report(
        at: from.span,
        "found 'from: exact' without a spine, expected em",
        hint:
          "records of one source that a number proves always differ somewhere: they teach too little"
      )
    }
    for (key, why) in [
      ("assign", "which says how many clients a resident takes"),
      ("unlinked", "which is about records without a resident: everybody is a person"),
      ("deduplicate", "which is for sources beside one: all are deduplicated"),
    ] {
      guard let place = stage[key]?.place else { continue }
      faults.report(
        at: place,
        "found '\(key)' without a spine, \(why)",
        hint: "leave it out, or name the source whose rows are the persons, as spine: register"
      )
    }
  }

  /// Some source has it as a token or a kept value.
  mutating func isJoinable(_ name: String, _ span: SourceSpan) -> Bool {
    let scopes = sources.map { scope(of: $0, owner: "") }
    let meanings = scopes.compactMap { $0[name] }
    if !sourcesAreComplete || meanings.contains(where: Self.isStaged) { return true }
    if let meaning = meanings.first {
      tellUnusable(name, meaning, span)
    } else {
      let near = nearestName(to: name, among: scopes.flatMap(\.names))
      faults.report(
        at: span,
        "no source has a column '\(name)'",
        hint: near.map { "did you mean '\($0)'?" }
      )
    }
    return false
  }

  /// The sources of `deduplicate`.
  mutating func deduplicated(_ value: CheckedValue?) -> Set<String> {
    guard let value, spine != nil else { return [] }
    var names: Set<String> = []
    for element in value.elements {
      guard let source = source(namedBy: element) else { continue }
      if source.name == spine?.name {
        faults.report(
          at: element.span,
          "found the spine '\(source.name)', whose residents are never merged",
          hint: "leave it out: residents who share a number are flagged"
        )
      } else if !names.insert(source.name).inserted {
        faults.report(at: element.span, "found source '\(source.name)' twice")
      }
    }
    return names
  }

  /// What is known of persons that are made of records: what describes a person in any source.
  func joinedPersonColumns() -> ColumnScope {
    var persons = ColumnScope(owner: "persons")
    persons.isComplete = sourcesAreComplete
    for source in sources {
      let columns = scope(of: source, owner: "")
      if !columns.isComplete { persons.isComplete = false }
      for name in columns.names {
        guard let meaning = columns[name] else { continue }
        let own = isOfRows(name, meaning, source) ? .ofRows : meaning
        persons[name] = persons.contains(name) ? Self.joined(persons[name], own) : own
      }
    }
    return persons
  }

  /// Whether every row of a source keeps a value of its own of this column.
  private func isOfRows(
    _ name: String,
    _ meaning: ColumnScope.Meaning,
    _ source: SourceDraft
  ) -> Bool {
    // What is left of another column, as its year, describes the person.
    guard case .value = meaning, let draft = source.column(name) else { return false }
    if usedColumns.contains(name) || (draft.privacyClass ?? .direct) >= .quasi { return false }
    guard let column = draft.column, source.source?.format.completion != nil else { return true }
    return !CompletionForm.tellsOfPerson(column)
  }

  /// What a column is that two sources have.
  private static func joined(
    _ one: ColumnScope.Meaning?,
    _ other: ColumnScope.Meaning
  ) -> ColumnScope.Meaning {
    switch (one, other) {
    case (.value(let type, let domain), .value(let kind, let values)) where type == kind:
      return .value(
        type,
        domain: domain.flatMap { known in
          values.map { known + $0.filter { !known.contains($0) } }
        }
      )
    // Persons have what any source tells of them.
    case (.value, .ofRows), (.value, .dropped): return one ?? other
    case (.ofRows, .value), (.dropped, .value): return other
    case (.value, .value): return .uncertain
    default: return one ?? other
    }
  }
}
