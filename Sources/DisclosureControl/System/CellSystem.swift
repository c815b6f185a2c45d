/// Cells and the equations between them: what anyone knows of tables before he reads a number.
///
/// A cell is one unknown number, whatever tables it stands in. An equation says that one cell, a
/// total, is the sum of others, its parts.
struct CellSystem: Sendable {
  let cellCount: Int
  /// Where the cells of each equation begin, and the end.
  private let starts: [Int32]
  /// Equation by equation, the total first.
  private let members: [Int32]
  /// Where the equations of each cell begin, and the end.
  private let equationStarts: [Int32]
  private let equationsOfCells: [Int32]

  /// - Parameters:
  ///   - cellCount: cells are below it.
  ///   - equations: of each the total and its parts.
  /// - Precondition: all cells are in `0..<cellCount`, and none stands twice in an equation.
  init(cellCount: Int, equations: [Equation]) {
    self.cellCount = cellCount
    var starts: [Int32] = [0]
    var members: [Int32] = []
    var counts = [Int32](repeating: 0, count: cellCount + 1)
    for equation in equations {
      members.append(equation.total)
      members += equation.parts
      starts.append(Int32(members.count))
    }
    for cell in members { counts[Int(cell) + 1] += 1 }
    for cell in 0..<cellCount { counts[cell + 1] += counts[cell] }
    var equationsOfCells = [Int32](repeating: 0, count: members.count)
    var next = counts
    for equation in 0..<equations.count {
      for place in Int(starts[equation])..<Int(starts[equation + 1]) {
        let cell = Int(members[place])
        equationsOfCells[Int(next[cell])] = Int32(equation)
        next[cell] += 1
      }
    }
    self.starts = starts
    self.members = members
    equationStarts = counts
    self.equationsOfCells = equationsOfCells
  }

  /// One cell that is the sum of others.
  struct Equation: Sendable, Hashable {
    let total: Int32
    let parts: [Int32]

    init(total: Int32, parts: [Int32]) {
      self.total = total
      self.parts = parts
    }
  }

  /// The same cells with those equations alone in which none of some is.
  ///
  /// - Parameter isOut: one a cell.
  /// - Returns: equations in the same order.
  func without(_ isOut: [Bool]) -> CellSystem {
    CellSystem(
      cellCount: cellCount,
      equations: (0..<equationCount).compactMap { equation in
        let cells = cells(of: equation)
        guard let total = cells.first, !cells.contains(where: { isOut[Int($0)] }) else {
          return nil
        }
        return Equation(total: total, parts: Array(cells.dropFirst()))
      }
    )
  }

  var equationCount: Int { starts.count - 1 }

  /// The cells of an equation, the total first.
  func cells(of equation: Int) -> ArraySlice<Int32> {
    members[Int(starts[equation])..<Int(starts[equation + 1])]
  }

  /// The equations that a cell stands in, ascending.
  func equations(of cell: Int) -> ArraySlice<Int32> {
    equationsOfCells[Int(equationStarts[cell])..<Int(equationStarts[cell + 1])]
  }

  /// Where the equations of a cell stand: `equation(at:)` tells each, ascending.
  func equationPlaces(of cell: Int) -> Range<Int> {
    Int(equationStarts[cell])..<Int(equationStarts[cell + 1])
  }

  /// An equation by its place.
  func equation(at place: Int) -> Int32 { equationsOfCells[place] }

  /// How many cells an equation has, the total among them.
  func cellCount(of equation: Int) -> Int { Int(starts[equation + 1] - starts[equation]) }

  /// The factor of a cell in an equation that equals 0: −1 for the total, 1 for a part.
  func sign(of cell: Int, in equation: Int) -> Int64 {
    members[Int(starts[equation])] == Int32(cell) ? -1 : 1
  }

  /// Whether numbers fit every equation.
  ///
  /// - Parameter values: one a cell.
  /// - Returns: false also where a sum overflows.
  func holds(_ values: [Int64]) -> Bool {
    (0..<equationCount).allSatisfy { equation in
      let cells = cells(of: equation)
      var sum: Int64 = 0
      for cell in cells.dropFirst() {
        let (added, overflow) = sum.addingReportingOverflow(values[Int(cell)])
        if overflow { return false }
        sum = added
      }
      return cells.first.map { values[Int($0)] == sum } ?? true
    }
  }
}
