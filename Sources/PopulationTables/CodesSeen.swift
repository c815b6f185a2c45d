import Tabular

/// How many codes of a column the linked rows of each cell have, and how many persons show them.
struct CodesSeen {
  private struct Cell {
    var codes: Int64 = 0
    /// Persons with rows, with rows without a code, and most persons with one code.
    var persons: Int64 = 0
    var unknown: Int64 = 0
    var most: Int64 = 0
  }

  private var cells: [UInt64: Cell] = [:]
  /// Who has rows, by the key of the cell; empty where nobody asks.
  private var sets: [UInt64: SetKey] = [:]

  /// - Parameters:
  ///   - rows: the cells of `TableDefinition.codes`.
  ///   - assembly: of the table whose measure it is.
  init(_ rows: CellTable, _ assembly: CellAssembly) {
    guard let column = rows.dimensions.last else { return }
    for (cell, key) in assembly.keys(of: rows).enumerated() {
      let (code, persons) = (column.codes[cell], rows.persons[cell])
      if code == CellTable.total {
        cells[key, default: Cell()].persons = persons
        if !rows.sets.isEmpty { sets[key] = rows.sets[cell] }
      } else if column.labels[Int(code)] == unknownLabel {
        cells[key, default: Cell()].unknown = persons
      } else {
        cells[key, default: Cell()].codes += 1
        cells[key, default: Cell()].most = max(cells[key]?.most ?? 0, persons)
      }
    }
  }

  /// Who has rows in the cell of a key.
  func set(of key: UInt64) -> SetKey { sets[key] ?? .empty }

  /// Codes and contributors, one a group.
  ///
  /// Where some rows have no code the contributors are at least so many: protection then hides
  /// rather more than less.
  func columns(of groups: CellGroups) -> [[Int64]] {
    let found = groups.keys.map { cells[$0] ?? Cell() }
    return [found.map(\.codes), found.map { max($0.most, $0.persons - $0.unknown) }]
  }
}
