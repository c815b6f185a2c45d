import PipelineFile
import Tabular

/// Finds what the row says that started the latest finished episode of each person.
///
/// Of several that start it on one day it is the one whose labels come first, a known one before
/// `unknown`: the order of the rows decides nothing.
struct EpisodeStart {
  private let pass: EpisodePass
  private let episodes: Episodes
  private let dimensions: [RowDimension]

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
    self.pass = pass
    self.episodes = episodes
    let sources = pass.sources.filter { $0.name == pass.definition.starts.source }
    var dimensions: [RowDimension] = []
    var size = 1
    for name in table.by where !persons.contains(name) {
      let dimension = try RowDimension(name: name, sources: sources, integers: [:])
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension.labels.count + 1)
      if overflow { throw .tooManyCells(table: table.name) }
      size = product
      dimensions.append(dimension)
    }
    self.dimensions = dimensions
  }

  /// The persons who have a finished episode, ascending, and the columns of the rows.
  ///
  /// - Throws: what reading a group throws.
  func columns(
    workers: Int
  ) throws(PopulationTablesError) -> (persons: [Int], columns: [(name: String, vector: Vector)]) {
    let found = try pass.read(pass.definition.starts, workers: workers) {
      meant throws(PopulationTablesError) in try self.starts(among: meant)
    }
    var firsts = [Int](repeating: .max, count: pass.personCount)
    for (person, number) in found.joined() { firsts[person] = min(firsts[person], number) }
    let persons = firsts.indices.filter { firsts[$0] < .max }
    var rest = persons.map { firsts[$0] }
    var columns: [(name: String, vector: Vector)] = []
    for dimension in dimensions.reversed() {
      let count = dimension.labels.count
      let codes = rest.map { $0 % (count + 1) }
      columns.append(
        (
          dimension.name,
          .codes(
            codes.map { $0 < count ? Int32($0) : missingCode },
            dictionary: dimension.labels
          )
        )
      )
      rest = rest.map { $0 / (count + 1) }
    }
    return (persons, columns)
  }

  /// The rows of a group that start the latest finished episode of somebody, by the number of their
  /// labels.
  private func starts(
    among meant: EpisodePass.MeantRows
  ) throws(PopulationTablesError) -> [(person: Int, number: Int)] {
    var numbers = [Int](repeating: 0, count: meant.group.rowCount)
    for dimension in dimensions {
      let count = dimension.labels.count
      let codes = try dimension.codes(of: meant.group, source: 0)
      let unknown = dimension.labels.firstIndex(of: unknownLabel) ?? count
      for row in numbers.indices {
        let code = Int(codes[row])
        numbers[row] = numbers[row] * (count + 1) + (code == unknown ? count : code)
      }
    }
    var starts: [(person: Int, number: Int)] = []
    var row = 0
    for (person, count) in zip(meant.group.persons, meant.group.rowCounts) {
      let rows = row..<row + Int(count)
      row = rows.upperBound
      guard person >= 0, let latest = episodes.latestFinished(of: person, end: pass.end) else {
        continue
      }
      let day = episodes.firstDay(of: latest)
      for row in rows where meant.days[row] == day && meant.truth?[row] ?? true {
        starts.append((Int(person), numbers[row]))
      }
    }
    return starts
  }
}
