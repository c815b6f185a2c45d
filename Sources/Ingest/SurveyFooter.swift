import PipelineFile

/// What stands below the rows of an unknown file.
///
/// Only words that senders write there, never a value, become part of a pattern.
struct SurveyFooter {
  private static let words = [
    "T", "TR", "TRL", "TRAILER", "Trailer", "TOTAAL", "Totaal", "TOTAL", "Total", "EINDE", "Einde",
    "EOF", "END", "99", "Z", "#", "SLUIT", "SLUITRECORD", "Aantal", "AANTAL", "COUNT",
  ]

  /// A POSIX extended expression for lines that are no rows; nil where `trailer` tells it.
  let footer: String?
  let trailer: TrailerForm?
  let lineCount: Int

  /// - Returns: nil if the last line is a row like others, or not understood.
  init?(_ lines: [ArraySlice<UInt8>], _ table: SurveyTable, in text: SurveyText) {
    let last: [ArraySlice<UInt8>] =
      text.isWhole ? lines : SurveyLines.lines(of: text.tail).dropFirst().map { $0 }
    guard let line = last.last(where: { !$0.isEmpty }), lines.count > 1 else { return nil }
    let delimiter = table.dialect.delimiter
    let fields = SurveyLines.fields(of: line, delimiter: delimiter, quote: table.dialect.quote)
      .fields
    guard fields.count != table.columns.count else { return nil }
    if line.starts(with: Array("©".utf8)) {
      footer = "^©"
      trailer = nil
      lineCount = 1
      return
    }
    let word = String(decoding: fields.first ?? [], as: UTF8.self)
    guard Self.words.contains(word), fields.count > 1 else { return nil }
    let escaped = delimiter == UInt8(ascii: "|") ? "\\|" : String(Unicode.Scalar(delimiter))
    let pattern = "^\(word)\(escaped)"
    lineCount = 1
    let numbers = fields.map { Int(String(decoding: $0, as: UTF8.self)) }
    // Only a whole file tells how many rows it has.
    let count = text.isWhole && table.rowCount < SurveyTable.rowLimit ? table.rowCount : nil
    if let rows = numbers.firstIndex(where: { $0 != nil && $0 == count }) {
      footer = nil
      trailer = TrailerForm(when: pattern, rows: rows + 1, total: nil)
    } else {
      footer = pattern
      trailer = nil
    }
  }
}
