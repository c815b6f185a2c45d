import PipelineFile

@testable import Tabular

/// What episodes tell of one person, day by day and row by row.
struct PlainEpisodes {
  let definition: EpisodeDefinition
  let stage: AggregateStage
  /// Of all persons.
  let rows: [PlainRow]

  private var end: Int64 { Int64(stage.period?.lastDay.dayNumber ?? 0) }

  /// The columns of a person, as the design tells them.
  func columns(of person: Int) -> PlainRecord {
    let own = rows.filter { $0.person == person }
    let firstDays = firstDays(own)
    var amounts = [Int64](repeating: 0, count: firstDays.count)
    for row in own where definition.takes.contains(where: { isMeant(row, by: $0) }) {
      guard let day = firstDay(row), let amount = row.values["amount"]?.integer, hasEnded(row)
      else {
        continue
      }
      let latest = firstDays.lastIndex { $0 <= day && day < $0 + definition.lengthInDays }
      if let latest { amounts[latest] += amount }
    }
    let finished = firstDays.indices.filter { firstDays[$0] + definition.lengthInDays - 1 <= end }
    return [
      definition.column(.amount): finished.last.map { .integer(amounts[$0]) } ?? .missing,
      definition.column(.count): .integer(Int64(finished.count)),
      definition.column(.open): .integer(Int64(firstDays.count - finished.count)),
    ]
  }

  /// What the row says that started the latest finished episode of a person: of several on that day the
  /// one whose labels come first, `unknown` last; nil without one.
  func start(of person: Int, by names: [String]) -> [String]? {
    let own = rows.filter { $0.person == person }
    guard let day = firstDays(own).last(where: { $0 + definition.lengthInDays - 1 <= end }) else {
      return nil
    }
    return own.filter { firstDay($0) == day && isMeant($0, by: definition.starts) }
      .map { row in names.map { (row.values[$0] ?? .missing).label } }
      .min { left, right in
        zip(left, right).first { $0 != $1 }.map { $0 != "unknown" && ($1 == "unknown" || $0 < $1) }
          ?? false
      }
  }

  /// The latest finished episode of a person: a record of each combination of labels of its rows.
  func links(of person: Int, _ record: PlainRecord, by names: [String]) -> [PlainRecord] {
    let own = rows.filter { $0.person == person }
    let firstDays = firstDays(own)
    let latest = firstDays.lastIndex { $0 + definition.lengthInDays - 1 <= end }
    var amounts: [[String]: Int64] = [:]
    for row in own where latest != nil && episode(of: row, firstDays) == latest {
      let labels = names.map { (row.values[$0] ?? .missing).label }
      amounts[labels + ["domain of \(row.source)"], default: 0] += amount(of: row)
    }
    return amounts.map { labels, amount in
      var link = record
      for (name, label) in zip(names + ["domain"], labels) { link[name] = .text(label) }
      link[definition.column(.amount)] = .integer(amount)
      return link
    }
  }

  private func firstDays(_ own: [PlainRow]) -> [Int64] {
    let startDays = Set(own.filter { isMeant($0, by: definition.starts) }.compactMap(firstDay))
    return startDays.sorted().filter { day in
      day <= end && !(1...definition.cleanDays).contains { startDays.contains(day - $0) }
    }
  }

  private func episode(of row: PlainRow, _ firstDays: [Int64]) -> Int? {
    guard definition.takes.contains(where: { isMeant(row, by: $0) }), let day = firstDay(row) else {
      return nil
    }
    return firstDays.lastIndex { $0 <= day && day < $0 + definition.lengthInDays }
  }

  /// That of a spell that has not ended is not known.
  private func amount(of row: PlainRow) -> Int64 {
    hasEnded(row) ? row.values["amount"]?.integer ?? 0 : 0
  }

  private func isMeant(_ row: PlainRow, by wanted: EpisodeDefinition.Rows) -> Bool {
    row.source == wanted.source
      && (wanted.condition.map { plainValue($0, row.values) { _ in .missing }.isTrue } ?? true)
  }

  private func firstDay(_ row: PlainRow) -> Int64? {
    row.values[stage.time[row.source]?.columns.first ?? ""]?.integer
  }

  private func hasEnded(_ row: PlainRow) -> Bool {
    guard case .spell(_, let end)? = stage.time[row.source] else { return true }
    return row.values[end]?.integer != nil
  }
}
