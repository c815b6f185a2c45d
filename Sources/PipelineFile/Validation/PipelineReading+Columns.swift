import Diagnostics
import Tabular

extension PipelineReading {
  /// The columns of a source that its format does not know: those that are written.
  mutating func writtenColumns(of entry: CheckedEntry) -> [ColumnDraft] {
    var drafts: [ColumnDraft] = []
    for column in entry.value["columns"]?.entries ?? [] {
      drafts.append(writtenColumn(column, of: entry))
    }
    return drafts
  }

  /// The columns of a source whose format knows them: all that its kinds offer, and those that are
  /// written.
  mutating func knownColumns(of entry: CheckedEntry, _ format: KnownFormat) -> [ColumnDraft] {
    let kinds = kinds(of: entry.value, format)
    let offered = format.columns(of: kinds)
    let written = entry.value["columns"]?.entries ?? []
    var drafts: [ColumnDraft] = []
    for column in offered where !written.contains(where: { $0.name == column.name }) {
      drafts.append(Self.knownColumn(column, kinds, at: faults.place(of: entry.keySpan)))
    }
    for column in written {
      drafts.append(knownColumn(column, of: entry, format, kinds, offered))
    }
    return drafts
  }

  private mutating func writtenColumn(_ entry: CheckedEntry, of source: CheckedEntry) -> ColumnDraft
  {
    let value = entry.value
    guard !value.isFaulty else { return Self.unknown(entry.name) }
    checkName(entry)
    guard let word = value["type"]?.text, let type = ColumnType(rawValue: word) else {
      if !value.isUncertain("type") && value["type"] == nil {
        faults.reportMissing(
          at: entry.keySpan,
          "column '\(entry.name)' has no 'type'",
          hint: "say what it holds, as {type: code}"
        )
      }
      return Self.unknown(entry.name)
    }
    let values = codeValues(value, type)
    let isOpen = ["codes", "unknown", "successors", "region"].contains { value[$0] != nil }
    let range = range(value, type)
    let textPattern = textPattern(value, type)
    if let unit = value["unit"], type != .money {
      faults.report(at: unit.place, "found 'unit' of \(type.rawValue), expected it of money only")
    }
    let privacyClass = privacyClass(value, least: type.privacyClass)
    var column = SourceColumn(
      name: entry.name,
      sourceName: value["from"]?.text ?? entry.name,
      pattern: template(value, type),
      type: type,
      privacyClass: privacyClass,
      required: value["required"]?.flag ?? false,
      unique: value["unique"]?.flag ?? false,
      values: values,
      range: range,
      textPattern: textPattern,
      euros: value["unit"]?.text == "euro",
      place: faults.place(of: entry.keySpan)
    )
    column.address = address(entry, of: source)
    codeTables(entry, of: source, &column)
    return ColumnDraft(
      name: entry.name,
      type: type,
      privacyClass: privacyClass,
      domain: values.isEmpty || column.pattern != nil || isOpen
        ? nil : values.map(\.meaning).distinct,
      column: column
    )
  }

  private mutating func knownColumn(
    _ entry: CheckedEntry,
    of source: CheckedEntry,
    _ format: KnownFormat,
    _ kinds: Set<String>,
    _ offered: [FormatColumn]
  ) -> ColumnDraft {
    let value = entry.value
    guard !value.isFaulty else { return Self.unknown(entry.name) }
    checkName(entry)
    // What is looked up is of no format.
    if value["lookup"] != nil { return writtenColumn(entry, of: source) }
    let wanted = value["from"]?.text ?? entry.name
    guard let column = offered.first(where: { $0.name == wanted }) else {
      if !value.isUncertain("from") { tellNotOffered(wanted, entry, format, offered) }
      return Self.unknown(entry.name)
    }
    for key in ["values", "range", "pattern", "unit", "at"] {
      guard let place = value[key]?.place else { continue }
      faults.report(
        at: place,
        "found '\(key)' of an \(format.rawValue) column, which the format defines",
        hint: "leave it out"
      )
    }
    if let type = value["type"], let word = type.text, word != column.type.rawValue {
      faults.report(
        at: type.span,
        "found type \(word), but \(format.rawValue) gives '\(wanted)' as \(column.type.rawValue)",
        hint: "leave 'type' out"
      )
    }
    let given = Self.knownColumn(column, kinds, at: faults.place(of: entry.keySpan))
    let template = template(value, column.type)
    let privacyClass = privacyClass(value, least: column.privacyClass)
    var made = SourceColumn(
      name: entry.name,
      sourceName: wanted,
      pattern: template,
      type: column.type,
      privacyClass: privacyClass,
      required: value["required"]?.flag ?? false,
      unique: value["unique"]?.flag ?? false,
      values: given.column?.values ?? [],
      range: nil,
      textPattern: nil,
      euros: false,
      place: faults.place(of: entry.keySpan)
    )
    codeTables(entry, of: source, &made)
    if let codes = value["codes"], !column.values.isEmpty {
      faults.report(
        at: codes.place,
        "found 'codes' of '\(wanted)', of which \(format.rawValue) defines the codes",
        hint: "leave it out"
      )
    }
    let isOpen = ["codes", "unknown", "successors", "region"].contains { value[$0] != nil }
    return ColumnDraft(
      name: entry.name,
      type: column.type,
      privacyClass: privacyClass,
      domain: template == nil && !isOpen ? given.domain : nil,
      column: made
    )
  }

  private mutating func tellNotOffered(
    _ wanted: String,
    _ entry: CheckedEntry,
    _ format: KnownFormat,
    _ offered: [FormatColumn]
  ) {
    let near = nearestName(to: wanted, among: offered.map(\.name))
    let elsewhere = format.columns.first { $0.name == wanted }?.kinds.sorted() ?? []
    let hint: String? =
      if let first = elsewhere.first {
        format == .iwmo ? "message \(first) has it" : "\(first) has it"
      } else {
        near.map { "did you mean '\($0)'?" }
      }
    let span = entry.value["from"]?.span ?? entry.keySpan
    faults.report(
      at: span,
      format == .iwmo
        ? "the iwmo messages that are read have no column '\(wanted)'"
        : "\(format.rawValue) has no column '\(wanted)' here",
      hint: hint
    )
  }

  private static func knownColumn(
    _ column: FormatColumn,
    _ kinds: Set<String>,
    at place: Place
  ) -> ColumnDraft {
    var domain = column.values.isEmpty ? nil : column.values.map(\.meaning)
    if column.name == "message" { domain = kinds.sorted() }
    return ColumnDraft(
      name: column.name,
      type: column.type,
      privacyClass: column.privacyClass,
      domain: domain,
      column: SourceColumn(
        column.name,
        column.type,
        column.privacyClass,
        values: column.values,
        place: place
      )
    )
  }
}
