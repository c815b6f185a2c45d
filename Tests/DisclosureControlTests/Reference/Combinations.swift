import Tabular

/// All combinations of labels that somebody may have, with the cells of tables that he then stands in.
///
/// Two that stand in the same cells are one. Nobody is in a cell that is not there.
struct Combinations {
  private(set) var count = 0
  /// By table, by cell: its combinations, ascending.
  private(set) var ofCells: [[[Int]]]
  /// Whether the condition holds of a combination.
  private var isAdmitted: [Bool] = []

  init(_ region: RandomRegion, _ cuts: [RandomRegion.Cut], _ tables: [CellTable]) {
    ofCells = tables.map { [[Int]](repeating: [], count: $0.cellCount) }
    let cellOfPlace = tables.map { table in
      Dictionary(
        uniqueKeysWithValues: (0..<table.cellCount).map { cell in
          (table.dimensions.map { $0.codes[cell] }, cell)
        }
      )
    }
    var seen: Set<[Int]> = []
    let all = region.sizes.reduce(1, *)
    for number in 0..<all {
      var rest = number
      let labels = region.sizes.map { size in
        defer { rest /= size }
        return rest % size
      }
      let places = cuts.map { cut in
        cut.dimensions.map { Int32(region.label(of: $0, labels)) }
      }
      let finest = zip(cellOfPlace, places).compactMap { $0[$1] }
      guard finest.count == tables.count, seen.insert(finest).inserted else { continue }
      let conditions = cuts.contains { $0.hasPart } ? [true, false] : [false]
      for condition in conditions {
        for (table, cut) in cuts.enumerated() {
          for choice in 0..<1 << cut.dimensions.count {
            let place = places[table].enumerated().map { place, label in
              choice >> place & 1 == 1 ? CellTable.total : label
            }
            if let cell = cellOfPlace[table][place] { ofCells[table][cell].append(count) }
          }
        }
        isAdmitted.append(condition)
        count += 1
      }
    }
  }

  /// The combinations of those whom a number counts.
  func members(of target: OutsiderAttack.Target) -> [Int] {
    let all = ofCells[target.table][target.cell]
    guard let condition = target.condition else { return all }
    return all.filter { isAdmitted[$0] == condition }
  }
}
