import Tabular

extension PipelineReading {
  /// The keys of a source that only some formats have.
  private static let ownKeys: [String: Set<String>] = [
    "encoding": ["csv", "fixed", "iwmo", "lo3", "statline", "vektis"],
    "dialect": ["csv", "fixed", "lo3", "ndjson", "statline", "xml"],
    "footer": ["csv", "fixed", "statline"],
    "trailer": ["csv", "statline"],
    "messages": ["iwmo"],
    "rows": ["fhir"],
    "form": ["lo3"],
    "record": ["xml"],
    "schema": ["iwmo", "lo3", "stuf-bg", "xml"],
  ]

  /// What `read` means: several words may name one format.
  private static func word(of value: CheckedValue) -> String? {
    value["read"]?.text.flatMap { FormatWord.meant(by: $0)?.name ?? $0 }
  }

  /// The format that a source reads, if it knows its columns.
  func knownFormat(of value: CheckedValue) -> KnownFormat? {
    Self.word(of: value).flatMap(KnownFormat.init)
  }

  /// Reads how the extracts of a source are written; nil where something about it is wrong.
  mutating func format(of entry: CheckedEntry) -> Format? {
    let value = entry.value
    guard let word = Self.word(of: value), let written = value["read"]?.text else { return nil }
    for (key, formats) in Self.ownKeys.sorted(by: { $0.key < $1.key }) {
      guard !formats.contains(word), let place = value[key]?.place else { continue }
      faults.report(
        at: place,
        "source '\(entry.name)' reads \(written), which has no '\(key)'",
        hint: "leave it out"
      )
    }
    switch word {
    case "csv": return textFormat(value, .csv).map { .csv($0, $1) }
    case "statline": return textFormat(value, .statline).map { .csv($0, $1) }
    case "fixed": return textFormat(value, .fixed).map { .fixed($0, $1) }
    case "ndjson": return numberMarks(value, written).map { .ndjson($0) }
    case "xml":
      guard let written = value["record"], let record = written.text else {
        if !value.isUncertain("record") {
          faults.reportMissing(
            at: entry.keySpan,
            "source '\(entry.name)' has no 'record'",
            hint: "name the path to a row from the root, as persons/person"
          )
        }
        return nil
      }
      guard let path = recordPath(written, record), let marks = numberMarks(value, word) else {
        return nil
      }
      return .xml(record: path, marks)
    case "vektis": return recordEncoding(value, written).map { .vektis($0) }
    case "iwmo":
      return recordEncoding(value, written).map { .iwmo(messages: messages(of: value), $0) }
    case "stuf-bg": return .stufBg
    case "lo3":
      tellSchema(of: entry, written)
      if value["form"]?.text == "csv" { return textFormat(value, .lo3).map { .lo3Csv($0, $1) } }
      for key in ["dialect", "encoding"] {
        guard let place = value[key]?.place else { continue }
        faults.report(
          at: place,
          "source '\(entry.name)' reads \(written), which has a '\(key)' in the form csv only",
          hint: "leave it out, or say form: csv"
        )
      }
      if written == "gba-v" { return .lo3(.soap) }
      return .lo3(value["form"]?.text.flatMap(Lo3Form.init) ?? .lg01)
    case "brp": return .brp
    case "fhir":
      guard let rows = value["rows"]?.text else {
        if !value.isUncertain("rows") {
          faults.reportMissing(
            at: entry.keySpan,
            "source '\(entry.name)' has no 'rows'",
            hint: "say which resource is a row, as rows: Patient"
          )
        }
        return nil
      }
      return .fhir(rows: rows)
    default: return nil
    }
  }

  /// The encoding of flat records; nil for one that they cannot have.
  private mutating func recordEncoding(_ value: CheckedValue, _ written: String) -> Encoding? {
    let encoding = value["encoding"]?.text.flatMap(Encoding.init) ?? .latin1
    guard encoding == .utf16le, let place = value["encoding"]?.span else { return encoding }
    faults.report(
      at: place,
      "found records of \(written) in utf-16le, expected iso-8859-1 or utf-8",
      hint: "fields stand at bytes: have the files written in one of those"
    )
    return nil
  }

