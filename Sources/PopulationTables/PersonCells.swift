import Tabular

/// The combinations of person dimensions that occur, numbered in the order of their codes.
struct PersonCells: Sendable {
  let dimensions: [LabelledCodes]
  /// One a person.
  let cellOfPerson: [Int32]
  let cellCount: Int
  /// For each dimension: one code a cell.
  let codes: [[Int32]]

  init(_ dimensions: [LabelledCodes], personCount: Int) {
    var cells = [Int32](repeating: 0, count: personCount)
    var count = min(1, personCount)
    var representative: [Int32] = personCount > 0 ? [0] : []
    for dimension in dimensions {
      // Numbers are packed after each dimension, so that they never outgrow the persons.
      let size = dimension.labels.count
      var numbers = PackedNumbers(limit: count * size, expected: personCount)
      for person in cells.indices {
        numbers.note(Int(cells[person]) * size + Int(dimension.codes[person]))
      }
      numbers.pack()
      representative = [Int32](repeating: 0, count: numbers.count)
      for person in cells.indices {
        let cell = numbers[Int(cells[person]) * size + Int(dimension.codes[person])]
        cells[person] = cell
        representative[Int(cell)] = Int32(person)
      }
      count = numbers.count
    }
    self.dimensions = dimensions
    cellOfPerson = cells
    cellCount = count
    codes = dimensions.map { dimension in representative.map { dimension.codes[Int($0)] } }
  }
}

/// Numbers that occur, renumbered without gaps in ascending order.
private struct PackedNumbers {
  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]
  private let isDense: Bool
  private(set) var count = 0

  init(limit: Int, expected: Int) {
    isDense = limit <= max(1 << 16, 4 * expected)
    dense = isDense ? [Int32](repeating: -1, count: limit) : []
  }

  mutating func note(_ number: Int) {
    if isDense { dense[number] = 0 } else { sparse[number] = 0 }
  }

  mutating func pack() {
    if isDense {
      for number in dense.indices where dense[number] == 0 {
        dense[number] = Int32(count)
        count += 1
      }
    } else {
      for number in sparse.keys.sorted() {
        sparse[number] = Int32(count)
        count += 1
      }
    }
  }

  subscript(number: Int) -> Int32 { isDense ? dense[number] : sparse[number] ?? 0 }
}
