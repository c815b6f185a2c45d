import Diagnostics

extension PipelineReading {
  /// Reads the tables, in file order; those that are made of others when these are known.
  mutating func tables(
    _ entries: [CheckedEntry],
    _ scope: ExpressionScope,
    _ persons: [DerivedColumn],
    _ time: [String: RowTime],
    _ segments: [Segment],
    _ covers: [String: TypedExpression]
  ) -> [TableDefinition] {
    func kind(_ entry: CheckedEntry) -> String? {
      ["hot_spots", "progress", "benchmark", "savings"].first { entry.value[$0] != nil }
    }
    var tables = entries.map { entry in
      kind(entry) == nil ? table(entry, scope, spine)?.overCovered(covers, persons) : nil
    }
    for (entry, table) in zip(entries, tables) { checkCovered(entry, table) }
    let counting = tables.compactMap(\.self)
    for (place, entry) in entries.enumerated() {
      switch kind(entry) {
      case "hot_spots": tables[place] = hotSpots(entry, scope, counting, entries)
      case "progress": tables[place] = progress(entry, beside: counting, scope, persons, time)
      case "benchmark": tables[place] = benchmark(entry, beside: counting)
      default: continue
      }
    }
    let judging = tables.compactMap(\.self)
    for (place, entry) in entries.enumerated() where kind(entry) == "savings" {
      tables[place] = savings(entry, beside: judging, scope, persons, time, segments)
    }
    return tables.compactMap(\.self)
  }

  /// No measure may bear the name of one that counts who could appear in a source.
  private mutating func checkCovered(_ entry: CheckedEntry, _ table: TableDefinition?) {
    let names = table?.measures.map(\.name) ?? []
    for measure in entry.value["measure"]?.entries ?? []
    where names.count(where: { $0 == measure.name }) > 1 {
      faults.report(
        at: measure.keySpan,
        "found a measure '\(measure.name)', as the one is called that counts by 'covers'",
        hint: "give it another name"
      )
    }
  }

  private mutating func table(
    _ entry: CheckedEntry,
    _ persons: ExpressionScope,
    _ spine: SourceDraft?
  ) -> TableDefinition? {
    let value = entry.value
    guard !value.isFaulty else { return nil }
    let nests = nests(value["by"])
    let subject =
      chain(value, by: nests.flatMap { $0 }, persons) ?? subject(value, spine)
    let by = dimensions(value["by"], persons, subject)
    // What lenses compare with is the total of everything.
    let totals = value["lenses"] == nil ? totals(value["totals"], by: value["by"]) : by
    let measures = measures(value["measure"]?.entries ?? [], by: by, persons, of: subject)
    var episodes: String?
    if case .episodes(let kind, let rows) = subject {
      checkChain(value, kind, rows, measures, persons)
      episodes = kind.name
    }
    var rows: [String] = []
    if case .rows(let sources) = subject { rows = sources.map(\.name) }
    return TableDefinition(
      name: entry.name,
      rows: rows,
      by: by,
      totals: totals,
      content: content(value, measures, persons, subject),
      place: faults.place(of: entry.keySpan),
      nests: nests.filter { $0.count > 1 && $0.allSatisfy(by.contains) },
      episodes: episodes
    )
  }

  /// The levels of each dimension: one, or several that nest as `neighbourhood < district`.
  private func nests(_ value: CheckedValue?) -> [[String]] {
    (value?.elements ?? []).compactMap(\.text).map(Self.levels)
  }

