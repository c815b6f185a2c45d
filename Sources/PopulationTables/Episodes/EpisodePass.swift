import PipelineFile
import Tabular

/// Finds the episodes of one kind and adds up their rows, in two readings of the rows they look at.
///
/// Nothing is kept of a row but the day of one that starts an episode: memory grows with persons and
/// their episodes.
struct EpisodePass: Sendable {
  /// A group of rows, with the first day of each and whether it is meant.
  struct MeantRows {
    let group: LinkedGroup
    let days: [Int64]
    let truth: [Bool]?
  }

  /// Rows in a row of one episode, together.
  private struct Taken {
    let episode: Int
    var amount: Int64
  }

  let definition: EpisodeDefinition
  let sources: [LinkedSource]
  let calendar: RowCalendar
  let personCount: Int
  /// The last day of the period.
  let end: Int64

  /// Finds the episodes of all persons.
  ///
  /// - Throws: what reading a group throws.
  func episodes(workers: Int) throws(PopulationTablesError) -> Episodes {
    let startKeys = try read(definition.starts, workers: workers) { Self.startKeys(of: $0) }
    return Episodes(
      definition,
      startKeys: startKeys.flatMap { $0 },
      personCount: personCount,
      end: end
    )
  }

  /// What the rows of each episode come to.
  ///
  /// - Throws: `overflow` when an episode's amounts do not fit, and what reading a group throws.
  func amounts(
    of episodes: Episodes,
    workers: Int
  ) throws(PopulationTablesError) -> [Int64] {
    var amounts = [Int64](repeating: 0, count: episodes.count)
    for rows in definition.takes {
      let taken = try read(rows, workers: workers) { meant throws(PopulationTablesError) in
        try self.taken(meant, rows.source, by: episodes)
      }
      // In the order of the groups: whether a sum overflows on the way must not depend on workers.
      for part in taken.joined() {
        let (sum, overflow) = amounts[part.episode].addingReportingOverflow(part.amount)
        if overflow || sum == missingInteger { throw overflowed }
        amounts[part.episode] = sum
      }
    }
    return amounts
  }

  private var overflowed: PopulationTablesError {
    .overflow(column: definition.column(.amount))
  }

  /// Looks at every group of a source.
  func read<Result: Sendable>(
    _ rows: EpisodeDefinition.Rows,
    workers: Int,
    _ work: @escaping @Sendable (MeantRows) throws(PopulationTablesError) -> Result
  ) throws(PopulationTablesError) -> [Result] {
    guard let source = sources.first(where: { $0.name == rows.source }),
      let day = calendar.time(of: rows.source)?.columns.first
    else { throw .noSource(name: rows.source) }
    return try concurrentChunks(source.rows.groupCount, workers: workers) {
      number throws(PopulationTablesError) in
      let group = try source.group(number)
      guard let days = try group.integers(named: day) else { throw .noColumn(name: day) }
      let truth = try group.truth(of: rows.condition, for: definition.name)
      return try work(MeantRows(group: group, days: days, truth: truth))
    }
  }

  /// The amounts of rows; that of a spell that has not ended is not known.
  func addends(
    of meant: MeantRows,
    _ source: String
  ) throws(PopulationTablesError) -> [Int64] {
    let column = EpisodeDefinition.amountColumn
    guard var amounts = try meant.group.integers(named: column) else {
      throw .noColumn(name: column)
    }
    if case .spell(_, let end)? = calendar.time(of: source),
      let ends = try meant.group.integers(named: end)
    {
      for row in ends.indices where ends[row] == missingInteger { amounts[row] = missingInteger }
    }
    return amounts
  }

  private static func startKeys(of meant: MeantRows) -> [UInt64] {
    let (days, truth) = (meant.days, meant.truth)
    var keys: [UInt64] = []
    var row = 0
    for (person, count) in zip(meant.group.persons, meant.group.rowCounts) {
      let rows = row..<row + Int(count)
      row = rows.upperBound
      for row in rows where person >= 0 && truth?[row] ?? true {
        let key = Episodes.key(person: person, day: days[row])
        if let key, key != keys.last { keys.append(key) }
      }
    }
    return keys
  }

  private func taken(
    _ meant: MeantRows,
    _ source: String,
    by episodes: Episodes
  ) throws(PopulationTablesError) -> [Taken] {
    let (days, truth) = (meant.days, meant.truth)
    let amounts = try addends(of: meant, source)
    var taken: [Taken] = []
    var row = 0
    for (person, count) in zip(meant.group.persons, meant.group.rowCounts) {
      let rows = row..<row + Int(count)
      row = rows.upperBound
      let own = person < 0 ? 0..<0 : episodes.numbers(of: person)
      if own.isEmpty { continue }
      for row in rows where truth?[row] ?? true {
        guard amounts[row] != missingInteger, let episode = episodes.latest(of: own, on: days[row])
        else { continue }
        if let last = taken.last, last.episode == episode {
          let (sum, overflow) = last.amount.addingReportingOverflow(amounts[row])
          if overflow { throw overflowed }
          taken[taken.count - 1].amount = sum
        } else {
          taken.append(Taken(episode: episode, amount: amounts[row]))
        }
      }
    }
    return taken
  }
}
