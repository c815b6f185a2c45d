/// Counts the rows of a text by the letter of the design, slowly.
struct PlainRows {
  var delimiter = UInt8(ascii: ";")
  var quote = UInt8(ascii: "\"")
  var isMultiline = false
  /// Lines above the first row.
  var headLineCount = 1
  /// What lines begin with that are no rows.
  var marks: [[UInt8]] = []

  /// All rows, refused ones and marked lines too: not the blank lines at the end.
  func count(_ text: [UInt8]) -> Int {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    lines.removeFirst(min(headLineCount, lines.count))
    var isBlank: [Bool] = []
    var next = 0
    while next < lines.count {
      let first = lines[next]
      isBlank.append(first.isEmpty || first == [0x0D])
      next += isMultiline && !isMarked(first) ? lineCount(of: lines[next...]) : 1
    }
    while isBlank.last == true { isBlank.removeLast() }
    return isBlank.count
  }

  private func isMarked(_ line: [UInt8]) -> Bool {
    let bare = line.filter { $0 != quote }
    return marks.contains { line.starts(with: $0) || bare.starts(with: $0) }
  }

  /// How many lines the row has that begins the slice; 1 if it is faulty.
  private func lineCount(of lines: ArraySlice<[UInt8]>) -> Int {
    var row: [UInt8] = []
    for (number, line) in lines.prefix(64).enumerated() {
      if number > 0 { row.append(0x0A) }
      row += line
      switch state(row) {
      case .whole: return number + 1
      case .faulty: return 1
      case .open: continue
      }
    }
    return 1
  }

  private enum State { case whole, open, faulty }

  private func state(_ row: [UInt8]) -> State {
    var text = row[...]
    if text.last == 0x0D { text.removeLast() }
    while true {
      if text.first == quote {
        var rest = text.dropFirst()
        while true {
          guard let end = rest.firstIndex(of: quote) else { return .open }
          rest = rest[(end + 1)...]
          guard rest.first == quote else { break }
          rest.removeFirst()
        }
        if rest.isEmpty { return .whole }
        guard rest.first == delimiter else { return .faulty }
        text = rest.dropFirst()
      } else {
        guard let end = text.firstIndex(of: delimiter) else { return .whole }
        text = text[(end + 1)...]
      }
    }
  }
}
