import Diagnostics
import Tabular

extension PipelineReading {
  /// Reads what a column says about tables beside the pipeline.
  mutating func codeTables(
    _ entry: CheckedEntry,
    of source: CheckedEntry,
    _ column: inout SourceColumn
  ) {
    let value = entry.value
    if let word = value["unknown"], let unknown = word.text.flatMap(UnknownCode.init) {
      column.unknown = unknown
      if value["codes"] == nil, value["values"] == nil, value["successors"] == nil,
        !value.isUncertain("codes"), !value.isUncertain("values"), !value.isUncertain("successors")
      {
        faults.report(
          at: word.place,
          "found 'unknown' without 'codes', 'values' or 'successors': every code is known",
          hint: "leave it out"
        )
      }
    }
    column.region = value["region"]?.text.flatMap(RegionLevel.init)
    for key in ["codes", "successors", "region", "lookup", "unknown"] {
      guard let place = value[key]?.place, column.type != .code, column.type != .text else {
        continue
      }
      faults.report(
        at: place,
        "found '\(key)' of \(column.type.rawValue), expected it of code or text only",
        hint: "say type: code"
      )
    }
    column.codes = codeList(value["codes"])
    if let place = value["codes"]?.place, value["values"] != nil {
      faults.report(at: place, "found both 'codes' and 'values'", hint: "keep one of them")
    }
    column.successors = successors(value["successors"], entry)
    column.lookup = lookup(value["lookup"], entry, of: source)
  }

  func file(_ value: CheckedValue, _ key: String) -> CheckedValue? {
    value.text == nil ? value[key] : value
  }

  private mutating func codeList(_ value: CheckedValue?) -> CodeListForm? {
    guard let value, let file = file(value, "file"), file.text != nil,
      let delimiter = delimiter(of: value)
    else { return nil }
    return CodeListForm(
      path: path(file),
      from: value["from"]?.text,
      to: value["to"]?.text,
      delimiter: delimiter,
      encoding: encoding(of: value),
      place: faults.place(of: file.span)
    )
  }

  private mutating func successors(
    _ value: CheckedValue?,
    _ entry: CheckedEntry
  ) -> SuccessorForm? {
    guard let value, let file = file(value, "file"), file.text != nil,
      let delimiter = delimiter(of: value)
    else { return nil }
    guard period != nil else {
      faults.report(
        at: value.place,
        "column '\(entry.name)' follows codes to the end of the period, and there is no 'period'",
        hint: "say what a run is about, as period: {unit: month, default: previous}"
      )
      return nil
    }
    var form = SuccessorForm(
      path: path(file),
      delimiter: delimiter,
      encoding: encoding(of: value),
      place: faults.place(of: file.span)
    )
    if let code = value["code"]?.text { form.code = code }
    if let new = value["new"]?.text { form.new = new }
    if let from = value["from"]?.text { form.from = from }
    if let until = value["until"]?.text { form.until = until }
    return form
  }

  private mutating func lookup(
    _ value: CheckedValue?,
    _ entry: CheckedEntry,
    of source: CheckedEntry
  ) -> LookupForm? {
    guard let value, let file = value["table"], file.text != nil, let gives = value["gives"],
      let header = gives.text, let delimiter = delimiter(of: value)
    else { return nil }
    for key in ["from", "at", "values", "codes", "range"] {
      guard let place = entry.value[key]?.place else { continue }
      faults.report(
        at: place,
        "found '\(key)' of a column that is looked up, expected none",
        hint: "leave it out"
      )
    }
    checkYear(gives, header)
    var form = LookupForm(
      path: path(file),
      postcode: value["postcode"]?.text ?? "postcode",
      houseNumber: value["house_number"]?.text ?? "house_number",
      gives: header,
      delimiter: delimiter,
      encoding: encoding(of: value),
      place: faults.place(of: file.span)
    )
    if form.houseNumber == "none" { form.houseNumber = nil }
    let keys = value["keys"]?.elements.compactMap(\.text) ?? []
    if let first = keys.first { form.postcodeHeader = first }
    if keys.count > 1 { form.houseNumberHeader = keys[1] }
    if keys.count > 2, let keys = value["keys"] {
      faults.report(at: keys.span, "found \(keys.elements.count) keys, expected one or two")
    }
    return form
  }

  /// A table of one year says nothing about the regions of another.
  private mutating func checkYear(_ gives: CheckedValue, _ header: String) {
    let digits = header.suffix(4)
    guard digits.utf8.count == 4, let year = Int(digits), (1990...2150).contains(year), let period,
      case let expected = period.lastDay.year, year != expected
    else { return }
    faults.report(
      at: gives.span,
      "found regions of \(year), but the period ends in \(expected)",
      hint: "take the table of \(expected): numbers of neighbourhoods change"
    )
  }

  /// Checks that the columns a lookup needs are there, once all of a source are known.
  mutating func checkLookups(_ columns: [ColumnDraft], of entry: CheckedEntry, isComplete: Bool) {
    guard isComplete else { return }
    for draft in columns {
      guard let lookup = draft.column?.lookup else { continue }
      for (name, type) in [(lookup.postcode, ColumnType.postcode)]
        + (lookup.houseNumber.map { [($0, ColumnType.integer)] } ?? [])
      {
        let found = columns.first { $0.name == name }
        guard found?.type != type, found == nil || found?.type != nil else { continue }
        let place = entry.value["columns"]?[draft.name]?["lookup"]?.place ?? entry.keySpan
        faults.report(
          at: place,
          found.map {
            "'\(name)' is \($0.type?.rawValue ?? "unknown"), expected \(type.rawValue) to look up by"
          } ?? "source '\(entry.name)' has no column '\(name)' to look up by",
          hint: "name it under '\(type == .postcode ? "postcode" : "house_number")' of the lookup"
        )
      }
    }
  }

  mutating func delimiter(of value: CheckedValue) -> UInt8? {
    guard let delimiter = value["delimiter"], let text = delimiter.text else {
      return UInt8(ascii: ";")
    }
    if let byte = text == "tab" ? 9 : Self.mark(text) { return byte }
    faults.report(
      at: delimiter.span,
      "found a delimiter that is none, expected one ASCII character or tab"
    )
    return nil
  }

  func encoding(of value: CheckedValue) -> Encoding {
    value["encoding"]?.text.flatMap(Encoding.init) ?? .utf8
  }
}
