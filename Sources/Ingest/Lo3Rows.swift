import PipelineFile

/// Reads the rows of an extract with a column an element of LO3.
///
/// The first column holds a list number on a person's first row only: that row is what is current.
/// The rows below it, blank ones too, are other occurrences and history; what they are stands in
/// the columns `CC.H`, and is not read.
///
/// - Note: Clear identifiers pass through here.
struct Lo3Rows {
  private let form: CsvForm
  private let layout: Lo3Layout

  init(_ form: CsvForm, columns: [SourceColumn]) {
    self.form = form
    layout = Lo3Layout(columns: columns)
  }

  /// Reads the rows of a chunk.
  ///
  /// - Parameters:
  ///   - bytes: lines in UTF-8, padding behind them.
  ///   - position: where they begin; then where they end.
  ///   - end: behind the last line end.
  ///   - fields: for each element the number of its field, or -1.
  ///   - file: index of the file.
  /// - Returns: persons, and how many rows were passed over.
  func read(
    _ bytes: [UInt8],
    from position: inout LinePosition,
    to end: Int,
    _ fields: CsvLayout,
    file: Int
  ) -> DocumentRows {
    var rows = DocumentRows()
    var facts = FileFacts(file: file)
    var person = Lo3Person(layout)
    var row = CsvRow(form.dialect, form.limits)
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return }
      let check = unsafe TextCheck(
        text,
        from: position.offset,
        to: end,
        firstLine: position.line,
        encoding: form.encoding
      )
      facts.highBytes = check.highBytes
      var faulty = check.faultyLines[...]
      while position.offset < end {
        let start = position.offset
        let line = position.line
        let outcome = unsafe row.split(text, from: start, to: end)
        position.offset = outcome.end
        position.line += outcome.lineCount
        position.rowCount += 1
        while let first = faulty.first, first < line { faulty.removeFirst() }
        var fault = outcome.fault
        if fault == Fault.none {
          if outcome.fieldCount != fields.fieldCount { fault = Fault.fieldCount }
          if let first = faulty.first, first < position.line { fault = Fault.encoding }
        }
        if fault == Fault.none, !hasListNumber(row, bytes) {
          rows.skipped[.history, default: 0] += 1
          continue
        }
        person.begin(line: line)
        if fault != Fault.none {
          person.refuse(fault)
        } else {
          take(row, bytes, fields, &person, &rows)
        }
        person.end(file: file, &rows)
      }
    }
    facts.rowCount = rows.rows.count
    rows.facts = [facts]
    return rows
  }

  private func hasListNumber(_ row: CsvRow, _ bytes: [UInt8]) -> Bool {
    guard let field = row.fields.first else { return false }
    return bytes[field.start..<field.end].contains { $0 != UInt8(ascii: " ") }
  }

  private func take(
    _ row: CsvRow,
    _ bytes: [UInt8],
    _ fields: CsvLayout,
    _ person: inout Lo3Person,
    _ rows: inout DocumentRows
  ) {
    var category = 0
    for (place, element) in Lo3Elements.all.enumerated() {
      if element.category != category {
        if category != 0 { person.endCategory(category, rows.bytes) }
        category = element.category
        person.beginCategory(category)
      }
      let number = fields.fields[place]
      guard row.fields.indices.contains(number) else { continue }
      let field = row.fields[number]
      guard field.start < field.end else { continue }
      guard person.beginElement(category: category, number: element.number) >= 0 else { continue }
      let start = rows.bytes.count
      append(bytes[field.start..<field.end], field.hasDoubledQuote, &rows.bytes)
      person.take(place, from: start, &rows.bytes)
    }
    if category != 0 { person.endCategory(category, rows.bytes) }
  }

  private func append(_ text: ArraySlice<UInt8>, _ hasDoubledQuote: Bool, _ target: inout [UInt8]) {
    guard hasDoubledQuote, let quote = form.dialect.quote else {
      target += text
      return
    }
    var isSecond = false
    for byte in text {
      if byte == quote {
        isSecond.toggle()
        if !isSecond { continue }
      }
      target.append(byte)
    }
  }
}
