package import Tabular

/// How an extract is read.
package enum Format: Sendable, Hashable {
  /// Delimited text.
  case csv(Dialect, Encoding)
  /// Lines of fixed width; of the dialect no delimiter and no quote counts.
  case fixed(Dialect, Encoding)
  /// A JSON value a line; of the dialect only the marks within numbers count.
  case ndjson(Dialect = Dialect())
  /// Elements of XML at that path from the root, as `persons/person`; of the dialect only the marks
  /// within numbers count.
  case xml(record: String, Dialect = Dialect())
  /// Claims in the EI standards of Vektis.
  case vektis(Encoding)
  /// iWmo and iJw messages of these kinds: 301, 305, 307, 315, 323; flat ones have that encoding,
  /// XML that of its prolog.
  case iwmo(messages: Set<Int>, Encoding = .latin1)
  /// StUF-BG 0310 answers.
  case stufBg
  /// Persons of the GBA-V and of LO3 messages.
  case lo3(Lo3Form)
  /// Persons of an extract with a column an element of LO3.
  case lo3Csv(Dialect, Encoding)
  /// Haal Centraal BRP JSON.
  case brp
  /// FHIR R4 resources of one type, as NDJSON.
  case fhir(rows: String)
  /// Rows of a case: delimited text, whatever the format whose columns they have; no file names it.
  case given(of: KnownFormat?, Dialect)

  /// The format, if it knows its columns.
  package var known: KnownFormat? {
    switch self {
    case .csv, .fixed, .ndjson, .xml: nil
    case .vektis: .vektis
    case .iwmo: .iwmo
    case .stufBg: .stufBg
    case .lo3, .lo3Csv: .lo3
    case .brp: .brp
    case .fhir: .fhir
    case .given(let known, _): known
    }
  }

  /// Whether a file is a message: one that must not be read costs its own rows, not the delivery.
  package var isOfMessages: Bool {
    switch self {
    case .iwmo, .stufBg, .lo3(.soap): true
    default: false
    }
  }

  /// Whether each row says what it does to earlier rows: it may replace them or take them back.
  package var makesCorrections: Bool {
    if case .given = self { false } else { known?.makesCorrections ?? false }
  }

  /// The encoding that the file is declared to have.
  package var encoding: Encoding {
    switch self {
    case .csv(_, let encoding), .fixed(_, let encoding), .lo3Csv(_, let encoding),
      .vektis(let encoding):
      encoding
    default: .utf8
    }
  }

  /// How the lines of the file are written; nil where the format has a form of its own.
  package var dialect: Dialect? {
    switch self {
    case .csv(let dialect, _), .fixed(let dialect, _), .lo3Csv(let dialect, _),
      .ndjson(let dialect), .xml(_, let dialect), .given(_, let dialect):
      dialect
    default: nil
    }
  }

  /// The word that stands after `read:`.
  package var word: String {
    if case .csv(let dialect, _) = self, dialect.padded { return "statline" }
    return json["read"]?.stringValue ?? ""
  }

  /// Everything that decides how bytes become rows, for digests.
  package var json: JSONValue {
    switch self {
    case .csv(let dialect, let encoding):
      ["read": "csv", "encoding": .string(encoding.rawValue), "dialect": dialect.json]
    case .fixed(let dialect, let encoding):
      ["read": "fixed", "encoding": .string(encoding.rawValue), "dialect": dialect.json]
    case .ndjson(let dialect): .object(["read": "ndjson"].merging(dialect.marks) { $1 })
    case .xml(let record, let dialect):
      .object(["read": "xml", "record": .string(record)].merging(dialect.marks) { $1 })
    case .vektis(let encoding): ["read": "vektis", "encoding": .string(encoding.rawValue)]
    case .iwmo(let messages, let encoding):
      [
        "read": "iwmo", "messages": .array(messages.sorted().map { .integer(Int64($0)) }),
        "encoding": .string(encoding.rawValue),
      ]
    case .stufBg: ["read": "stuf-bg"]
    case .lo3(let form): ["read": "lo3", "form": .string(form.rawValue)]
    case .lo3Csv(let dialect, let encoding):
      [
        "read": "lo3", "form": "csv", "encoding": .string(encoding.rawValue),
        "dialect": dialect.json,
      ]
    case .brp: ["read": "brp"]
    case .fhir(let rows): ["read": "fhir", "rows": .string(rows)]
    case .given(let known, let dialect):
      ["of": .string(known?.rawValue ?? ""), "dialect": dialect.json]
    }
  }
}

/// How LO3 persons are written down.
package enum Lo3Form: String, Sendable, CaseIterable {
  /// Answers of the GBA-V.
  case soap
  /// Lg01 messages in teletex.
  case lg01
}

/// The character encoding of an extract; declared and checked, never guessed.
package enum Encoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case latin1 = "iso-8859-1"
  case utf16le = "utf-16le"
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
