/// Contributors who know cells because they alone make them.
struct Insiders: Sendable {
  private var cellsOfInsider: [[Int32]]
  private var insidersOfCell: [Int32: [Int32]] = [:]
  /// By cell: those who contribute to it, and so know more of it than others.
  private var shareholders: [Int: [Shareholder]] = [:]

  /// Someone who knows a part of a sum: what must stay uncertain of it to him.
  struct Shareholder: Sendable {
    let insider: Int32
    /// Nil: nothing.
    let required: RequiredInterval?
  }

  /// - Parameter cells: of each contributor, the cells that he alone makes.
  init(_ cells: [[Int32]]) {
    cellsOfInsider = cells
    for (insider, own) in cells.enumerated() {
      for cell in own { insidersOfCell[cell, default: []].append(Int32(insider)) }
    }
  }

  var count: Int { cellsOfInsider.count }

  /// All cells that somebody knows so.
  var knownCells: Set<Int32> { Set(cellsOfInsider.joined()) }

  /// The cells that one knows.
  func cells(of insider: Int32) -> [Int32] { cellsOfInsider[Int(insider)] }

  /// Those who know one of the cells that a witness changes.
  func spoiling(_ witness: Witness) -> Set<Int32> {
    var found: Set<Int32> = []
    for cell in witness.cells { found.formUnion(insidersOfCell[cell] ?? []) }
    return found
  }

  /// Those who know a part of a cell, ascending.
  func shareholders(of cell: Int) -> [Shareholder] { shareholders[cell] ?? [] }

  /// Whether what is required of a cell is another thing for one who contributes to it.
  func isShareholder(_ insider: Int32, of cell: Int) -> Bool {
    shareholders[cell]?.contains { $0.insider == insider } == true
  }

  /// Adds one who knows cells.
  ///
  /// - Parameter cells: that he alone makes.
  /// - Returns: his number.
  mutating func add(_ cells: [Int32]) -> Int32 {
    let insider = Int32(cellsOfInsider.count)
    cellsOfInsider.append(cells)
    for cell in cells { insidersOfCell[cell, default: []].append(insider) }
    return insider
  }

  /// Says that someone knows cells when he asks for one, and is no insider of others.
  ///
  /// - Parameters:
  ///   - cells: that he knows.
  ///   - cell: that he asks for.
  ///   - required: what must stay uncertain of it to him.
  mutating func add(knowing cells: [Int32], of cell: Int, required: RequiredInterval) {
    cellsOfInsider.append(cells)
    add(Int32(cellsOfInsider.count - 1), to: cell, required: required)
  }

  /// Says that an insider contributes to a cell.
  ///
  /// - Parameters:
  ///   - insider: his number.
  ///   - cell: that he contributes to.
  ///   - required: what must stay uncertain of it to him; nil for nothing.
  mutating func add(_ insider: Int32, to cell: Int, required: RequiredInterval?) {
    shareholders[cell, default: []].append(Shareholder(insider: insider, required: required))
  }
}
