import PipelineFile
import Tabular

/// What one worker found.
struct WorkerShare: Sendable {
  /// What the rows of a group come to, for each accumulator and identity.
  struct Part: Sendable {
    let task: Int
    let firstIdentity: Int
    /// Nil for the accumulators of other sources.
    let values: [[Int64]?]
  }

  private(set) var parts: [Part] = []
  private(set) var tabulations: [RowTabulation]
  private(set) var integers: [RowPass.IntegerColumn: Set<Int64>] = [:]
  var failure: (number: Int, error: PopulationTablesError)?

  init(pass: RowPass) { tabulations = pass.tables.map { RowTabulation($0.plan) } }

  mutating func add(
    _ task: (source: Int, group: Int),
    number: Int,
    pass: RowPass
  ) throws(PopulationTablesError) {
    let source = pass.sources[task.source]
    let group = try source.group(task.group)
    let ofPeriod = try group.within(pass.calendar.frame(of: source.name))
    var groups: [Window?: LinkedGroup] = [nil: ofPeriod]
    var values: [[Int64]?] = []
    for tally in pass.tallies {
      guard tally.accumulator.source == source.name else {
        values.append(nil)
        continue
      }
      let window = tally.accumulator.window
      if groups[window] == nil {
        groups[window] = try group.within(pass.calendar.frame(of: source.name, over: window))
      }
      values.append(try groups[window].map(tally.values))
    }
    if values.contains(where: { $0 != nil }) {
      parts.append(
        Part(task: number, firstIdentity: group.persons.startIndex, values: values)
      )
    }
    for column in pass.integerColumns where column.source == task.source {
      let found = try ofPeriod.integers(named: column.name) ?? []
      integers[column, default: []].formUnion(distinctValues(found))
    }
    for (table, planned) in pass.tables.enumerated() {
      guard let place = planned.sources.firstIndex(of: task.source) else { continue }
      var counted = ofPeriod
      if let rows = planned.rows {
        let window = rows.window
        if groups[window] == nil {
          groups[window] = try group.within(pass.calendar.frame(of: source.name, over: window))
        }
        counted = try (groups[window] ?? ofPeriod)
          .only(rows.condition, of: planned.persons, for: planned.plan.definition.name)
      }
      try tabulations[table].add(counted, source: place, plan: planned.plan)
    }
  }
}
