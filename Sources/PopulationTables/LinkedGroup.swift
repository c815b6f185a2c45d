import Tabular

/// A group of rows, with the persons whose rows they are.
struct LinkedGroup {
  let group: RowGroup
  let identities: Table
  /// One an identity of the group: a person, or -1.
  let persons: ArraySlice<Int32>

  var rowCount: Int { group.rows.table.rowCount }

  /// A column of the rows, or one of the identities repeated for each of their rows.
  func vector(named name: String) throws(PopulationTablesError) -> Vector {
    let vector: Vector?
    if let column = group.rows.table[name] {
      vector = Vector(column, records: 0..<rowCount)
    } else if let column = identities[name] {
      vector = Vector(column, records: persons.indices)?.repeated(
        by: group.rowCounts,
        rowCount: rowCount
      )
    } else {
      throw .noColumn(name: name)
    }
    guard let vector else { throw .typeMismatch(column: name) }
    return vector
  }

  /// An integer column as it is stored; nil when there is none of that name.
  func integers(named name: String) throws(PopulationTablesError) -> [Int64]? {
    switch group.rows.table[name] ?? identities[name] {
    case nil: return nil
    case .integers(let values, _)?:
      if group.rows.table[name] != nil { return values }
      let own = Vector.integers(Array(values[persons.indices]), .number)
      return own.repeated(by: group.rowCounts, rowCount: rowCount).asIntegers
    case .codes?, .tokens?: throw .typeMismatch(column: name)
    }
  }
}
