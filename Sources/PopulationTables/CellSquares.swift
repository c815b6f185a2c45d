import Tabular

/// Sums of the numbers of persons and of their squares, one a cell.
///
/// Squares are added in floating point, in the order of persons and of cells: no number of workers
/// changes a bit.
struct CellSquares {
  private(set) var sums: [Int64]
  private(set) var counts: [Int64]
  private var squares: [Double]

  /// - Parameters:
  ///   - numbers: one a person; missing ones are left out.
  ///   - cells: of the persons.
  ///   - name: for errors.
  /// - Throws: `overflow` with the name.
  init(
    _ numbers: [Int64],
    _ cells: PersonCells,
    name: String
  ) throws(PopulationTablesError) {
    sums = [Int64](repeating: 0, count: cells.cellCount)
    counts = sums
    squares = [Double](repeating: 0, count: cells.cellCount)
    for person in numbers.indices {
      let number = numbers[person]
      if number == missingInteger { continue }
      let cell = Int(cells.cellOfPerson[person])
      let (sum, overflow) = sums[cell].addingReportingOverflow(number)
      if overflow { throw .overflow(column: name) }
      sums[cell] = sum
      counts[cell] += 1
      squares[cell] += Double(number) * Double(number)
    }
  }

  /// The same numbers over other persons: those without one count as 0.
  func spread(over persons: [Int64]) -> CellSquares {
    var other = self
    other.counts = persons
    return other
  }

  /// The sum of squares, one a group.
  func squares(of groups: CellGroups) -> [Double] {
    var joined = [Double](repeating: 0, count: groups.keys.count)
    for cell in squares.indices { joined[Int(groups.groupOfCell[cell])] += squares[cell] }
    return joined
  }

  /// The standard deviation, with divisor n − 1, one a group; not a number of fewer than two.
  func deviations(of groups: CellGroups, name: String) throws(PopulationTablesError) -> [Double] {
    let sums = try groups.added(sums, name: name)
    let counts = try groups.added(counts, name: name)
    let squares = squares(of: groups)
    return groups.keys.indices.map { group in
      let (sum, count) = (Double(sums[group]), Double(counts[group]))
      guard count > 1 else { return .nan }
      return max(0, (squares[group] - sum * sum / count) / (count - 1)).squareRoot()
    }
  }
}
