import PipelineFile
import Tabular

/// Cuts the latest finished episode of each person by what its rows are.
///
/// Its records stand for persons in a table: one a person and combination of the rows' labels.
struct EpisodeChain: Sendable {
  private let table: TableDefinition
  private let pass: EpisodePass
  private let episodes: Episodes
  private let dimensions: [RowDimension]
  /// How many combinations of labels there are.
  private let codeCount: Int

  /// - Parameters:
  ///   - table: cut by columns of persons and of rows.
  ///   - pass: over the rows of the episodes.
  ///   - episodes: that it found.
  ///   - persons: their columns go before those of rows.
  /// - Throws: `noColumn`, `typeMismatch`, and `tooManyCells` for labels that cannot be numbered.
  init(
    _ table: TableDefinition,
    pass: EpisodePass,
    episodes: Episodes,
    persons: PersonColumns
  ) throws(PopulationTablesError) {
    self.table = table
    self.pass = pass
    self.episodes = episodes
    let sources = pass.definition.takes.compactMap { rows in
      pass.sources.first { $0.name == rows.source }
    }
    var dimensions: [RowDimension] = []
    for name in table.by where !persons.contains(name) {
      dimensions.append(try RowDimension(name: name, sources: sources, integers: [:]))
    }
    self.dimensions = dimensions
    var size = 1
    for factor in dimensions.map(\.labels.count) + [pass.personCount] {
      let (product, overflow) = size.multipliedReportingOverflow(by: max(1, factor))
      if overflow { throw .tooManyCells(table: table.name) }
      size = product
    }
    codeCount = size / max(1, pass.personCount)
  }

  /// The columns of the records: the dimensions of the table, and their amounts.
  ///
  /// - Throws: `overflow` when amounts do not fit, and what reading a group throws.
  func columns(
    of persons: PersonColumns,
    workers: Int
  ) throws(PopulationTablesError) -> PersonColumns {
    var amounts: [UInt64: Int128] = [:]
    for (source, rows) in pass.definition.takes.enumerated() {
      let parts = try pass.read(rows, workers: workers) { meant throws(PopulationTablesError) in
        try self.amounts(of: meant, source: source)
      }
      for part in parts { amounts.merge(part) { $0 + $1 } }
    }
    let keys = amounts.keys.sorted()
    var sums: [Int64] = []
    for key in keys {
      guard let sum = Int64(exactly: amounts[key] ?? 0), sum != missingInteger else {
        throw .overflow(column: pass.definition.column(.amount))
      }
      sums.append(sum)
    }
    let records = keys.map { Int($0) / codeCount }
    var rest = keys.map { Int($0) % codeCount }
    var names: [String] = []
    var columns: [Column] = []
    for dimension in dimensions.reversed() {
      names.append(dimension.name)
      columns.append(
        .codes(rest.map { Int32($0 % dimension.labels.count) }, dictionary: dimension.labels)
      )
      rest = rest.map { $0 / dimension.labels.count }
    }
    for name in table.by where persons.contains(name) {
      let labelled = LabelledCodes(try persons.vector(named: name).spread(over: persons.count))
      names.append(name)
      columns.append(.codes(records.map { labelled.codes[$0] }, dictionary: labelled.labels))
    }
    names.append(pass.definition.column(.amount))
    columns.append(.integers(sums, .cents))
    return PersonColumns(
      residents: Table(names: names, columns: columns, rowCount: records.count),
      keys: persons.keys.isEmpty ? [] : records.map { persons.keys[$0] },
      powerTerms: persons.powerTerms
    )
  }

  /// What the rows of a group come to, by person and combination of labels.
  private func amounts(
    of meant: EpisodePass.MeantRows,
    source: Int
  ) throws(PopulationTablesError) -> [UInt64: Int128] {
    var codes = [Int](repeating: 0, count: meant.group.rowCount)
    for dimension in dimensions {
      let next = try dimension.codes(of: meant.group, source: source)
      for row in codes.indices { codes[row] = codes[row] * dimension.labels.count + Int(next[row]) }
    }
    let addends = try pass.addends(of: meant, pass.definition.takes[source].source)
    var amounts: [UInt64: Int128] = [:]
    var row = 0
    for (person, count) in zip(meant.group.persons, meant.group.rowCounts) {
      let rows = row..<row + Int(count)
      row = rows.upperBound
      guard person >= 0, let latest = episodes.latestFinished(of: person, end: pass.end) else {
        continue
      }
      let own = episodes.numbers(of: person)
      for row in rows
      where meant.truth?[row] ?? true
        && episodes.latest(of: own, on: meant.days[row]) == latest
      {
        let key = UInt64(Int(person) * codeCount + codes[row])
        amounts[key, default: 0] += addends[row] == missingInteger ? 0 : Int128(addends[row])
      }
    }
    return amounts
  }
}
