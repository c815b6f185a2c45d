import PipelineFile

/// An unknown file of lines of one width: where its columns seem to stand.
///
/// - Note: Clear identifiers pass through here.
struct SurveyFixed {
  private(set) var columns: [(bytes: ClosedRange<Int>, column: SurveyColumn)] = []
  private(set) var rowCount = 0

  /// - Returns: nil if the lines are not of one width.
  init?(_ text: SurveyText) {
    let lines = SurveyLines.lines(
      of: text.head,
      limit: SurveyTable.rowLimit,
      takesLast: text.isWhole
    ).filter { !$0.isEmpty }
    guard lines.count >= 3, let width = lines.map(\.count).max(), 8...4096 ~= width,
      lines.count(where: { $0.count == width }) * 10 >= lines.count * 9
    else { return nil }
    rowCount = lines.count
    for bytes in Self.cut(lines.filter { $0.count == width }, width: width) {
      var column = SurveyColumn()
      for line in lines {
        let start = line.startIndex + bytes.lowerBound - 1
        let end = min(line.endIndex, line.startIndex + bytes.upperBound)
        column.add(start < end ? Array(line[start..<end]) : [])
      }
      columns.append((bytes, column))
    }
  }

  /// A column begins where blanks end in every line, or where digits give way to letters.
  private static func cut(_ lines: [ArraySlice<UInt8>], width: Int) -> [ClosedRange<Int>] {
    // 0: always blank, 1: digits, 2: anything.
    var kinds = [Int](repeating: 0, count: width)
    for line in lines {
      for (place, byte) in line.enumerated() where byte != 0x20 {
        kinds[place] = max(kinds[place], SurveyValue.isDigit(byte) ? 1 : 2)
      }
    }
    var found: [ClosedRange<Int>] = []
    var start: Int?
    for place in 0...width {
      let kind = place < width ? kinds[place] : 0
      if let begun = start, kind == 0 || kind != kinds[begun] {
        found.append(begun + 1...place)
        start = nil
      }
      if start == nil, kind != 0 { start = place }
    }
    return found
  }
}
