import Tabular

/// Turns figures of cells into a table: adds the totals and puts all in order.
///
/// A cell's key is the mixed-radix number of its codes, a total being the last code of its
/// dimension: the order of the keys is the order of the table.
struct CellAssembly {
  let name: String
  let dimensionNames: [String]
  /// For each dimension, in byte order.
  let labels: [[String]]
  /// For each dimension: whether it cuts rows.
  let isOfRows: [Bool]
  /// Every set of dimensions to total, none first.
  let totalSets: [[Bool]]

  init(
    _ definition: TableShape,
    labels: [[String]],
    isOfRows: [Bool]? = nil
  ) throws(PopulationTablesError) {
    name = definition.name
    dimensionNames = definition.by
    self.labels = labels
    self.isOfRows = isOfRows ?? labels.map { _ in false }
    totalSets = definition.totalSets
    var size = 1
    for dimension in labels {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension.count + 1)
      if overflow { throw .tooManyCells(table: definition.name) }
      size = product
    }
  }

  /// The cells that a set of totals makes one.
  ///
  /// - Parameters:
  ///   - codes: for each dimension, one code a cell; those of totalled dimensions are not read.
  ///   - cellCount: how many cells.
  ///   - totalled: one flag a dimension.
  /// - Returns: their keys, and the group of each cell.
  func groups(codes: [[Int32]], cellCount: Int, totalled: [Bool]) -> CellGroups {
    var keys = [UInt64](repeating: 0, count: cellCount)
    for dimension in labels.indices {
      let size = UInt64(labels[dimension].count + 1)
      if totalled[dimension] {
        for cell in keys.indices { keys[cell] = keys[cell] &* size &+ (size &- 1) }
      } else {
        for cell in keys.indices {
          keys[cell] = keys[cell] &* size &+ UInt64(UInt32(bitPattern: codes[dimension][cell]))
        }
      }
    }
    return CellGroups(keys)
  }

  /// The keys of another table's cells, by its first dimensions, which are those of this one.
  func keys(of table: CellTable) -> [UInt64] {
    var keys = [UInt64](repeating: 0, count: table.cellCount)
    for (own, dimension) in zip(labels, table.dimensions) {
      let codeOfLabel = Dictionary(uniqueKeysWithValues: zip(own, own.indices))
      let codes = dimension.labels.map { codeOfLabel[$0] ?? own.count }
      let size = UInt64(own.count + 1)
      for cell in keys.indices {
        let code = dimension.codes[cell]
        let ownCode = code == CellTable.total ? own.count : codes[Int(code)]
        keys[cell] = keys[cell] &* size &+ UInt64(ownCode)
      }
    }
    return keys
  }

  /// The table of all cells.
  ///
  /// - Parameters:
  ///   - keys: distinct, in any order.
  ///   - figures: for each figure, one number a key.
  ///   - scope: whom it counts.
  ///   - finish: makes the measures of the figures, which then stand in the order of the table.
  /// - Returns: cells in order, with only the labels that occur.
  func table(
    keys: [UInt64],
    figures: [[Int64]],
    scope: CellTable.Scope,
    _ finish: (
      _ figures: [[Int64]]
    ) -> (
      persons: [Int64], sets: [SetKey], powerSums: [UInt64], figures: [CellTable.Figure]
    )
  ) -> CellTable {
    var keys = keys
    var order = (0..<Int32(keys.count)).map { $0 }
    radixSort(&keys, carrying: &order)
    let sorted = figures.map { figure in order.map { figure[Int($0)] } }
    let finished = finish(sorted)
    return CellTable(
      name: name,
      dimensions: dimensions(of: keys),
      figures: finished.figures,
      persons: finished.persons,
      sets: finished.sets,
      powerSums: finished.powerSums,
      scope: scope
    )
  }

  /// The codes of keys, with only the labels that occur.
  private func dimensions(of keys: [UInt64]) -> [CellTable.Dimension] {
    var rest = keys
    var dimensions: [CellTable.Dimension] = []
    for dimension in labels.indices.reversed() {
      let total = labels[dimension].count
      var occurs = [Bool](repeating: false, count: total + 1)
      var codes = [Int](repeating: 0, count: rest.count)
      for cell in rest.indices {
        let (quotient, remainder) = rest[cell].quotientAndRemainder(
          dividingBy: UInt64(total + 1)
        )
        rest[cell] = quotient
        codes[cell] = Int(remainder)
        occurs[Int(remainder)] = true
      }
      let used = labels[dimension].indices.filter { occurs[$0] }
      var renumbered = [Int32](repeating: CellTable.total, count: total + 1)
      for (number, code) in used.enumerated() { renumbered[code] = Int32(number) }
      dimensions.append(
        CellTable.Dimension(
          name: dimensionNames[dimension],
          labels: used.map { labels[dimension][$0] },
          codes: codes.map { renumbered[$0] },
          isOfRows: isOfRows[dimension]
        )
      )
    }
    return dimensions.reversed()
  }
}
