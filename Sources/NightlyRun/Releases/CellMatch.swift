import Tabular

/// Where the cells of a table stood the night before: by their labels.
struct CellMatch {
  /// One a cell: its place the night before, or -1; nil where all are where they were.
  private let places: [Int]?
  private let cellCount: Int
  private let earlierCount: Int

  /// - Parameters:
  ///   - dimensions: of the table.
  ///   - cellCount: how many cells it has.
  ///   - earlier: the table of the night before; nil for none.
  init(_ dimensions: [CellTable.Dimension], cellCount: Int, since earlier: CellTable?) {
    self.cellCount = cellCount
    earlierCount = earlier?.cellCount ?? 0
    guard let earlier, earlier.dimensions.count == dimensions.count else {
      places = Array(repeating: -1, count: cellCount)
      return
    }
    if earlier.cellCount == cellCount,
      zip(earlier.dimensions, dimensions).allSatisfy({ $0.isSame(as: $1) })
    {
      places = nil
      return
    }
    // Codes of tonight's labels are told by those of the night before.
    let codes = zip(dimensions, earlier.dimensions).map { own, before in
      let known = Dictionary(before.labels.enumerated().map { ($1, Int32($0)) }) { first, _ in
        first
      }
      return own.labels.map { known[$0] ?? -2 }
    }
    var found: [[Int32]: Int] = [:]
    for cell in 0..<earlier.cellCount {
      found[earlier.dimensions.map { $0.codes[cell] }] = cell
    }
    places = (0..<cellCount).map { cell in
      let key = dimensions.indices.map { place -> Int32 in
        let code = dimensions[place].codes[cell]
        return code == CellTable.total ? code : codes[place][Int(code)]
      }
      return found[key] ?? -1
    }
  }

  /// A column of the night before in the order of these cells; where they stand the same it is that.
  ///
  /// - Parameters:
  ///   - column: of the night before, so many entries a cell; of another length: nothing is known.
  ///   - other: of cells that are new.
  /// - Returns: so many entries a cell as the column has; none where nothing is known.
  func aligned<Value>(_ column: [Value], other: Value) -> [Value] {
    guard let places else { return column }
    guard earlierCount > 0, !column.isEmpty, column.count % earlierCount == 0 else { return [] }
    let width = column.count / earlierCount
    var aligned: [Value] = []
    aligned.reserveCapacity(cellCount * width)
    for place in places {
      if place < 0 {
        aligned.append(contentsOf: repeatElement(other, count: width))
      } else {
        aligned.append(contentsOf: column[place * width..<(place + 1) * width])
      }
    }
    return aligned
  }

  /// Where a cell stood the night before; nil of one that is new.
  func place(of cell: Int) -> Int? {
    guard let places else { return cell }
    return places[cell] < 0 ? nil : places[cell]
  }
}

extension CellTable.Dimension {
  /// Whether it cuts all cells alike.
  func isSame(as other: CellTable.Dimension) -> Bool {
    name == other.name && isOfRows == other.isOfRows && codes == other.codes
      && labels == other.labels
  }
}
