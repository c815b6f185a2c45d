import PipelineFile

/// An unknown file of delimited lines: how it seems to be written, and what its columns hold.
///
/// - Note: Clear identifiers pass through here.
struct SurveyTable {
  private static let delimiters = [UInt8(ascii: ";"), UInt8(ascii: ","), 9, UInt8(ascii: "|")]
  static let rowLimit = 10_000
  /// Bytes of lines that a quoted field may join.
  private static let heldLimit = 1 << 16

  private(set) var dialect = Dialect()
  /// The header, or nil where none was recognised.
  private(set) var names: [String]?
  private(set) var columns: [SurveyColumn]
  private(set) var rowCount = 0
  /// Lines of another number of fields than most, and of these at the very end.
  private(set) var oddLineCount = 0
  private(set) var footer: SurveyFooter?
  /// Whether the header is that of a table of CBS: all quoted, with names that only they have.
  private(set) var isStatline = false

  /// - Returns: nil if the lines do not fall into fields.
  init?(_ text: SurveyText) {
    let lines = SurveyLines.lines(of: text.head, takesLast: text.isWhole)
    let first = lines.prefix(500).filter { !$0.isEmpty }
    let quote = UInt8(ascii: "\"")
    var best: (delimiter: UInt8, count: Int, share: Int)?
    for delimiter in Self.delimiters {
      var sizes: [Int: Int] = [:]
      for line in first {
        sizes[
          SurveyLines.fields(of: line, delimiter: delimiter, quote: quote).fields.count,
          default: 0
        ] += 1
      }
      guard let mode = sizes.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), mode.key > 1
      else { continue }
      if (mode.value, mode.key) > (best?.share ?? 0, best?.count ?? 0) {
        best = (delimiter, mode.key, mode.value)
      }
    }
    guard let best, best.share * 2 > first.count || first.count < 4 else { return nil }
    dialect.delimiter = best.delimiter
    columns = Array(repeating: SurveyColumn(), count: best.count)
    var rows: [[[UInt8]]] = []
    var open = 0
    var firstRow: Int?
    for (number, line) in lines.enumerated() where rows.count <= Self.rowLimit {
      let (fields, isOpen) = SurveyLines.fields(of: line, delimiter: best.delimiter, quote: quote)
      open += isOpen ? 1 : 0
      if fields.count == best.count, !isOpen {
        if firstRow == nil { firstRow = number }
        rows.append(fields)
      } else if firstRow != nil, !line.isEmpty {
        oddLineCount += 1
      }
    }
    dialect.multiline = open > 1 && Self.closes(lines, open, best.delimiter, best.count)
    dialect.top = firstRow ?? 0
    takeRows(rows)
    if let firstRow { isStatline = isStatline(lines[firstRow], rows.first ?? []) }
    footer = SurveyFooter(lines, self, in: text)
    if let footer { oddLineCount -= min(oddLineCount, footer.lineCount) }
  }

  private mutating func takeRows(_ rows: [[[UInt8]]]) {
    for row in rows.dropFirst() {
      for (number, value) in row.enumerated() { columns[number].add(value) }
    }
    rowCount = max(0, rows.count - 1)
    guard let first = rows.first else { return }
    if Self.isHeader(first, of: columns) {
      names = first.map { String(decoding: $0, as: UTF8.self) }
    } else {
      dialect.header = 0
      for (number, value) in first.enumerated() { columns[number].add(value) }
      rowCount += 1
    }
  }

  private static let statlineNames: Set<String> = [
    "Perioden", "RegioS", "WijkenEnBuurten", "Regio's",
  ]

  private func isStatline(_ header: ArraySlice<UInt8>, _ fields: [[UInt8]]) -> Bool {
    let quote = UInt8(ascii: "\"")
    guard dialect.delimiter == UInt8(ascii: ";"), names != nil, header.first == quote,
      header.last == quote, header.count(where: { $0 == quote }) >= 2 * fields.count
    else { return false }
    return fields.contains { Self.statlineNames.contains(String(decoding: $0, as: UTF8.self)) }
  }

  /// Whether open lines become rows when they are joined to the next ones.
  private static func closes(
    _ lines: [ArraySlice<UInt8>],
    _ open: Int,
    _ delimiter: UInt8,
    _ count: Int
  ) -> Bool {
    var joined = 0
    var held: [UInt8]?
    for line in lines.prefix(5000) {
      let whole = held.map { $0 + [0x0A] + line } ?? Array(line)
      let (fields, isOpen) = SurveyLines.fields(
        of: whole[...],
        delimiter: delimiter,
        quote: UInt8(ascii: "\"")
      )
      if isOpen, whole.count < Self.heldLimit {
        held = whole
      } else {
        if held != nil, fields.count == count { joined += 1 }
        held = nil
      }
    }
    return joined > 1
  }

  // A file without header has a person in its first line, and that must not become a name: a header
  // is one only if something other than its place says so.
  private static func isHeader(_ first: [[UInt8]], of columns: [SurveyColumn]) -> Bool {
    var hints = 0
    var differences = 0
    for (number, field) in first.enumerated() {
      guard field.count <= 64, let text = String(validating: field, as: UTF8.self) else {
        return false
      }
      if field.isEmpty { continue }
      // Of a file whose lines end in CR alone, all rows stand in the first line.
      if field.contains(where: { $0 < 0x20 }) { return false }
      let value = SurveyValue(field[...])
      if value.date != .none || value.isPostcode || value.isUUID || value.isBsnShaped {
        return false
      }
      if case .decimal = value.number { return false }
      if columns[number].holds(field), columns[number].distinctCount != 1 { return false }
      if SurveyHint(text).isKnown { hints += 1 }
      let column = columns[number]
      let digits = column.filledCount - column.counts.letters
      if value.hasLetter, column.filledCount > 0, digits == column.filledCount { differences += 1 }
    }
    return hints * 3 >= first.count || differences * 3 >= first.count
      || hints > 0 && hints + differences >= min(2, first.count)
  }

  /// The mark before decimals that most decimal columns have.
  var decimalMark: UInt8 { SurveyColumn.decimalMark(of: columns) }
}
