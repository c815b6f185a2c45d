/// Cuts text into lines and lines into fields, as a person who does not know the file would.
enum SurveyLines {
  /// More fields of a line are not looked at.
  private static let fieldLimit = 4096

  /// The lines of a text, without their ends; a last line without an end counts if `takesLast`.
  static func lines(
    of text: [UInt8],
    limit: Int = .max,
    takesLast: Bool = true
  ) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < text.count, lines.count < limit {
      let end = text[start...].firstIndex(of: 0x0A)
      guard end != nil || takesLast else { break }
      var line = text[start..<(end ?? text.count)]
      if line.last == 0x0D { line.removeLast() }
      lines.append(line)
      start = (end ?? text.count) + 1
    }
    return lines
  }

  /// The fields of a line, quotes taken off.
  ///
  /// - Returns: the fields, and whether a quoted field does not end on the line.
  static func fields(
    of line: ArraySlice<UInt8>,
    delimiter: UInt8,
    quote: UInt8?
  ) -> (fields: [[UInt8]], isOpen: Bool) {
    var fields: [[UInt8]] = []
    var place = line.startIndex
    while true {
      if let quote, place < line.endIndex, line[place] == quote {
        let (field, isClosed) = CsvLayout.quotedField(of: line, quote, from: &place)
        if !isClosed { return (fields + [field], true) }
        while place < line.endIndex, line[place] != delimiter { place += 1 }
        fields.append(field)
      } else {
        let end = line[place...].firstIndex(of: delimiter) ?? line.endIndex
        fields.append(Array(line[place..<end]))
        place = end
      }
      guard place < line.endIndex, fields.count < fieldLimit else {
        return (fields, false)
      }
      place += 1
    }
  }
}
