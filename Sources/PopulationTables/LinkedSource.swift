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
      group,
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
