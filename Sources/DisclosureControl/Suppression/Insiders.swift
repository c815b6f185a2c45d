/// Contributors who know cells because they alone make them.
struct Insiders: Sendable {
  private let cellsOfInsider: [[Int32]]
  private var insidersOfCell: [Int32: [Int32]] = [:]

  init(_ cells: [[Int32]]) {
    cellsOfInsider = cells
    for (insider, own) in cells.enumerated() {
      for cell in own { insidersOfCell[cell, default: []].append(Int32(insider)) }
    }
  }

  /// The cells that one knows.
  func cells(of insider: Int32) -> [Int32] { cellsOfInsider[Int(insider)] }

  /// Those who know one of the cells that a witness changes.
  func spoiling(_ witness: Witness) -> Set<Int32> {
    var found: Set<Int32> = []
    for cell in witness.cells { found.formUnion(insidersOfCell[cell] ?? []) }
    return found
  }
}
