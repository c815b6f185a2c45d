import Diagnostics

/// Lays a report out as one HTML page: no script, nothing from elsewhere, fit to be printed on A4.
///
/// All that comes from the log is escaped; the page's policy forbids what could slip through.
struct HTMLReport {
  private let page: ReportPage

  init(_ page: ReportPage) { self.page = page }

  var text: String {
    var html = """
      <!DOCTYPE html>
      <html lang="\(page.language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(Self.escaped("\(page.title) · \(page.subtitle)"))</title>
      <style>
      \(HTMLStyle.text)
      </style>
      </head>
      <body>
      <header>
      <h1>\(Self.escaped(page.title))</h1>
      <p class="subtitle">\(Self.escaped(page.subtitle))</p>
      </header>
      <section class="verdict \(verdictTone)">

      """
    for (number, line) in page.verdict.enumerated() {
      let tag = number == 0 ? "strong" : "span"
      html += "<p class=\"\(line.tone.rawValue)\"><\(tag)>\(Self.escaped(line.text))</\(tag)></p>\n"
    }
    html += "</section>\n<main>\n"
    for section in page.sections {
      html += "<section id=\"q\(section.number)\">\n<h2><b>\(section.number)</b> "
      html += "\(Self.escaped(section.title))</h2>\n"
      for block in section.blocks { html += self.html(of: block) }
      html += "</section>\n"
    }
    html += "</main>\n<footer>\n"
    for note in page.notes { html += "<p>\(Self.escaped(note))</p>\n" }
    return html + "</footer>\n</body>\n</html>\n"
  }

  private var verdictTone: String { (page.verdict.first?.tone ?? .plain).rawValue }

  /// A text in which no character means anything to HTML; invisible ones are shown.
  static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in escapedForTerminal(text).unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  private func html(of block: ReportBlock) -> String {
    switch block {
    case .line(let text, let tone): "<p class=\"\(tone.rawValue)\">\(Self.escaped(text))</p>\n"
    case .table(let table): html(of: table)
    case .nights(let nights): html(of: nights)
    case .fates(let fates): html(of: fates)
    }
  }

  private func html(of table: ReportBlock.Table) -> String {
    func row(_ cells: [String], _ tag: String) -> String {
      let cells = cells.enumerated().map { column, cell in
        let kind = table.figures.contains(column) ? " class=\"figure\"" : ""
        return "<\(tag)\(kind)>\(Self.escaped(cell))</\(tag)>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    let rows = table.rows.map { row($0, "td") }.joined()
    return
      "<table>\n<thead>\(row(table.headings, "th"))</thead>\n<tbody>\n\(rows)</tbody>\n</table>\n"
  }

  private func html(of nights: [ReportBlock.Night]) -> String {
    var html = "<ol class=\"nights\">\n"
    for night in nights {
      html += "<li class=\"\(night.ending)\" title=\"\(Self.escaped(night.meaning))\">"
      html += "<span>\(Self.escaped(night.label))</span><b>\(Self.escaped(night.mark))</b></li>\n"
    }
    html += "</ol>\n<p class=\"legend\">"
    html += ReportBlock.endings(of: nights).map { ending in
      "<span><b class=\"\(ending)\">\(Self.escaped(ending.mark(page.language)))</b> "
        + "\(Self.escaped(ending.meaning(page.language)))</span>"
    }.joined(separator: " ")
    return html + "</p>\n"
  }

  private func html(of fates: [ReportBlock.Fates]) -> String {
    var html = "<table class=\"fates\">\n<tbody>\n"
    for fate in fates {
      for (number, group) in fate.groups.enumerated() {
        html += "<tr\(number == 0 ? " class=\"first\"" : "")>"
        if number == 0 {
          html += "<th rowspan=\"\(fate.groups.count)\" scope=\"rowgroup\">"
          html += "\(Self.escaped(fate.source))"
          if !fate.note.isEmpty { html += "<br><small>\(Self.escaped(fate.note))</small>" }
          html += "</th>"
        }
        html += "<td><b class=\"fate \(group.fate.rawValue)\">\(Self.escaped(group.name))</b></td>"
        html +=
          "<td class=\"names\">\(Self.escaped(group.columns.joined(separator: ", ")))</td></tr>\n"
      }
    }
    return html + "</tbody>\n</table>\n"
  }
}
