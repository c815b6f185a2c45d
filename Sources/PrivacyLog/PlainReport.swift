import Diagnostics

/// Lays a report out as text of at most a hundred columns.
struct PlainReport {
  private let page: ReportPage
  static let width = 100

  init(_ page: ReportPage) { self.page = page }

  var text: String {
    var lines = [page.title, page.subtitle, ""]
    for (text, tone) in page.verdict { lines += wrapped(text, mark(tone)) }
    for section in page.sections {
      lines.append("")
      lines += wrapped(section.title, "\(section.number). ")
      for block in section.blocks { lines += self.lines(of: block) }
    }
    lines.append("")
    for note in page.notes { lines += wrapped(note, "") }
    return lines.map { escapedForTerminal($0) + "\n" }.joined()
  }

  private func mark(_ tone: ReportBlock.Tone) -> String {
    switch tone {
    case .bad, .warning: "! "
    case .plain, .good, .note: "  "
    }
  }

  private func lines(of block: ReportBlock) -> [String] {
    switch block {
    case .line(let text, let tone): wrapped(text, " " + mark(tone))
    case .table(let table): lines(of: table)
    case .nights(let nights): lines(of: nights)
    case .fates(let fates): lines(of: fates)
    }
  }

  private func lines(of table: ReportBlock.Table) -> [String] {
    let all = [table.headings] + table.rows
    let columnCount = table.headings.count
    // Of all but the last column, which takes what is left.
    let widths = (0..<columnCount).map { column in
      min(40, all.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0)
    }
    return all.flatMap { row -> [String] in
      var text = "   "
      for column in 0..<columnCount - 1 {
        let cell = row.indices.contains(column) ? row[column] : ""
        let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
        text += (table.figures.contains(column) ? padding + cell : cell + padding) + "  "
      }
      guard let last = row.last, row.count == columnCount else { return [text] }
      if table.figures.contains(columnCount - 1) {
        let padding = String(repeating: " ", count: max(0, widths[columnCount - 1] - last.count))
        return [text + padding + last]
      }
      return wrapped(last, text)
    }
  }

  /// Sixteen days a line, the marks below their days.
  private func lines(of nights: [ReportBlock.Night]) -> [String] {
    var lines: [String] = []
    for start in stride(from: 0, to: nights.count, by: 16) {
      let part = nights[start..<min(start + 16, nights.count)]
      func row(_ cell: (ReportBlock.Night) -> String) -> String {
        part.reduce("   ") { line, night in
          let text = cell(night)
          return line + String(repeating: " ", count: max(0, 3 - text.count)) + text
        }
      }
      lines += [row(\.label), row(\.mark)]
    }
    let legend = ReportBlock.endings(of: nights).map {
      "\($0.mark(page.language)) \($0.meaning(page.language))"
    }
    return lines + ["    " + legend.joined(separator: ", ")]
  }

  private func lines(of fates: [ReportBlock.Fates]) -> [String] {
    let sourceWidth = min(24, fates.map(\.source.count).max() ?? 0)
    let nameWidth = fates.flatMap(\.groups).map(\.name.count).max() ?? 0
    var lines: [String] = []
    for fate in fates {
      for (number, group) in fate.groups.enumerated() {
        let source = padded(number == 0 ? fate.source : "", sourceWidth)
        let columns = group.columns.joined(separator: ", ")
        lines += wrapped(columns, "   \(source)  \(padded(group.name, nameWidth))  ")
      }
      if !fate.note.isEmpty { lines += wrapped(fate.note, " ! ") }
    }
    return lines
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Breaks a text at spaces; what follows the first line stands under its beginning.
  private func wrapped(_ text: String, _ first: String) -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    // A long beginning leaves room for some words at least.
    let indent = String(repeating: " ", count: min(first.count, Self.width - 30))
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > Self.width {
        lines.append(line)
        line = indent
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    lines.append(line)
    return lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
