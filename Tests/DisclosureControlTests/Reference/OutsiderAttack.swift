import Tabular

@testable import DisclosureControl

/// An attack on published tables by their labels alone: the unknowns are how many persons have each
/// combination of all labels, whether or not somebody has it, and every number that is shown is a row.
///
/// It shares nothing with the equations that suppression works with.
struct OutsiderAttack {
  /// A number of a table: a count, those for whom the condition is true, or those for whom it is not.
  struct Target: Hashable {
    let table: Int
    let cell: Int
    /// Nil for all, else whether the condition holds.
    let condition: Bool?
  }

  let release: RandomRelease
  let published: [ProtectedTable]

  /// The numbers that must not be known, with what is required of them.
  func sensitive(minimum: Int64) -> [Target: Int64] {
    var found: [Target: Int64] = [:]
    for (number, table) in release.tables.enumerated() {
      for cell in 0..<table.cellCount {
        let all = table.persons[cell]
        if 0 < all, all < minimum {
          found[Target(table: number, cell: cell, condition: nil)] = all
        }
        guard table.figures.count > 1 else { continue }
        let part = table.figures[1].values[cell]
        if 0 < part, part < minimum {
          found[Target(table: number, cell: cell, condition: true)] = part
        }
        if 0 < all - part, all - part < minimum {
          found[Target(table: number, cell: cell, condition: false)] = all - part
        }
      }
    }
    return found
  }

  /// Between which numbers a target lies; nil when Clp fails.
  func interval(of target: Target, knowing known: Target? = nil) -> AttackedInterval? {
    var rows: [[Double]] = []
    var results: [Double] = []
    for (number, table) in published.enumerated() {
      for (place, figure) in table.figures.enumerated() {
        for cell in 0..<table.cellCount where figure.marks[cell] != .hidden {
          rows.append(
            row(of: Target(table: number, cell: cell, condition: place == 0 ? nil : true))
          )
          results.append(Double(figure.values[cell]))
        }
      }
      // Nobody is in a cell that is not there.
      for combination in absent(from: number) {
        rows.append(combination)
        results.append(0)
      }
    }
    if let known {
      rows.append(row(of: known))
      results.append(1)
    }
    // The target is a column of its own: the sum of its combinations less itself is nothing.
    let count = combinationCount
    rows.append(row(of: target))
    results.append(0)
    var columns = SparseColumns()
    for column in 0..<count {
      for (number, row) in rows.enumerated() where row[column] != 0 {
        columns.add(row: Int32(number), row[column])
      }
      columns.endColumn()
    }
    columns.add(row: Int32(rows.count - 1), -1)
    columns.endColumn()
    var ends: [Double] = []
    for cost in [1.0, -1] {
      var program = LinearProgram(
        columns: columns,
        lower: [Double](repeating: 0, count: count + 1),
        upper: [Double](repeating: LinearProgram.unbounded, count: count + 1),
        rows: results
      )
      program.setCost(cost, of: count)
      switch program.solve(.costsChanged) {
      case .optimal: ends.append(program.value(of: count))
      case .unlimited: ends.append(.infinity)
      case .infeasible, .failed: return nil
      }
    }
    return AttackedInterval(lower: ends[0], upper: ends[1])
  }

  private var combinationCount: Int { release.sizes.reduce(1, *) }

  /// The labels of a combination, dimension by dimension.
  private func labels(_ combination: Int) -> [Int] {
    var rest = combination
    return release.sizes.map { size in
      defer { rest /= size }
      return rest % size
    }
  }

  private func row(of target: Target) -> [Double] {
    let table = release.tables[target.table]
    return (0..<combinationCount).map { combination in
      let labels = labels(combination)
      if let condition = target.condition, (labels[4] == 1) != condition { return 0 }
      for (place, dimension) in release.cuts[target.table].enumerated() {
        let code = table.dimensions[place].codes[target.cell]
        if code != CellTable.total, Int(code) != labels[dimension] { return 0 }
      }
      return 1
    }
  }

  private func absent(from number: Int) -> [[Double]] {
    let table = release.tables[number]
    let present = Set(
      (0..<table.cellCount).map { cell in table.dimensions.map { $0.codes[cell] } }
    )
    var seen: Set<[Int32]> = []
    var rows: [[Double]] = []
    for combination in 0..<combinationCount {
      let place = release.cuts[number].map { Int32(labels(combination)[$0]) }
      guard !present.contains(place), seen.insert(place).inserted else { continue }
      rows.append(
        (0..<combinationCount).map { other in
          release.cuts[number].map { Int32(labels(other)[$0]) } == place ? 1 : 0
        }
      )
    }
    return rows
  }
}
