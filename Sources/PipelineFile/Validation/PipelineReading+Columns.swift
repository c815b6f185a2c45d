import Diagnostics
import Glibc
import Tabular

extension PipelineReading {
  /// The columns of a csv source: those that are written.
  mutating func csvColumns(of entry: CheckedEntry) -> [ColumnDraft] {
    var drafts: [ColumnDraft] = []
    for column in entry.value["columns"]?.entries ?? [] {
      drafts.append(csvColumn(column, of: entry))
    }
    return drafts
  }

  /// The columns of an iwmo source: all that its messages offer, and those that are written.
  mutating func iwmoColumns(of entry: CheckedEntry) -> [ColumnDraft] {
    let messages = messages(of: entry.value)
    let offered = IwmoColumns.offered(by: messages)
    let written = entry.value["columns"]?.entries ?? []
    var drafts: [ColumnDraft] = []
    for column in offered where !written.contains(where: { $0.name == column.name }) {
      drafts.append(Self.iwmoColumn(column, messages, at: faults.place(of: entry.keySpan)))
    }
    for column in written {
      drafts.append(iwmoColumn(column, of: entry, messages, offered))
    }
    return drafts
  }

  private mutating func csvColumn(_ entry: CheckedEntry, of source: CheckedEntry) -> ColumnDraft {
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
    let range = range(value, type)
    let textPattern = textPattern(value, type)
    if let unit = value["unit"], type != .money {
      faults.report(at: unit.place, "found 'unit' of \(type.rawValue), expected it of money only")
    }
    let privacyClass = privacyClass(value, least: type.privacyClass)
    let column = SourceColumn(
      name: entry.name,
      sourceName: value["from"]?.text ?? entry.name,
      pattern: template(value, type),
      type: type,
      privacyClass: privacyClass,
      required: value["required"]?.flag ?? false,
      unique: false,
      values: values,
      range: range,
      textPattern: textPattern,
      euros: value["unit"]?.text == "euro",
      place: faults.place(of: entry.keySpan)
    )
    return ColumnDraft(
      name: entry.name,
      type: type,
      privacyClass: privacyClass,
      domain: values.isEmpty || column.pattern != nil ? nil : values.map(\.meaning).distinct,
      column: column
    )
  }

  private mutating func iwmoColumn(
    _ entry: CheckedEntry,
    of source: CheckedEntry,
    _ messages: Set<Int>,
    _ offered: [IwmoColumn]
  ) -> ColumnDraft {
    let value = entry.value
    guard !value.isFaulty else { return Self.unknown(entry.name) }
    checkName(entry)
    let wanted = value["from"]?.text ?? entry.name
    guard let column = offered.first(where: { $0.name == wanted }) else {
      if !value.isUncertain("from") { tellNotOffered(wanted, entry, messages, offered) }
      return Self.unknown(entry.name)
    }
    for key in ["values", "range", "pattern", "unit"] {
      guard let place = value[key]?.place else { continue }
      faults.report(
        at: place,
        "found '\(key)' of an iwmo column, which the format defines",
        hint: "leave it out"
      )
    }
    if let type = value["type"], let word = type.text, word != column.type.rawValue {
      faults.report(
        at: type.span,
        "found type \(word), but iwmo gives '\(wanted)' as \(column.type.rawValue)",
        hint: "leave 'type' out"
      )
    }
    let given = Self.iwmoColumn(column, messages, at: faults.place(of: entry.keySpan))
    let template = template(value, column.type)
    let privacyClass = privacyClass(value, least: column.privacyClass)
    return ColumnDraft(
      name: entry.name,
      type: column.type,
      privacyClass: privacyClass,
      domain: template == nil ? given.domain : nil,
      column: SourceColumn(
        name: entry.name,
        sourceName: wanted,
        pattern: template,
        type: column.type,
        privacyClass: privacyClass,
        required: value["required"]?.flag ?? false,
        unique: false,
        values: given.column?.values ?? [],
        range: nil,
        textPattern: nil,
        euros: false,
        place: faults.place(of: entry.keySpan)
      )
    )
  }

  private mutating func tellNotOffered(
    _ wanted: String,
    _ entry: CheckedEntry,
    _ messages: Set<Int>,
    _ offered: [IwmoColumn]
  ) {
    let near = nearestName(to: wanted, among: offered.map(\.name))
    let elsewhere = IwmoColumns.all.first { $0.name == wanted }?.messages.sorted() ?? []
    let hint: String? =
      if let first = elsewhere.first {
        "message \(first) has it"
      } else {
        near.map { "did you mean '\($0)'?" }
      }
    let span = entry.value["from"]?.span ?? entry.keySpan
    faults.report(
      at: span,
      "the iwmo messages that are read have no column '\(wanted)'",
      hint: hint
    )
  }

