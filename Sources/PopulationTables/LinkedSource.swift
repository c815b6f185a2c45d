import Tabular

/// A linked source, and what its columns look like.
struct LinkedSource: Sendable {
  let rows: SourceRows
  /// The columns of its first group; nil when it has no rows.
  private let first: Table?
  private let identities: Table

  /// Reads the first group, for the dictionaries that all groups share.
  init(_ rows: SourceRows, personCount: Int) throws(PopulationTablesError) {
    self.rows = rows
    identities = rows.identities.table
    let persons = rows.links.persons
    guard persons.count == identities.rowCount, persons.allSatisfy({ $0 < personCount }) else {
      throw .malformed(source: rows.name)
    }
    first = rows.groupCount > 0 ? try Self.read(rows, 0).rows.table : nil
  }

  var name: String { rows.name }
  var hasRows: Bool { first != nil }

  /// The column of that name, of its rows or else of its identities; of its first group only.
  func column(named name: String) -> Column? { first?[name] ?? identities[name] }

  /// Whether rows differ in it, not just identities.
  func isOfRows(_ name: String) -> Bool { first?[name] != nil }

  /// How many identities each person has, up to 255.
  func identityCounts(personCount: Int) -> [UInt8] {
    var counts = [UInt8](repeating: 0, count: personCount)
    for person in rows.links.persons where person >= 0 {
      let count = counts[Int(person)]
      counts[Int(person)] = count == .max ? count : count + 1
    }
    return counts
  }

  /// A group of rows that fits its own counts.
  func group(_ number: Int) throws(PopulationTablesError) -> LinkedGroup {
    let group = try Self.read(rows, number)
    var rowCount = 0
    for count in group.rowCounts {
      if count < 0 { throw .malformed(source: name) }
      rowCount += Int(count)
    }
    let (end, overflow) = group.firstIdentity.addingReportingOverflow(group.rowCounts.count)
    guard group.firstIdentity >= 0, !overflow, end <= identities.rowCount,
      rowCount == group.rows.table.rowCount
    else { throw .malformed(source: name) }
    return LinkedGroup(
      group: group,
      identities: identities,
      persons: rows.links.persons[group.firstIdentity..<end]
    )
  }

  private static func read(
    _ rows: SourceRows,
    _ number: Int
  ) throws(PopulationTablesError) -> RowGroup {
    do {
      return try rows.group(number)
    } catch {
      throw .unreadable(source: rows.name, group: number, reason: error)
    }
  }
}

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
