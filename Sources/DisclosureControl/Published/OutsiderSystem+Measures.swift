/// Whether what is called alike in several tables is one measure.
extension OutsiderSystem {
  /// Measures of a release of which a number is another in those before it.
  ///
  /// Where other persons are counted all is measured of others.
  ///
  /// - Parameter tables: of the release.
  /// - Returns: what they measure that is no measure of those before.
  func measuresApart(_ tables: [OutsiderTable]) -> Set<String> {
    var apart: Set<String> = []
    for table in tables {
      let shape = TableCoordinates(table.shape, dimensions)
      for (place, quantity) in Quantity.quantities(of: table.shape) {
        guard let readings = table.readings[place], !isOneMeasure(quantity, readings, shape)
        else { continue }
        if quantity.kind == .persons {
          return Set(tables.flatMap { Quantity.quantities(of: $0.shape).map(\.quantity.identity) })
        }
        apart.insert(quantity.identity)
      }
    }
    return apart
  }

  /// Whether a column fits the one of the same name in other tables.
  ///
  /// - Parameters:
  ///   - quantity: of the column.
  ///   - readings: one a cell.
  ///   - shape: of its table.
  /// - Returns: false where a number is another.
  func isOneMeasure(
    _ quantity: Quantity,
    _ readings: [OutsiderTable.Reading],
    _ shape: TableCoordinates
  ) -> Bool {
    let isOfRowsToo = quantity.kind == .sum
    return readings.indices.allSatisfy { cell in
      let identity = Identity(
        text: quantity.identity,
        rows: isOfRowsToo ? [] : shape.rowCoordinates(of: cell),
        table: shape.owner
      )
      let (place, labels) = shape.coordinates(of: cell, withRows: isOfRowsToo)
      guard let measure = measureOfIdentity[identity],
        let known = groupings[Int(measure)].first(where: { $0.dimensions == place })?
          .variable(at: labels)
      else { return true }
      return numbers.readings[Int(known)].together(with: readings[cell]) != nil
    }
  }
}
