import Tabular

extension PipelineReading {
  /// The keys of a source that only some formats have.
  private static let ownKeys: [String: Set<String>] = [
    "encoding": ["csv", "fixed", "statline", "vektis"],
    "dialect": ["csv", "fixed", "statline"],
    "messages": ["iwmo"],
    "rows": ["fhir"],
    "form": ["lo3"],
    "record": ["xml"],
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
    case "csv": return textFormat(value).map { .csv($0, $1) }
    case "statline": return textFormat(value, Dialect.statline).map { .csv($0, $1) }
    case "fixed": return textFormat(value).map { .fixed($0, $1) }
    case "ndjson": return .ndjson
    case "xml":
      guard let record = value["record"]?.text else {
        if !value.isUncertain("record") {
          faults.reportMissing(
            at: entry.keySpan,
            "source '\(entry.name)' has no 'record'",
            hint: "name the path to a row from the root, as persons/person"
          )
        }
        return nil
      }
      return .xml(record: record)
    case "vektis": return .vektis(value["encoding"]?.text.flatMap(Encoding.init) ?? .latin1)
    case "iwmo": return .iwmo(messages: messages(of: value))
    case "stuf-bg": return .stufBg
    case "lo3":
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

  private mutating func textFormat(
    _ value: CheckedValue,
    _ dialect: Dialect = Dialect()
  ) -> (Dialect, Encoding)? {
    let encoding = value["encoding"]?.text.flatMap(Encoding.init) ?? .utf8
    guard let written = value["dialect"] else { return (dialect, encoding) }
    return self.dialect(written, from: dialect).map { ($0, encoding) }
  }

  /// The messages, standards or resources that a source may hold.
  func kinds(of value: CheckedValue, _ format: KnownFormat) -> Set<String> {
    switch format {
    case .iwmo: Set(messages(of: value).map(String.init))
    case .fhir: value["rows"]?.text.map { [$0] } ?? Set(format.columns.flatMap(\.kinds))
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
    guard let at = entry.value["at"], let text = at.text else {
      if Self.word(of: source.value) == "fixed", !entry.value.isUncertain("at") {
        faults.reportMissing(
          at: entry.keySpan,
          "column '\(entry.name)' has no 'at'",
          hint: "say which bytes of the line it is, from 1, as {at: 15-23}"
        )
      }
      return nil
    }
    switch Self.word(of: source.value) {
    case "csv", "statline", "lo3":
      if let number = Int(text), 1...4096 ~= number { return .field(number) }
      faults.report(at: at.span, "found no field number, expected one from 1 to 4096")
      return nil
    case "fixed":
      let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      if let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2,
        first >= 1, first <= last, last <= 1 << 20
      {
        return .bytes(first...last)
      }
      faults.report(at: at.span, "found no bytes of a line, expected them from 1, as 15-23")
      return nil
    default: return .path(text)
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

extension Dialect {
  /// As CBS writes its tables.
  static var statline: Dialect {
    var dialect = Dialect()
    dialect.missing = ["", "."]
    return dialect
  }
}
