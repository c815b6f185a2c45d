package import Tabular

extension CellTable {
  /// The same table, with a row for every combination of its labels, also those that nobody has.
  ///
  /// Who must not see that a cell is empty must not see that it is missing either. Dimensions that
  /// hang together, as levels of areas, stay as they stand in the table: a neighbourhood lies in no
  /// other district than its own. Of the other dimensions each label meets all. What does not add up,
  /// and is looked at by itself, stays as it is.
  ///
  /// - Parameters:
  ///   - limit: of cells.
  ///   - together: groups of dimensions of which some combinations cannot be.
  /// - Returns: cells in the order of the table.
  /// - Throws: `tooManyCells`.
  package func withEmptyCells(
    limit: Int,
    together: [[String]]
  ) throws(DisclosureControlError) -> CellTable {
    if scope == .alone || dimensions.isEmpty { return self }
    let places = try places(limit: limit, together)
    if places.count == cellCount { return self }
    var cellOfCodes: [[Int32]: Int] = [:]
    for cell in 0..<cellCount { cellOfCodes[codes(of: cell)] = cell }
    let cells = places.map { cellOfCodes[$0] }
    return selecting(cells, codes: dimensions.indices.map { number in places.map { $0[number] } })
  }

  private func codes(of cell: Int) -> [Int32] { dimensions.map { $0.codes[cell] } }

  /// The codes of all cells, sorted, a total after the labels it adds up.
  private func places(
    limit: Int,
    _ together: [[String]]
  ) throws(DisclosureControlError) -> [[Int32]] {
    let groups = groups(together)
    // By which dimensions are totals: for each group the combinations that are there.
    var found: [[Bool]: [Set<[Int32]>]] = [:]
    for cell in 0..<cellCount {
      let codes = codes(of: cell)
      let none = [Set<[Int32]>](repeating: [], count: groups.count)
      for (number, group) in groups.enumerated() {
        found[codes.map { $0 == Self.total }, default: none][number]
          .insert(group.map { codes[$0] })
      }
    }
    var places: [[Int32]] = []
    for combinations in found.values {
      var own = [[Int32](repeating: 0, count: dimensions.count)]
      for (group, combinations) in zip(groups, combinations) {
        let (count, overflow) = own.count.multipliedReportingOverflow(by: combinations.count)
        guard !overflow, count <= limit - places.count else {
          throw .tooManyCells(table: name, limit: limit)
        }
        own = own.flatMap { codes in
          combinations.map { combination in
            var codes = codes
            for (dimension, code) in zip(group, combination) { codes[dimension] = code }
            return codes
          }
        }
      }
      places += own
    }
    return places.sorted { left, right in
      // A total is −1, and the last as an unsigned number.
      left.lexicographicallyPrecedes(right) { UInt32(bitPattern: $0) < UInt32(bitPattern: $1) }
    }
  }

  /// The numbers of the dimensions, those together that hang together.
  private func groups(_ together: [[String]]) -> [[Int]] {
    var groups = together.map { names in
      dimensions.indices.filter { names.contains(dimensions[$0].name) }
    }
    for number in dimensions.indices where !groups.contains(where: { $0.contains(number) }) {
      groups.append([number])
    }
    return groups.filter { !$0.isEmpty }
  }
}
