import Tabular

extension PipelineReading {
  /// What a source has to say about its lines, beside what its format presumes.
  mutating func textFormat(_ value: CheckedValue, _ start: Dialect) -> (Dialect, Encoding)? {
    let encoding = value["encoding"]?.text.flatMap(Encoding.init) ?? .utf8
    var dialect = start
    if let written = value["dialect"] {
      guard let given = self.dialect(written, from: start) else { return nil }
      dialect = given
    }
    if start == .fixed, encoding == .utf16le, let place = value["encoding"]?.span {
      faults.report(
        at: place,
        "found lines of fixed width in utf-16le, expected utf-8 or iso-8859-1",
        hint: "columns stand at bytes: have the extract written in one of those"
      )
      return nil
    }
    if let footer = value["footer"] {
      guard let text = linePattern(footer, "footer") else { return nil }
      dialect.footer = text
    }
    if let trailer = value["trailer"] {
      guard let form = trailerForm(trailer) else { return nil }
      dialect.trailer = form
    }
    return (dialect, encoding)
  }

  /// Reads the keys of a dialect; nil where one is wrong.
  mutating func dialect(_ value: CheckedValue, from start: Dialect) -> Dialect? {
    guard !value.isFaulty else { return nil }
    var dialect = start
    if start == .fixed {
      for key in ["delimiter", "quote", "multiline"] {
        guard let place = value[key]?.place else { continue }
        faults.report(
          at: place,
          "found '\(key)' of lines of fixed width, which have none",
          hint: "leave it out"
        )
        return nil
      }
    }
    guard readMarks(value, &dialect), readThousands(value, &dialect) else { return nil }
    if let missing = value["missing"] {
      let texts = missing.elements.compactMap(\.text)
      dialect.missing = texts.contains("") ? texts : [""] + texts
    }
    if let top = value["top"]?.integer { dialect.top = Int(top) }
    if let header = value["header"]?.integer { dialect.header = Int(header) }
    dialect.multiline = value["multiline"]?.flag ?? start.multiline
    return dialect
  }

  /// What a document says of the numbers in it; nil where it says more than it can.
  mutating func numberMarks(_ value: CheckedValue, _ word: String) -> Dialect? {
    guard let written = value["dialect"] else { return Dialect() }
    for key in written.entries where key.name != "decimal" && key.name != "thousands" {
      faults.report(
        at: key.keySpan,
        "found '\(key.name)' in the dialect of \(word), which has none",
        hint: "it may say 'decimal' and 'thousands': how numbers are written"
      )
      return nil
    }
    return dialect(written, from: Dialect())
  }

  private mutating func readMarks(_ value: CheckedValue, _ dialect: inout Dialect) -> Bool {
    if let delimiter = value["delimiter"], let text = delimiter.text {
      guard let byte = text == "tab" ? 9 : Self.mark(text) else {
        faults.report(
          at: delimiter.span,
          "found a delimiter that is none, expected one ASCII character or tab"
        )
        return false
      }
      dialect.delimiter = byte
    }
    if let quote = value["quote"], let text = quote.text {
      let byte = Self.mark(text)
      guard text == "none" || byte != nil, byte != dialect.delimiter else {
        faults.report(
          at: quote.span,
          "found a quote that is none, expected one ASCII character other than the delimiter, or none"
        )
        return false
      }
      dialect.quote = byte
    }
    if let decimal = value["decimal"], let text = decimal.text {
      guard text == "." || text == "," else {
        faults.report(at: decimal.span, "found a decimal mark that is none, expected '.' or ','")
        return false
      }
      dialect.decimal = UInt8(ascii: text == "." ? "." : ",")
    }
    return true
  }

  private mutating func readThousands(_ value: CheckedValue, _ dialect: inout Dialect) -> Bool {
    guard let thousands = value["thousands"], let text = thousands.text else { return true }
    if text == "none" {
      dialect.thousands = nil
      return true
    }
    let byte = text == " " ? UInt8(ascii: " ") : Self.mark(text)
    guard let byte, byte != 9, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "+") else {
      faults.report(
        at: thousands.span,
        "found a mark for thousands that is none, expected '.', ',', a blank or none"
      )
      return false
    }
    guard byte != dialect.decimal else {
      faults.report(
        at: thousands.span,
        "found one mark for thousands and decimals, expected two",
        hint: "say which stands before the decimals, as decimal: \",\""
      )
      return false
    }
    dialect.thousands = byte
    return true
  }

  private mutating func trailerForm(_ value: CheckedValue) -> TrailerForm? {
    guard !value.isFaulty, let when = value["when"],
      let pattern = linePattern(when, "trailer.when")
    else { return nil }
    let rows = value["rows"]?.integer
    let total = value["total"]?.integer
    guard rows != nil || total != nil else {
      faults.report(
        at: value.place,
        "found a trailer of which no field is named, expected 'rows' or 'total'",
        hint: "name one, or say footer: if the line tells nothing"
      )
      return nil
    }
    return TrailerForm(
      when: pattern,
      rows: rows.map { Int($0) },
      total: total.map { Int($0) }
    )
  }

  private mutating func linePattern(_ value: CheckedValue, _ key: String) -> String? {
    guard let text = value.text else { return nil }
    guard Self.compiles(text) else {
      faults.report(
        at: value.span,
        "\(key): found a pattern that is no POSIX extended expression",
        hint: "it must match a part of the line, as ^©"
      )
      return nil
    }
    return text
  }

  /// One printable ASCII character that is no digit, letter or blank, or a tab.
  static func mark(_ text: String) -> UInt8? {
    guard text.utf8.count == 1, let byte = text.utf8.first else { return nil }
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return nil
    case 9, 0x21...0x7E: return byte
    default: return nil
    }
  }
}

extension Dialect {
  static var csv: Dialect { Dialect() }

  /// As CBS writes its tables: texts filled up with blanks, a dot where nothing is known.
  ///
  /// Beside that, a line that begins with © is no row.
  package static var statline: Dialect {
    var dialect = Dialect()
    dialect.missing = ["", "."]
    dialect.padded = true
    dialect.footer = "^©"
    return dialect
  }

  /// Lines of fixed width.
  static var fixed: Dialect {
    var dialect = Dialect()
    dialect.quote = nil
    dialect.header = 0
    dialect.padded = true
    dialect.zeroDates = true
    return dialect
  }

  /// Extracts with a column an element of LO3.
  static var lo3: Dialect { Dialect() }
}
