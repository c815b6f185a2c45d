import Diagnostics
import Tabular

extension PipelineReading {
  mutating func ingest() {
    guard let stage = root["ingest"], !stage.isFaulty else {
      sourcesAreComplete = false
      hiddenSources = nil
      return
    }
    hiddenSources = stage.suspects
    sourcesAreComplete = stage.suspects.isEmpty
    for entry in stage.entries { sources.append(source(entry)) }
  }

  private mutating func source(_ entry: CheckedEntry) -> SourceDraft {
    let value = entry.value
    let format = format(of: entry)
    let columns: [ColumnDraft]
    var isComplete = !value.isUncertain("columns") && !value.isUncertain("read")
    if let known = knownFormat(of: value) {
      columns = knownColumns(of: entry, known)
    } else if let word = value["read"]?.text {
      columns = writtenColumns(of: entry)
      if value["columns"] == nil && isComplete {
        isComplete = false
        faults.reportMissing(
          at: entry.keySpan,
          "source '\(entry.name)' has no 'columns'",
          hint: "name the columns of the \(word) extract, each with its type"
        )
      }
    } else {
      // No format: typed columns are read as those of csv.
      let written = value["columns"]?.entries ?? []
      let areTyped = !written.isEmpty && written.allSatisfy { $0.value["type"] != nil }
      columns = areTyped ? writtenColumns(of: entry) : written.map { Self.unknown($0.name) }
      if areTyped && value["read"] == nil { isComplete = !value.isUncertain("columns") }
    }
    if let suspects = value["columns"]?.suspects, !suspects.isEmpty { isComplete = false }
    let thresholds = rejects(of: value)
    warnAboutPeriod(value["files"], entry)
    var source: Source?
    if let domain = value["domain"]?.text, let files = value["files"], files.text != nil,
      let format, let thresholds
    {
      source = Source(
        name: entry.name,
        domain: domain,
        format: format,
        files: path(files, isGlob: true),
        columns: columns.compactMap(\.column),
        rejects: thresholds,
        drift: drift(of: value),
        place: faults.place(of: entry.keySpan)
      )
    }
    return SourceDraft(
      name: entry.name,
      nameSpan: entry.keySpan,
      columns: columns,
      columnsAreComplete: isComplete,
      source: source
    )
  }

  static func unknown(_ name: String) -> ColumnDraft {
    ColumnDraft(name: name, type: nil, privacyClass: nil, domain: nil, column: nil)
  }

  mutating func dialect(_ value: CheckedValue, from start: Dialect) -> Dialect? {
    guard !value.isFaulty else { return nil }
    var dialect = start
    if let delimiter = value["delimiter"], let text = delimiter.text {
      guard let byte = text == "tab" ? 9 : Self.mark(text) else {
        faults.report(
          at: delimiter.span,
          "found a delimiter that is none, expected one ASCII character or tab"
        )
        return nil
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
        return nil
      }
      dialect.quote = byte
    }
    if let decimal = value["decimal"], let text = decimal.text {
      guard text == "." || text == "," else {
        faults.report(at: decimal.span, "found a decimal mark that is none, expected '.' or ','")
        return nil
      }
      dialect.decimal = UInt8(ascii: text == "." ? "." : ",")
    }
    if let missing = value["missing"] {
      let texts = missing.elements.compactMap(\.text)
      dialect.missing = texts.contains("") ? texts : [""] + texts
    }
    dialect.multiline = value["multiline"]?.flag ?? false
    return dialect
  }

  /// One printable ASCII character that is no digit, letter or blank, or a tab.
  private static func mark(_ text: String) -> UInt8? {
    guard text.utf8.count == 1, let byte = text.utf8.first else { return nil }
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return nil
    case 9, 0x21...0x7E: return byte
    default: return nil
    }
  }

  private mutating func rejects(of value: CheckedValue) -> RejectThresholds? {
    guard let rejects = value["rejects"] else {
      return RejectThresholds(warnAbove: 0.001, failAbove: 0.01)
    }
    let warn = rejects["warn_above"]?.share ?? 0.001
    let fail = rejects["fail_above"]?.share ?? 0.01
    // Who raises one threshold past the default of the other means that other one too.
    let isGiven = rejects["warn_above"] != nil && rejects["fail_above"] != nil
    if isGiven && warn > fail, let place = rejects["warn_above"]?.span {
      faults.report(at: place, "found 'warn_above' above 'fail_above', expected it below")
      return nil
    }
    return RejectThresholds(
      warnAbove: warn,
      failAbove: max(fail, rejects["fail_above"] == nil ? warn : fail)
    )
  }

  private mutating func warnAboutPeriod(_ files: CheckedValue?, _ entry: CheckedEntry) {
    // Made-up data is of one period only.
    guard period != nil, root["sample"]?.flag != true, let files, let text = files.variableText,
      !text.names.contains(where: { $0.hasPrefix("period") })
    else { return }
    faults.report(
      .warning,
      at: files.span,
      "source '\(entry.name)' reads the same files whatever the period",
      hint: "name {period} in 'files'"
    )
  }
}
