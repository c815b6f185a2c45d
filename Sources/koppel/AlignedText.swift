/// Lines of cells, each column as wide as its widest cell.
///
/// A column that holds only numbers below its first cell is aligned at the right, others at the left.
func aligned(_ rows: [[String]]) -> [String] {
  let columnCount = rows.map(\.count).max() ?? 0
  var widths = [Int](repeating: 0, count: columnCount)
  var isNumeric = [Bool](repeating: true, count: columnCount)
  for (number, row) in rows.enumerated() {
    for (column, cell) in row.enumerated() {
      widths[column] = max(widths[column], cell.count)
      let isNumber = cell.utf8.allSatisfy {
        0x30...0x39 ~= $0 || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
      }
      if number > 0 && !isNumber { isNumeric[column] = false }
    }
  }
  return rows.map { row in
    var line = ""
    for (column, cell) in row.enumerated() {
      let gap = String(repeating: " ", count: widths[column] - cell.count)
      line += (column == 0 ? "" : "  ") + (isNumeric[column] ? gap + cell : cell + gap)
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
