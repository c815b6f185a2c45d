import Tabular

/// The persons of each cell, stratum by stratum, as far as any are there.
struct StratifiedPersons {
  /// The combinations of strata columns that occur.
  let strata: PersonCells
  /// One a part: the persons of one cell in one stratum.
  private let cellOfPart: [Int32]
  private let stratumOfPart: [UInt64]
  private let partOfPerson: [Int32]

  /// - Parameters:
  ///   - dimensions: the strata columns, one code a person.
  ///   - cells: of the table.
  init(_ dimensions: [LabelledCodes], cells: PersonCells) {
    let strata = PersonCells(dimensions, personCount: cells.cellOfPerson.count)
    let strataCount = UInt64(max(1, strata.cellCount))
    var keys = [UInt64](repeating: 0, count: cells.cellOfPerson.count)
    for person in keys.indices {
      keys[person] =
        UInt64(cells.cellOfPerson[person]) &* strataCount &+ UInt64(strata.cellOfPerson[person])
    }
    let parts = CellGroups(keys)
    self.strata = strata
    cellOfPart = parts.keys.map { Int32($0 / strataCount) }
    stratumOfPart = parts.keys.map { $0 % strataCount }
    partOfPerson = parts.groupOfCell
  }

  /// Adds up a number of each person, one sum a part.
  ///
  /// - Throws: `overflow` with the name.
  func added(
    _ name: String,
    _ number: (_ person: Int) -> Int64
  ) throws(PopulationTablesError) -> [Int64] {
    var sums = [Int64](repeating: 0, count: cellOfPart.count)
    for person in partOfPerson.indices {
      let part = Int(partOfPerson[person])
      let (sum, overflow) = sums[part].addingReportingOverflow(number(person))
      if overflow { throw .overflow(column: name) }
      sums[part] = sum
    }
    return sums
  }

  /// Adds up the parts of all cells, one sum a stratum.
  func region(_ parts: [Int64], name: String) throws(PopulationTablesError) -> [Int64] {
    var sums = [Int64](repeating: 0, count: strata.cellCount)
    for part in parts.indices {
      let stratum = Int(stratumOfPart[part])
      let (sum, overflow) = sums[stratum].addingReportingOverflow(parts[part])
      if overflow { throw .overflow(column: name) }
      sums[stratum] = sum
    }
    return sums
  }

  /// The sums of some figures in one group of cells, for each stratum that occurs in it.
  struct Group {
    let group: Int
    /// Ascending.
    let strata: [Int]
    /// For each figure: one sum a stratum.
    let sums: [[Int64]]
  }

  /// Adds figures of parts up by group of cells and stratum.
  ///
  /// - Parameters:
  ///   - figures: one number a part each.
  ///   - groups: of cells.
  ///   - name: for errors.
  ///   - body: called once a group, in order.
  /// - Throws: `overflow` with the name.
  func forEachGroup(
    _ figures: [[Int64]],
    of groups: CellGroups,
    name: String,
    _ body: (Group) -> Void
  ) throws(PopulationTablesError) {
    let strataCount = UInt64(max(1, strata.cellCount))
    var keys = [UInt64](repeating: 0, count: cellOfPart.count)
    for part in keys.indices {
      let group = UInt64(groups.groupOfCell[Int(cellOfPart[part])])
      keys[part] = group &* strataCount &+ stratumOfPart[part]
    }
    let joined = CellGroups(keys)
    var sums: [[Int64]] = []
    for figure in figures { sums.append(try joined.added(figure, name: name)) }
    var start = 0
    while start < joined.keys.count {
      let group = joined.keys[start] / strataCount
      var end = start
      while end < joined.keys.count, joined.keys[end] / strataCount == group { end += 1 }
      body(
        Group(
          group: Int(group),
          strata: joined.keys[start..<end].map { Int($0 % strataCount) },
          sums: sums.map { Array($0[start..<end]) }
        )
      )
      start = end
    }
  }
}