  private static func iwmoColumn(
    _ column: IwmoColumn,
    _ messages: Set<Int>,
    at place: Place
  ) -> ColumnDraft {
    let values = column.name == "sex" ? IwmoColumns.sexValues : []
    var domain: [String]?
    if column.name == "sex" { domain = values.map(\.meaning) }
    if column.name == "message" { domain = messages.sorted().map(String.init) }
    return ColumnDraft(
      name: column.name,
      type: column.type,
      privacyClass: column.privacyClass,
      domain: domain,
      column: SourceColumn(
        name: column.name,
        sourceName: column.name,
        pattern: nil,
        type: column.type,
        privacyClass: column.privacyClass,
        required: false,
        unique: false,
        values: values,
        range: nil,
        textPattern: nil,
        euros: false,
        place: place
      )
    )
  }

  private mutating func checkName(_ entry: CheckedEntry) {
    if let from = entry.value["from"], from.text?.isEmpty == true {
      faults.report(at: from.span, "column '\(entry.name)': found an empty name under 'from'")
    }
    guard ExpressionParser.reserved.contains(entry.name) else { return }
    faults.report(
      at: entry.keySpan,
      "found a column '\(entry.name)', which is a word of the expression language",
      hint: "give it another name, and \(entry.name) under 'from'"
    )
  }

  private mutating func codeValues(_ value: CheckedValue, _ type: ColumnType) -> [CodeValue] {
    guard let values = value["values"], !values.isFaulty else { return [] }
    guard type == .code else {
      faults.report(
        at: values.place,
        "found 'values' of \(type.rawValue), expected them of code only",
        hint: "say type: code"
      )
      return []
    }
    return values.entries.compactMap { entry in
      entry.value.text.map { CodeValue(written: entry.name, meaning: $0) }
    }
  }

  private mutating func range(_ value: CheckedValue, _ type: ColumnType) -> ClosedRange<Int64>? {
    guard let range = value["range"], let text = range.text else { return nil }
    let isEuro = value["unit"]?.text == "euro"
    let digits: Int
    switch type {
    case .integer: digits = 0
    case .decimal: digits = 4
    case .money: digits = isEuro ? 2 : 0
    default:
      faults.report(
        at: range.place,
        "found 'range' of \(type.rawValue), expected it of integer, decimal or money only"
      )
      return nil
    }
    let bounds = text.split(separator: "..", omittingEmptySubsequences: false)
    guard bounds.count == 2, let least = Self.bound(bounds[0], digits),
      let most = Self.bound(bounds[1], digits), least <= most
    else {
      faults.report(
        at: range.span,
        "found a range that is none, expected a least and a largest number",
        hint: "write it as 1..99999"
      )
      return nil
    }
    return least...most
  }

  private static func bound(_ text: Substring, _ digits: Int) -> Int64? {
    digits == 0 ? wholeNumber(text) : fixedPoint(text, digits: digits)
  }

  private mutating func template(_ value: CheckedValue, _ type: ColumnType) -> String? {
    guard let template = value["as"], let text = template.text else { return nil }
    guard type == .text || type == .code else {
      faults.report(
        at: template.place,
        "found 'as' of \(type.rawValue), expected it of text or code"
      )
      return nil
    }
    return text
  }

  private mutating func privacyClass(
    _ value: CheckedValue,
    least: PrivacyClass
  ) -> PrivacyClass {
    guard let word = value["class"], let text = word.text,
      let given = PrivacyClass.allCases.first(where: { $0.name == text })
    else { return least }
    guard given >= least else {
      faults.report(
        at: word.span,
        "found class \(given.name), expected \(least.name) or higher",
        hint: "a class can be raised, never lowered"
      )
      return least
    }
    return given
  }

  private mutating func textPattern(_ value: CheckedValue, _ type: ColumnType) -> String? {
    guard let pattern = value["pattern"], let text = pattern.text else { return nil }
    guard type == .text || type == .code else {
      faults.report(
        at: pattern.place,
        "found 'pattern' of \(type.rawValue), expected it of text or code only"
      )
      return nil
    }
    guard Self.compiles(text) else {
      faults.report(
        at: pattern.span,
        "found a pattern that is no POSIX extended expression",
        hint: "it must match the whole value, as BU[0-9]{4}[0-9A-Z]{4}"
      )
      return nil
    }
    return text
  }

  private static func compiles(_ pattern: String) -> Bool {
    // Repeats multiply: glibc would take gigabytes for (((a{999}){999}){999}).
    var repeats = 1
    for part in pattern.split(separator: "{").dropFirst() {
      for number in part.prefix(while: { $0 != "}" }).split(separator: ",") {
        repeats = repeats.multipliedReportingOverflow(by: max(1, Int(number) ?? 1)).partialValue
        guard (1...20_000).contains(repeats) else { return false }
      }
    }
    guard (1...500).contains(pattern.utf8.count), !pattern.utf8.contains(0) else { return false }
    var compiled = unsafe regex_t()
    guard unsafe regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) == 0 else { return false }
    unsafe regfree(&compiled)
    return true
  }
}

extension [String] {
  /// Each text once, in the order of its first.
  var distinct: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