  /// Of the forms of LO3 one is XML.
  private mutating func tellSchema(of entry: CheckedEntry, _ written: String) {
    let value = entry.value
    guard written != "gba-v", value["form"]?.text != "soap", !value.isUncertain("form"),
      let place = value["schema"]?.place
    else { return }
    faults.report(
      at: place,
      "source '\(entry.name)' reads \(written), which has a 'schema' in the form soap only",
      hint: "leave it out, or say form: soap"
    )
  }

  /// The messages, standards or resources that a source may hold.
  func kinds(of value: CheckedValue, _ format: KnownFormat) -> Set<String> {
    switch format {
    case .iwmo: Set(messages(of: value).map(String.init))
    // Patients stand in the same delivery: the rows of other resources are completed from them.
    case .fhir:
      value["rows"]?.text.map { [$0, "Patient"] } ?? Set(format.columns.flatMap(\.kinds))
    case .vektis, .stufBg, .lo3, .brp: Set(format.columns.flatMap(\.kinds))
    }
  }

  func messages(of value: CheckedValue) -> Set<Int> {
    if Self.hasUncertainMessages(value) { return IwmoMessages.all }
    guard let list = value["messages"] else { return IwmoMessages.standard }
    return Set(list.elements.compactMap { $0.text.flatMap { Int($0) } })
  }

  private static func hasUncertainMessages(_ value: CheckedValue) -> Bool {
    value.isUncertain("messages") || value["messages"]?.elements.contains(where: \.isFaulty) == true
  }

  /// Where a column stands, if the file says so.
  mutating func address(_ entry: CheckedEntry, of source: CheckedEntry) -> ColumnAddress? {
    if Self.word(of: source.value) == "xml", entry.value["at"] == nil { return xmlAddress(entry) }
    guard let at = entry.value["at"], let text = at.text else {
      if !entry.value.isUncertain("at"), entry.value["lookup"] == nil {
        tellMissingAddress(entry, of: source)
      }
      return nil
    }
    if let from = entry.value["from"] {
      faults.report(
        at: from.place,
        "column '\(entry.name)': found 'from' beside 'at', expected one of them"
      )
    }
    switch Self.word(of: source.value) {
    case "xml": return xmlAddress(entry)
    case "csv", "statline", "lo3":
      if let number = Int(text), 1...4096 ~= number { return .field(number) }
      faults.report(at: at.span, "found no field number, expected one from 1 to 4096")
      return nil
    case "fixed":
      let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      if let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2,
        first >= 1, first <= last, last <= 1 << 20, last - first < 1 << 16
      {
        return .bytes(first...last)
      }
      faults.report(at: at.span, "found no bytes of a line, expected them from 1, as 15-23")
      return nil
    case "ndjson":
      guard JsonPath(text) == nil else { return .path(text) }
      faults.report(
        at: at.span,
        "found no path of a JSON value",
        hint: "write keys with dots, as address.postcode, names[0] or codes[system=x].code"
      )
      return nil
    default: return .path(text)
    }
  }
}

extension PipelineReading {
  private mutating func tellMissingAddress(_ entry: CheckedEntry, of source: CheckedEntry) {
    switch Self.word(of: source.value) {
    case "fixed":
      faults.reportMissing(
        at: entry.keySpan,
        "column '\(entry.name)' has no 'at'",
        hint: "say which bytes of the line it is, from 1, as {at: 15-23}"
      )
    case "csv", "statline":
      guard source.value["dialect"]?["header"]?.integer == 0 else { return }
      faults.reportMissing(
        at: entry.keySpan,
        "column '\(entry.name)' has no 'at', and the extract no header",
        hint: "say which field of the line it is, from 1, as {at: 3}"
      )
    default: return
    }
  }
}

/// The kinds of iWmo and iJw messages.
package enum IwmoMessages {
  /// Those that can be read.
  package static let all: Set<Int> = [301, 305, 307, 315, 323]
  /// Those that are read unless the file says otherwise: a 315 only asks.
  package static let standard: Set<Int> = [301, 305, 307, 323]
}
