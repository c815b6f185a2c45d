import Tabular

/// Where the cells of a table stand in another of the same dimensions.
struct CellPlaces {
  private let dimensions: [CellTable.Dimension]
  private var placeOfCodes: [[Int32]: Int32] = [:]

  /// - Parameter dimensions: of the table in which they are looked for.
  init(of dimensions: [CellTable.Dimension]) {
    self.dimensions = dimensions
    for cell in 0..<(dimensions.first?.codes.count ?? 0) {
      placeOfCodes[dimensions.map { $0.codes[cell] }] = Int32(cell)
    }
  }

  /// The places of cells of other dimensions.
  ///
  /// - Returns: one a cell; −1 where it does not stand there.
  func places(of others: [CellTable.Dimension], cellCount: Int) -> [Int32] {
    guard others.map(\.name) == dimensions.map(\.name) else {
      return [Int32](repeating: -1, count: cellCount)
    }
    let codes = zip(others, dimensions).map { other, own in
      let codeOfLabel = Dictionary(
        uniqueKeysWithValues: zip(own.labels, own.labels.indices.map(Int32.init))
      )
      let codes = other.labels.map { codeOfLabel[$0] ?? -2 }
      return other.codes.map { $0 == CellTable.total ? CellTable.total : codes[Int($0)] }
    }
    return (0..<cellCount).map { cell in placeOfCodes[codes.map { $0[cell] }] ?? -1 }
  }
}
