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

  mutating func source(_ entry: CheckedEntry) -> SourceDraft {
    let value = entry.value
    let arrives = arrives(entry)
    let format = arrives ? handedOverFormat(of: entry) : format(of: entry)
    let columns: [ColumnDraft]
    var isComplete = !value.isUncertain("columns") && !value.isUncertain("read")
    if let known = knownFormat(of: value) {
      columns = knownColumns(of: entry, known)
    } else if let word = value["read"]?.text ?? (arrives ? "csv" : nil) {
      columns = writtenColumns(of: entry)
      if case .xml = format { checkXmlPaths(columns, of: entry) }
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
    checkLookups(columns, of: entry, isComplete: isComplete)
    let thresholds = rejects(of: value)
    warnAboutPeriod(value["files"], entry)
    let delivery = delivery(of: entry)
    let expectations = expectations(of: entry, columns)
    let limits = limitChanges(of: entry, format)
    var source: Source?
    if let domain = value["domain"]?.text ?? (isSample ? "sample" : nil),
      let files = value["files"], files.text != nil,
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
        schema: value["schema"].map {
          SchemaFile(path: faults.path($0), place: faults.place(of: $0.span))
        },
        limitChanges: limits,
        place: faults.place(of: entry.keySpan),
        delivery: delivery,
        expectations: expectations,
        isByPeriod: Self.namesPeriod(files),
        earlierFiles: delivery.late == .usePrevious ? earlierFiles(files) : []
      )
      source?.recordKey = value["record_key"]?.text
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
    guard period != nil, root["sample"]?.flag != true, let files, files.variableText != nil,
      !Self.namesPeriod(files), root["aggregate"]?["time"]?[entry.name] == nil
    else { return }
    faults.report(
      .warning,
      at: files.span,
      "source '\(entry.name)' reads the same files whatever the period",
      hint: "name {period} in 'files', or say in aggregate 'time' when its rows are"
    )
  }
}
