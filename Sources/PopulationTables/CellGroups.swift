import Tabular

/// Cells that a set of totals makes one.
struct CellGroups {
  /// Distinct, ascending.
  let keys: [UInt64]
  /// One a cell: a row number of `keys`.
  let groupOfCell: [Int32]

  /// - Parameter cellKeys: one a cell, in any order.
  init(_ cellKeys: [UInt64]) {
    var sorted = cellKeys
    var order = (0..<Int32(cellKeys.count)).map { $0 }
    radixSort(&sorted, carrying: &order)
    var keys: [UInt64] = []
    var groupOfCell = [Int32](repeating: 0, count: cellKeys.count)
    for (key, cell) in zip(sorted, order) {
      if key != keys.last { keys.append(key) }
      groupOfCell[Int(cell)] = Int32(keys.count - 1)
    }
    self.keys = keys
    self.groupOfCell = groupOfCell
  }

  /// One number a group.
  ///
  /// - Parameters:
  ///   - figure: one number a cell.
  ///   - name: of the figure.
  /// - Returns: one number a group.
  /// - Throws: `overflow` with the name.
  func added(_ figure: [Int64], name: String) throws(PopulationTablesError) -> [Int64] {
    var sums = [Int64](repeating: 0, count: keys.count)
    for cell in figure.indices {
      let group = Int(groupOfCell[cell])
      let result = sums[group].addingReportingOverflow(figure[cell])
      if result.overflow { throw .overflow(column: name) }
      sums[group] = result.partialValue
    }
    return sums
  }
}
