/// One way to cut the population, as neighbourhood and sex: its cells, whatever tables show them.
struct Grouping: Sendable {
  /// Ascending; a dimension stands with all that it nests in.
  let dimensions: [Int32]
  /// Cell by cell, one label a dimension.
  private(set) var coordinates: [Int32] = []
  /// One a cell: the variable that its number is.
  private(set) var variables: [Int32] = []
  private var cellOfKey: [UInt128: Int32] = [:]
  private let sizes: [UInt128]

  init(dimensions: [Int32], _ all: ReleaseDimensions) {
    self.dimensions = dimensions
    sizes = dimensions.map { UInt128(all.labelCount(of: $0) + 1) }
  }

  var cellCount: Int { variables.count }

  /// The labels of a cell.
  func coordinates(of cell: Int) -> ArraySlice<Int32> {
    coordinates[cell * dimensions.count..<(cell + 1) * dimensions.count]
  }

  /// The variable of these labels; nil where no table has the cell.
  func variable(at labels: [Int32]) -> Int32? {
    cellOfKey[key(labels)].map { variables[Int($0)] }
  }

  mutating func add(_ labels: [Int32], variable: Int32) {
    cellOfKey[key(labels)] = Int32(variables.count)
    coordinates += labels
    variables.append(variable)
  }

  /// The places of another's dimensions among these; nil unless it has no others.
  func places(of coarser: [Int32]) -> [Int]? {
    var places: [Int] = []
    for dimension in coarser {
      guard let place = dimensions.firstIndex(of: dimension) else { return nil }
      places.append(place)
    }
    return places
  }

  private func key(_ labels: [Int32]) -> UInt128 {
    var key: UInt128 = 0
    for (size, label) in zip(sizes, labels) { key = key &* size &+ UInt128(label) }
    return key
  }
}

extension [Grouping] {
  /// The number of the grouping by dimensions, which is added where there is none.
  ///
  /// - Parameters:
  ///   - dimensions: ascending.
  ///   - all: those of the release.
  /// - Returns: its place here.
  mutating func number(of dimensions: [Int32], _ all: ReleaseDimensions) -> Int {
    if let number = firstIndex(where: { $0.dimensions == dimensions }) { return number }
    append(Grouping(dimensions: dimensions, all))
    return count - 1
  }
}