  private static func levels(_ text: String) -> [String] {
    text.split(separator: "<", omittingEmptySubsequences: false).map { level in
      String(level.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  private mutating func subject(_ table: CheckedValue, _ spine: SourceDraft?) -> TableSubject {
    guard let value = table["rows"] else {
      return table.suspects.contains("rows") ? .uncertainRows : .persons
    }
    guard !value.isFaulty else { return .uncertainRows }
    var found: [SourceDraft] = []
    var areRight = true
    for element in value.elements {
      guard let source = source(namedBy: element) else {
        areRight = false
        continue
      }
      let name = source.name
      if found.contains(where: { $0.name == name }) {
        faults.report(at: element.span, "found source '\(name)' twice")
      } else if name == spine?.name {
        faults.report(
          at: element.span,
          "found the spine '\(name)', whose rows are the persons",
          hint: "leave 'rows' out: the table then counts persons"
        )
      } else {
        found.append(source)
      }
    }
    return areRight && !found.isEmpty ? .rows(found) : .uncertainRows
  }

  /// The dimensions that a table is cut by.
  mutating func dimensions(
    _ value: CheckedValue?,
    _ persons: ExpressionScope,
    _ subject: TableSubject
  ) -> [String] {
    guard let value, !value.isFaulty else { return [] }
    var names: [String] = []
    for element in value.elements {
      guard let text = element.text else { continue }
      let levels = Self.levels(text)
      for name in levels {
        if names.contains(name) {
          faults.report(at: element.span, "found the dimension '\(name)' twice")
          continue
        }
        names.append(name)
        if isLevel(name, above: levels[0], persons.columns) { continue }
        if isDomain(name, persons.columns, subject) { continue }
        checkDimension(name, element.span, persons.columns, levels.count > 1 ? .persons : subject)
      }
    }
    usedColumns.formUnion(names)
    return names
  }

  /// Whether the codes of the finest level tell this one, which persons have no column of.
  private func isLevel(_ name: String, above finest: String, _ persons: ColumnScope) -> Bool {
    guard name != finest, AreaLevel(rawValue: name) != nil, !persons.contains(name),
      case .value(.text, _)? = persons[finest]
    else { return false }
    return true
  }

  /// Whether rows are cut by the domain of their source; a column of that name goes first.
  private func isDomain(
    _ name: String,
    _ persons: ColumnScope,
    _ subject: TableSubject
  ) -> Bool {
    let sources: [SourceDraft]
    switch subject {
    case .rows(let rows), .episodes(_, let rows): sources = rows
    case .persons, .uncertainRows: return false
    }
    guard name == domainDimension, !persons.contains(name) else { return false }
    return sources.allSatisfy { source in !source.columns.contains { $0.name == name } }
  }

  mutating func checkDimension(
    _ name: String,
    _ span: SourceSpan,
    _ persons: ColumnScope,
    _ subject: TableSubject
  ) {
    var scopes: [ColumnScope] = []
    var isCertain = persons.isComplete
    switch subject {
    case .persons: break
    case .rows(let rows), .episodes(_, let rows):
      scopes = rows.map { scope(of: $0, owner: "source '\($0.name)'") }
    case .uncertainRows: isCertain = false
    }
    // A person column goes first; then the rows of every source must have it.
    var meaning = persons.contains(name) ? persons[name] : nil
    var owner = "persons"
    if !Self.isUsable(meaning) {
      if let lacking = scopes.first(where: { !Self.isUsable($0[name]) }),
        scopes.contains(where: { Self.isUsable($0[name]) })
      {
        owner = lacking.owner
        meaning = lacking[name]
      } else if let first = scopes.first(where: { $0[name] != nil }) {
        owner = first.owner
        meaning = first[name]
      } else if !isCertain {
        return
      }
    }
    switch meaning {
    case .uncertain: break
    case .value(let type, let domain):
      if owner == "persons" { labels[name] = type == .boolean ? ["no", "yes"] : domain }
      guard type == .money || type == .date || type == .decimal else { return }
      faults.report(
        at: span,
        "found \(type.name) as a dimension, expected a text, a whole number or a condition",
        hint: "derive a band of it under 'persons'"
      )
    case .token(let kept):
      faults.report(
        at: span,
        "found '\(name)', which is a token: tables never show tokens",
        hint: kept.map { "use '\($0)'" }
      )
    case .filter:
      faults.report(
        at: span,
        "found '\(name)', of which only a Bloom filter stays: tables never show filters",
        hint: "keep another column"
      )
    case .generalised(let kept):
      faults.report(
        at: span,
        "found '\(name)', of which only '\(kept)' stays",
        hint: "use '\(kept)'"
      )
    case .dropped:
      guard faults.isFirst("dropped \(name)") else { return }
      faults.report(
        at: span,
        "found '\(name)', which 'pseudonymise' drops",
        hint: "add to its columns: \(name): keep"
      )
    case .ofRows:
      faults.report(
        at: span,
        "found '\(name)', which differs from row to row, expected a column of persons",
        hint: "count rows, as rows: [source]; or give the column class: quasi"
      )
    case nil: tellNoDimension(name, span, persons, scopes, owner)
    }
  }

  private mutating func tellNoDimension(
    _ name: String,
    _ span: SourceSpan,
    _ persons: ColumnScope,
    _ scopes: [ColumnScope],
    _ owner: String
  ) {
    if owner != "persons" {
      faults.report(
        at: span,
        "\(owner) has no column '\(name)', and persons have none either",
        hint: "every source of the table must offer it; see 'from' and 'as'"
      )
      return
    }
    let known = persons.usableNames + scopes.flatMap(\.usableNames)
    faults.report(
      at: span,
      scopes.isEmpty
        ? "persons have no column '\(name)'"
        : "neither persons nor the rows have a column '\(name)'",
      hint: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? persons.cure(for: name)
    )
  }

  private static func isUsable(_ meaning: ColumnScope.Meaning?) -> Bool {
    switch meaning {
    case .value, .uncertain: true
    default: false
    }
  }

  private mutating func totals(_ value: CheckedValue?, by: CheckedValue?) -> [String] {
    guard let value, !value.isFaulty else { return [] }
    let written = (by?.elements ?? []).compactMap(\.text)
    let names = written.flatMap(Self.levels)
    let isCertain = by.map { !$0.isFaulty && written.count == $0.elements.count } ?? false
    var totals: [String] = []
    for element in value.elements {
      guard let name = element.text else { continue }
      if totals.contains(name) {
        faults.report(at: element.span, "found the total of '\(name)' twice")
      } else if names.contains(name) {
        totals.append(name)
      } else if isCertain {
        let near = nearestName(to: name, among: names)
        faults.report(
          at: element.span,
          "found a total of '\(name)', which is no dimension of the table",
          hint: near.map { "did you mean '\($0)'?" } ?? "add it to 'by'"
        )
      }
    }
    return totals
  }
}
