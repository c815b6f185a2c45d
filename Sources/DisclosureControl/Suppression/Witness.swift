/// Another set of numbers that fits all that is shown: the cells that differ from the truth, and
/// by how much.
///
/// It proves that the truth of each of these cells cannot be told from what is shown.
struct Witness: Sendable, Hashable {
  /// Ascending.
  let cells: [Int32]
  /// One a cell, never 0.
  let changes: [Int64]

  init(_ changes: [(cell: Int32, change: Int64)]) {
    let sorted = changes.filter { $0.change != 0 }.sorted { $0.cell < $1.cell }
    cells = sorted.map(\.cell)
    self.changes = sorted.map(\.change)
  }

  /// By how much a cell differs; 0 when it does not.
  func change(of cell: Int32) -> Int64 {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle] < cell { low = middle + 1 } else { high = middle }
    }
    return low < cells.count && cells[low] == cell ? changes[low] : 0
  }

  /// Whether the changed numbers fit every equation and no cell falls below its least value.
  ///
  /// - Parameters:
  ///   - system: of the cells.
  ///   - truth: one a cell; it fits.
  ///   - isFree: whether a cell may be below zero.
  /// - Returns: false also where a number overflows.
  func fits(_ system: CellSystem, truth: [Int64], isFree: (Int) -> Bool) -> Bool {
    var sums: [Int32: Int64] = [:]
    for (cell, change) in zip(cells, changes) {
      let (value, overflow) = truth[Int(cell)].addingReportingOverflow(change)
      if overflow || (value < 0 && !isFree(Int(cell))) { return false }
      for equation in system.equations(of: Int(cell)) {
        let signed = system.sign(of: Int(cell), in: Int(equation)) * change
        let (sum, overflow) = sums[equation, default: 0].addingReportingOverflow(signed)
        if overflow { return false }
        sums[equation] = sum
      }
    }
    return sums.values.allSatisfy { $0 == 0 }
  }
}
