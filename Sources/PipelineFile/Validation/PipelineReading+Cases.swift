import Diagnostics
import Tabular

/// `tests`: what is given must be columns of sources, what is expected fields of what comes of them.
extension PipelineReading {
  /// Reads the cases; the tables are those of the aggregate stage, nil when a mistake hides them.
  mutating func cases(of tables: [TableDefinition]?) -> [PipelineCase] {
    var cases: [PipelineCase] = []
    for value in root["tests"]?.elements ?? [] where !countsOnePeriod {
      guard let name = value["name"]?.text, let given = value["given"], let expect = value["expect"]
      else { continue }
      if cases.contains(where: { $0.name == name }) {
        faults.report(
          at: value["name"]?.span ?? value.span,
          "found two tests named '\(name)'",
          hint: "give each a name of its own"
        )
      }
      let rows = given.entries.map { givenRows($0) }
      var expected = CaseExpectation()
      expected.links = links(expect["link"]?.entries ?? [])
      expected.rejects = rejects(expect["rejects"]?.elements ?? [], given: rows)
      for entry in expect.entries where !["link", "rejects"].contains(entry.name) {
        guard let found = expectedRows(entry, tables) else { continue }
        expected.tables.append((entry.name, found))
      }
      cases.append(
        PipelineCase(
          name: name,
          given: rows,
          expected: expected,
          place: faults.place(of: value.span)
        )
      )
    }
    return cases
  }

  private mutating func givenRows(_ entry: CheckedEntry) -> GivenRows {
    let source = caseSource(entry.name, at: entry.keySpan)
    var rows: [[String: String]] = []
    for element in entry.value.elements {
      var row: [String: String] = [:]
      for field in element.entries {
        guard let text = field.value.text else { continue }
        row[field.name] = text
        if let source { check(field, text, of: source) }
      }
      rows.append(row)
    }
    return GivenRows(source: entry.name, rows: rows)
  }

  /// The source of that name; nil when there is none, and then it is told.
  private mutating func caseSource(_ name: String, at span: SourceSpan) -> SourceDraft? {
    if let source = draft(name) { return source }
    guard sourcesAreComplete else { return nil }
    let known = sources.map(\.name)
    faults.report(
      at: span,
      "there is no source '\(name)'",
      hint: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "'ingest' has \(known.formattedNames)"
    )
    return nil
  }

  private mutating func check(_ field: CheckedEntry, _ text: String, of source: SourceDraft) {
    guard let column = source.column(field.name) else {
      guard source.columnsAreComplete else { return }
      let known = source.columns.map(\.name)
      faults.report(
        at: field.keySpan,
        "source '\(source.name)' has no column '\(field.name)'",
        hint: nearestName(to: field.name, among: known).map { "did you mean '\($0)'?" }
          ?? "it has \(known.formattedNames)"
      )
      return
    }
    if column.column?.lookup != nil {
      faults.report(
        at: field.keySpan,
        "found a value for '\(field.name)' of source '\(source.name)', which is looked up",
        hint: "leave it out: the table gives it by the postcode"
      )
    }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      faults.report(
        at: field.value.span,
        "found a control character or a line end in a value, expected one line of text"
      )
    }
    if column.type == .bsn, let number = wholeNumber(text), TestNumbers.mayBeSomebodys(number) {
      faults.report(
        at: field.value.span,
        "found a BSN that may be somebody's, expected a test number",
        hint: "numbers from 999900006 to 999999990 are nobody's; 999990019 is one"
      )
    }
  }

  private mutating func links(_ entries: [CheckedEntry]) -> [CaseExpectation.Row] {
    entries.compactMap { entry -> CaseExpectation.Row? in
      guard let source = caseSource(entry.name, at: entry.keySpan) else { return nil }
      if source.name == spine?.name || handsOver {
        faults.report(
          at: entry.keySpan,
          handsOver
            ? "found links of '\(source.name)', but the pipeline hands over: the region links"
            : "found links of '\(source.name)', which is the spine: its rows are the persons",
          hint: "leave it out"
        )
        return nil
      }
      let counts = entry.value.entries.compactMap { count in
        count.value.integer.map { (name: count.name, text: String($0)) }
      }
      return CaseExpectation.Row(fields: [("source", source.name)] + counts)
    }
  }

  private mutating func rejects(
    _ elements: [CheckedValue],
    given: [GivenRows]
  ) -> [CaseExpectation.Row] {
    elements.compactMap { element -> CaseExpectation.Row? in
      guard let name = element["source"]?.text, let row = element["row"]?.integer else {
        return nil
      }
      let rows = given.first { $0.source == name }?.rows ?? []
      if row > rows.count {
        faults.report(
          at: element["row"]?.span ?? element.span,
          "found row \(row) of '\(name)', but the test gives it \(rows.count)",
          hint: rows.isEmpty ? "add rows of '\(name)' to 'given'" : "rows count from 1"
        )
      }
      var fields = [("source", name), ("row", String(row))]
      if let column = element["column"], let text = column.text {
        if let source = draft(name), source.columnsAreComplete, source.column(text) == nil {
          faults.report(
            at: column.span,
            "source '\(name)' has no column '\(text)'",
            hint: nearestName(to: text, among: source.columns.map(\.name))
              .map { "did you mean '\($0)'?" }
          )
        }
        fields.append(("column", text))
      }
      if let reason = element["reason"]?.text { fields.append(("reason", reason)) }
      return CaseExpectation.Row(fields: fields)
    }
  }

  /// Rows of a table; nil when there is no such table.
  private mutating func expectedRows(
    _ entry: CheckedEntry,
    _ tables: [TableDefinition]?
  ) -> [CaseExpectation.Row]? {
    guard let tables, !entry.value.isFaulty else { return nil }
    guard let table = tables.first(where: { $0.name == entry.name }) else {
      let known = tables.map(\.name)
      faults.report(
        at: entry.keySpan,
        "there is no table '\(entry.name)'",
        hint: nearestName(to: entry.name, among: known + ["link", "rejects"])
          .map { "did you mean '\($0)'?" }
          ?? (known.isEmpty ? "the pipeline has none" : "'aggregate' has \(known.formattedNames)")
      )
      return nil
    }
    // A measure that is written is known, whatever is wrong with it.
    let written = root["aggregate"]?["tables"]?[table.name]
    var figures = table.figureNames
    var isCertain =
      !(written?.isUncertain("measure") ?? true) && !(written?.isUncertain("by") ?? true)
      && (written?["measure"]?.suspects.isEmpty ?? true)
    if case .measures = table.content {
      figures = written?["measure"]?.entries.map(\.name) ?? []
      // It is laid out otherwise, but a mistake hides how.
      if written?["value"] != nil || written?["lenses"] != nil { isCertain = false }
    }
    let dimensions = table.shownDimensions
    return entry.value.elements.map { element in
      var fields: [(name: String, text: String)] = []
      for field in element.entries {
        guard let text = field.value.text else { continue }
        fields.append((field.name, text))
        if let dimension = dimensions.first(where: { $0.name == field.name }) {
          checkLabel(field, text, of: table, among: dimension.labels)
          continue
        }
        if field.name.hasSuffix("_mark"), figures.contains(String(field.name.dropLast(5))) {
          continue
        }
        // Limits and persons stand beside a figure, under its name and a suffix.
        let isBeside = figures.contains { field.name.hasPrefix("\($0)_") }
        guard figures.contains(field.name) || isBeside else {
          guard isCertain else { continue }
          let known = dimensions.map(\.name) + figures
          faults.report(
            at: field.keySpan,
            "table '\(table.name)' has no dimension or measure '\(field.name)'",
            hint: nearestName(to: field.name, among: known).map { "did you mean '\($0)'?" }
              ?? "it has \(known.formattedNames)"
          )
          continue
        }
        if table.hasNumbersAlone { checkFigure(field, text, of: table) }
      }
      return CaseExpectation.Row(fields: fields)
    }
  }
}

