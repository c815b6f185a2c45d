import Testing

@testable import DisclosureControl

@Suite("Interval attack") struct IntervalAttackTests {
  /// A table with shown totals: its cells row by row, then rows, columns, and all.
  static func twoWay(_ rowCount: Int, _ columnCount: Int) -> CellSystem {
    let all = rowCount * columnCount
    let rows = (0..<rowCount).map { row in
      CellSystem.Equation(
        total: Int32(all + row),
        parts: (0..<columnCount).map { Int32(row * columnCount + $0) }
      )
    }
    let columns = (0..<columnCount).map { column in
      CellSystem.Equation(
        total: Int32(all + rowCount + column),
        parts: (0..<rowCount).map { Int32($0 * columnCount + column) }
      )
    }
    return CellSystem(cellCount: all + rowCount + columnCount, equations: rows + columns)
  }

  static func withTotals(_ cells: [Int64], _ columnCount: Int) -> [Int64] {
    let rows = cells.count / columnCount
    return cells
      + (0..<rows).map { row in cells[row * columnCount..<(row + 1) * columnCount].reduce(0, +) }
      + (0..<columnCount).map { column in
        (0..<rows).reduce(0) { $0 + cells[$1 * columnCount + column] }
      }
  }

  static func known(_ values: [Int64], hidden: [Int]) -> [KnownRange] {
    values.indices.map { hidden.contains($0) ? .hidden : .exactly(values[$0]) }
  }

  @Test("a table of two by two, all hidden, leaves the intervals of the page")
  func twoByTwo() {
    let values = Self.withTotals([4, 31, 27, 18], 2)
    let attack = IntervalAttack(Self.twoWay(2, 2), known: Self.known(values, hidden: [0, 1, 2, 3]))
    #expect(
      attack.intervals(of: [0, 1, 2, 3]) == [
        AttackedInterval(lower: 0, upper: 31), AttackedInterval(lower: 4, upper: 35),
        AttackedInterval(lower: 0, upper: 31), AttackedInterval(lower: 14, upper: 45),
      ]
    )
  }

  @Test("a cell follows exactly though every line has two holes")
  func twoHolesAreNotEnough() {
    // 4 by 4; hidden: 11 12 21 22 23 33 34 43 44.
    var cells: [Int64] = [3, 14, 20, 21, 17, 6, 4, 22, 23, 24, 5, 12, 25, 26, 16, 8]
    let hidden = [0, 1, 4, 5, 6, 10, 11, 14, 15]
    cells = Self.withTotals(cells, 4)
    let attack = IntervalAttack(Self.twoWay(4, 4), known: Self.known(cells, hidden: hidden))
    #expect(attack.intervals(of: [6]) == [AttackedInterval(lower: 4, upper: 4)])
  }

  @Test("three sums of pairs tell all three, two of them do not")
  func pairs() {
    let pairs = [[0, 1], [1, 2], [0, 2]].enumerated().map { number, parts in
      CellSystem.Equation(total: Int32(3 + number), parts: parts.map(Int32.init))
    }
    let values: [Int64] = [4, 13, 6, 17, 19, 10]
    let known = Self.known(values, hidden: [0, 1, 2])
    let all = IntervalAttack(CellSystem(cellCount: 6, equations: pairs), known: known)
    #expect(
      all.intervals(of: [0, 1, 2]) == [
        AttackedInterval(lower: 4, upper: 4), AttackedInterval(lower: 13, upper: 13),
        AttackedInterval(lower: 6, upper: 6),
      ]
    )
    let two = IntervalAttack(
      CellSystem(cellCount: 6, equations: Array(pairs.dropLast())),
      known: known
    )
    #expect(two.intervals(of: [0]) == [AttackedInterval(lower: 0, upper: 17)])
  }

  @Test("who knows one of four cells knows the rest")
  func insider() {
    let values = Self.withTotals([1, 14, 9, 20], 2)
    let attack = IntervalAttack(Self.twoWay(2, 2), known: Self.known(values, hidden: [0, 1, 2, 3]))
    #expect(
      attack.intervals(of: [0, 2]) == [
        AttackedInterval(lower: 0, upper: 10), AttackedInterval(lower: 0, upper: 10),
      ]
    )
    #expect(
      attack.intervals(of: [2], knowing: [(0, 1)]) == [AttackedInterval(lower: 9, upper: 9)]
    )
  }

  @Test("four cells rounded to nothing with a total of ten are two each")
  func roundedToNothing() {
    let system = CellSystem(
      cellCount: 5,
      equations: [CellSystem.Equation(total: 4, parts: [0, 1, 2, 3])]
    )
    let rounded = KnownRange(lower: 0, upper: 2)
    let known = [rounded, rounded, rounded, rounded, KnownRange(lower: 8, upper: 12)]
    let attack = IntervalAttack(system, known: known)
    #expect(attack.intervals(of: [0]) == [AttackedInterval(lower: 2, upper: 2)])
  }
}
