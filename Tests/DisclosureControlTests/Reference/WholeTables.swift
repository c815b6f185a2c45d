/// All tables of whole numbers that fit what is shown, looked through one by one.
struct WholeTables {
  private let rows: [OutsiderAttack.Row]
  private let rowsOfColumn: [[Int]]
  /// One a row: the last of its columns, after which nothing may be left.
  private let lastOfRow: [Int]
  /// Where no row limits a column.
  private let most: Int64

  /// - Parameters:
  ///   - rows: what columns come to.
  ///   - columnCount: few.
  ///   - most: of a number that nothing limits.
  init(_ rows: [OutsiderAttack.Row], columnCount: Int, most: Int64) {
    self.rows = rows
    self.most = most
    var rowsOfColumn = [[Int]](repeating: [], count: columnCount)
    for (number, row) in rows.enumerated() {
      for column in row.members { rowsOfColumn[column].append(number) }
    }
    self.rowsOfColumn = rowsOfColumn
    lastOfRow = rows.map { $0.members.last ?? -1 }
  }

  /// Whether columns can come to a number of that range, in any table that fits.
  func canCome(_ members: [Int], to range: ClosedRange<Int64>) -> Bool {
    var isMember = [Bool](repeating: false, count: rowsOfColumn.count)
    for column in members { isMember[column] = true }
    var left = rows.map(\.result)
    return fits(0, &left, 0, isMember, range)
  }

  private func fits(
    _ column: Int,
    _ left: inout [Int64],
    _ sum: Int64,
    _ isMember: [Bool],
    _ range: ClosedRange<Int64>
  ) -> Bool {
    if sum > range.upperBound { return false }
    guard column < rowsOfColumn.count else { return sum >= range.lowerBound }
    let own = rowsOfColumn[column]
    let limit = own.map { left[$0] }.min() ?? most
    // The last of a row takes all that is left.
    let least = own.filter { lastOfRow[$0] == column }.map { left[$0] }.max() ?? 0
    guard least <= limit else { return false }
    let isMember = isMember
    let isHigh = isMember[column] && range.lowerBound > 0
    for step in 0...(limit - least) {
      let value = isHigh ? limit - step : least + step
      // All rows that end here must end at nothing.
      if own.contains(where: { lastOfRow[$0] == column && left[$0] != value }) { continue }
      for row in own { left[row] -= value }
      defer { for row in own { left[row] += value } }
      if fits(column + 1, &left, sum + (isMember[column] ? value : 0), isMember, range) {
        return true
      }
    }
    return false
  }
}