extension PipelineReading {
  private mutating func checkFigure(
    _ field: CheckedEntry,
    _ text: String,
    of table: TableDefinition
  ) {
    if text == "missing" { return }
    if let words = table.words(of: field.name) {
      if !words.contains(text) { tell(text, field, "'\(field.name)'", words) }
    } else if decimalNumber(text) == nil {
      faults.report(
        at: field.value.span,
        "found no number for measure '\(field.name)', expected one, or missing",
        hint: "amounts are in whole cents"
      )
    }
  }

  private mutating func checkLabel(
    _ field: CheckedEntry,
    _ text: String,
    of table: TableDefinition,
    among known: [String]?
  ) {
    if text == "total", table.by.contains(field.name) {
      if table.totals.contains(field.name) { return }
      faults.report(
        at: field.value.span,
        "found the total of '\(field.name)', of which table '\(table.name)' has none",
        hint: "add it to 'totals'"
      )
      return
    }
    if let known {
      // A lens without an indicator has none.
      if !text.isEmpty, !known.contains(text) {
        tell(text, field, "dimension '\(field.name)'", known)
      }
      return
    }
    guard let labels = labels[field.name], text != "unknown", !labels.contains(text) else { return }
    tell(text, field, "dimension '\(field.name)'", labels)
  }

  private mutating func tell(
    _ text: String,
    _ field: CheckedEntry,
    _ what: String,
    _ known: [String]
  ) {
    faults.report(
      at: field.value.span,
      "found '\(text)' for \(what), expected \(known.formattedChoice)",
      hint: nearestName(to: text, among: known).map { "did you mean '\($0)'?" }
    )
  }
}

/// A number as tables write it: an optional minus, digits, and perhaps a point with more of them.
///
/// - Returns: its text without zeros that say nothing; nil for another text.
package func decimalNumber(_ text: String) -> String? {
  let isNegative = text.hasPrefix("-")
  let parts = text.dropFirst(isNegative ? 1 : 0)
    .split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count),
    parts.allSatisfy({ part in
      (1...20).contains(part.utf8.count) && part.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    })
  else { return nil }
  let whole = parts[0].drop { $0 == "0" }
  let fraction = parts.count == 2 ? String(parts[1].reversed().drop { $0 == "0" }.reversed()) : ""
  let number = (whole.isEmpty ? "0" : String(whole)) + (fraction.isEmpty ? "" : ".\(fraction)")
  return isNegative && number != "0" ? "-\(number)" : number
}
