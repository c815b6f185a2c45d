package import Tabular

/// How an extract is read.
package enum Format: Sendable, Hashable {
  /// Delimited text.
  case csv(Dialect, Encoding)
  /// Lines of fixed width; of the dialect no delimiter and no quote counts.
  case fixed(Dialect, Encoding)
  /// A JSON value a line.
  case ndjson
  /// Elements of XML at that path from the root, as `persons/person`.
  case xml(record: String)
  /// Claims in the EI standards of Vektis.
  case vektis(Encoding)
  /// iWmo and iJw messages of these kinds: 301, 305, 307, 315, 323.
  case iwmo(messages: Set<Int>)
  /// StUF-BG 0310 answers.
  case stufBg
  /// Persons of the GBA-V and of LO3 messages.
  case lo3(Lo3Form)
  /// Haal Centraal BRP JSON.
  case brp
  /// FHIR R4 resources of one type, as NDJSON.
  case fhir(rows: String)

  /// The format, if it knows its columns.
  package var known: KnownFormat? {
    switch self {
    case .csv, .fixed, .ndjson, .xml: nil
    case .vektis: .vektis
    case .iwmo: .iwmo
    case .stufBg: .stufBg
    case .lo3: .lo3
    case .brp: .brp
    case .fhir: .fhir
    }
  }

  /// Whether a file is a message: one that must not be read costs its own rows, not the delivery.
  package var isOfMessages: Bool {
    switch self {
    case .iwmo, .stufBg, .lo3(.soap): true
    default: false
    }
  }

  /// The encoding that the file is declared to have.
  package var encoding: Encoding {
    switch self {
    case .csv(_, let encoding), .fixed(_, let encoding), .vektis(let encoding): encoding
    default: .utf8
    }
  }

  /// Everything that decides how bytes become rows, for digests.
  package var json: JSONValue {
    switch self {
    case .csv(let dialect, let encoding):
      ["read": "csv", "encoding": .string(encoding.rawValue), "dialect": dialect.json]
    case .fixed(let dialect, let encoding):
      ["read": "fixed", "encoding": .string(encoding.rawValue), "dialect": dialect.json]
    case .ndjson: ["read": "ndjson"]
    case .xml(let record): ["read": "xml", "record": .string(record)]
    case .vektis(let encoding): ["read": "vektis", "encoding": .string(encoding.rawValue)]
    case .iwmo(let messages):
      ["read": "iwmo", "messages": .array(messages.sorted().map { .integer(Int64($0)) })]
    case .stufBg: ["read": "stuf-bg"]
    case .lo3(let form): ["read": "lo3", "form": .string(form.rawValue)]
    case .brp: ["read": "brp"]
    case .fhir(let rows): ["read": "fhir", "rows": .string(rows)]
    }
  }
}

/// How LO3 persons are written down.
package enum Lo3Form: String, Sendable, CaseIterable {
  /// Answers of the GBA-V.
  case soap
  /// Lg01 messages in teletex.
  case lg01
  /// Extracts with a column an element.
  case csv
}

/// The character encoding of an extract; declared and checked, never guessed.
package enum Encoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case latin1 = "iso-8859-1"
  case utf16le = "utf-16le"
}

/// How a text file of rows is written.
package struct Dialect: Sendable, Hashable {
  package var delimiter: UInt8 = UInt8(ascii: ";")
  /// Nil: nothing is quoted.
  package var quote: UInt8? = UInt8(ascii: "\"")
  package var decimal: UInt8 = UInt8(ascii: ".")
  /// What may stand between groups of three digits; nil for nothing.
  package var thousands: UInt8?
  /// Texts that mean "no value"; the empty one always does.
  package var missing: [String] = [""]
  /// Lines above the header that are passed over.
  package var top = 0
  /// How many lines the header has; 0 for none: columns are told by their number.
  package var header = 1
  /// A quoted field may hold line ends.
  package var multiline = false
  /// Lines that match this POSIX extended expression are no rows; nil for none.
  package var footer: String?
  package var trailer: TrailerForm?

  package init() {}

  package var json: JSONValue {
    [
      "delimiter": .integer(Int64(delimiter)), "quote": .integer(Int64(quote ?? 0)),
      "decimal": .integer(Int64(decimal)), "thousands": .integer(Int64(thousands ?? 0)),
      "missing": .array(missing.map { .string($0) }), "top": .integer(Int64(top)),
      "header": .integer(Int64(header)), "multiline": .boolean(multiline),
      "footer": .string(footer ?? ""), "trailer": trailer?.json ?? "",
    ]
  }
}

/// A closing line that tells what the file should hold.
package struct TrailerForm: Sendable, Hashable {
  /// The lines that match this POSIX extended expression are trailers.
  package let when: String
  /// The field of the row count, from 1; nil where there is none.
  package let rows: Int?
  /// The field of the total, from 1; nil where there is none.
  package let total: Int?

  package init(when: String, rows: Int?, total: Int?) {
    self.when = when
    self.rows = rows
    self.total = total
  }

  package var json: JSONValue {
    [
      "when": .string(when), "rows": .integer(Int64(rows ?? 0)),
      "total": .integer(Int64(total ?? 0)),
    ]
  }
}

/// Where a column stands in a row, where no name tells it.
package enum ColumnAddress: Sendable, Hashable {
  /// The number of a field, from 1.
  case field(Int)
  /// Bytes of the line, from 1, both ends inclusive.
  case bytes(ClosedRange<Int>)
  /// A path below the record.
  case path(String)

  package var json: JSONValue {
    switch self {
    case .field(let number): .integer(Int64(number))
    case .bytes(let range): [.integer(Int64(range.lowerBound)), .integer(Int64(range.upperBound))]
    case .path(let path): .string(path)
    }
  }
}
