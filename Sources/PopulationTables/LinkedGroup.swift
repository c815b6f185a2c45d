import PipelineFile
import Tabular

/// A group of rows, with the persons whose rows they are.
struct LinkedGroup {
  private let rows: Table
  private let identities: Table
  /// One an identity of the group: a person, or -1.
  private(set) var persons: ArraySlice<Int32>
  /// How many rows each identity has.
  private(set) var rowCounts: [Int32]
  /// The rows that count, ascending; nil for all.
  private var kept: [Int]?
  /// One a row, where rows are spells.
  private var shares: [SpellShare]?

  init(_ group: RowGroup, identities: Table, persons: ArraySlice<Int32>) {
    rows = group.rows.table
    self.identities = identities
    self.persons = persons
    rowCounts = group.rowCounts
  }

  var rowCount: Int { kept?.count ?? rows.rowCount }

  /// The rows of which a day is in the frame, all of them without one.
  func within(_ frame: RowCalendar.Frame?) throws(PopulationTablesError) -> LinkedGroup {
    guard let frame else { return self }
    var dates: [[Int64]] = []
    for name in frame.time.columns {
      guard let values = try integers(named: name) else { throw .noColumn(name: name) }
      dates.append(values)
    }
    var kept: [Int] = []
    kept.reserveCapacity(rowCount)
    var shares: [SpellShare] = []
    switch frame.time {
    case .day:
      for row in dates[0].indices where frame.days.contains(dates[0][row]) { kept.append(row) }
    case .spell:
      for row in dates[0].indices {
        guard let share = SpellShare(start: dates[0][row], end: dates[1][row], days: frame.days)
        else { continue }
        kept.append(row)
        shares.append(share)
      }
    }
    var group = self
    if case .spell = frame.time { group.shares = shares }
    if kept.count < rowCount { group.keep(kept) }
    return group
  }

  /// A column of the rows, or one of the identities repeated for each of their rows.
  func vector(named name: String) throws(PopulationTablesError) -> Vector {
    let vector: Vector?
    if let column = rows[name] {
      vector = Vector(kept.map(column.taking) ?? column, records: 0..<rowCount)
    } else if let column = identities[name] {
      vector = Vector(column, records: persons.indices)?.repeated(
        by: rowCounts,
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
    switch rows[name] ?? identities[name] {
    case nil: return nil
    case .integers(let values, _)?:
      if rows[name] != nil { return kept.map { kept in kept.map { values[$0] } } ?? values }
      let own = Vector.integers(Array(values[persons.indices]), .number)
      return own.repeated(by: rowCounts, rowCount: rowCount).asIntegers
    case .codes?, .tokens?: throw .typeMismatch(column: name)
    }
  }

  /// The same to add up: of the money of a spell only what falls into the days that count.
  func addends(named name: String) throws(PopulationTablesError) -> [Int64]? {
    guard var values = try integers(named: name) else { return nil }
    if let shares, case .integers(_, .cents)? = rows[name] ?? identities[name] {
      for row in values.indices { values[row] = shares[row].part(of: values[row]) }
    }
    return values
  }

  /// For which rows a condition holds; nil without one.
  func truth(
    of condition: Expression?,
    for name: String
  ) throws(PopulationTablesError) -> [Bool]? {
    guard let condition else { return nil }
    let evaluator = ExpressionEvaluator(
      count: rowCount,
      name: name,
      column: { column throws(PopulationTablesError) in try vector(named: column) },
      accumulator: { inner throws(PopulationTablesError) in
        throw .typeMismatch(column: inner.source)
      }
    )
    return try evaluator.truth(of: condition)
  }

  /// The rows for which a condition holds, of some persons.
  ///
  /// - Parameters:
  ///   - condition: on the columns of rows; nil without.
  ///   - who: one a person; nil for all.
  ///   - name: of what asks.
  /// - Returns: the group with these rows alone.
  /// - Throws: what the condition throws.
  func only(
    _ condition: Expression?,
    of who: [Bool]?,
    for name: String
  ) throws(PopulationTablesError) -> LinkedGroup {
    var group = self
    if let who {
      for identity in persons.indices
      where persons[identity] >= 0 && !who[Int(persons[identity])] {
        group.persons[identity] = -1
      }
    }
    guard let truth = try truth(of: condition, for: name) else { return group }
    let kept = truth.indices.filter { truth[$0] }
    if let shares { group.shares = kept.map { shares[$0] } }
    group.keep(kept)
    // Rows are numbered as they are stored, whatever was left out before.
    if let stored = self.kept { group.kept = kept.map { stored[$0] } }
    return group
  }

  private mutating func keep(_ kept: [Int]) {
    self.kept = kept
    var place = 0
    var end = 0
    for identity in rowCounts.indices {
      let start = place
      end += Int(rowCounts[identity])
      while place < kept.count, kept[place] < end { place += 1 }
      rowCounts[identity] = Int32(place - start)
    }
  }
}
