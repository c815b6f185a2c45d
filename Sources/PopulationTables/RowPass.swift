import PipelineFile
import Synchronization
import Tabular

/// One reading of the staged rows: accumulators, and the tables that are ready for it.
struct RowPass: Sendable {
  /// A table, and where its sources stand in `sources`.
  struct PlannedTable: Sendable {
    let plan: RowTablePlan
    let sources: [Int]
    /// Which rows count; nil for all of the period.
    var rows: Accumulator? = nil
    /// Whose rows count, one a person; nil for all.
    var persons: [Bool]? = nil
  }

  /// An integer column whose values are wanted.
  struct IntegerColumn: Hashable, Sendable {
    let source: Int
    let name: String
  }

  let sources: [LinkedSource]
  let calendar: RowCalendar
  let personCount: Int
  let tallies: [AccumulatorTally]
  let tables: [PlannedTable]
  let integerColumns: [IntegerColumn]

  /// What the pass found, the same for any number of workers.
  struct Findings {
    /// For each accumulator: one number a person.
    let accumulated: [[Int64]]
    /// For each planned table.
    let tabulations: [RowTabulation]
    let integers: [IntegerColumn: Set<Int64>]
  }

  /// Reads every group of every source that is wanted.
  ///
  /// - Throws: the error of the first group that has one.
  func run(workers: Int) throws(PopulationTablesError) -> Findings {
    let tasks = groupsToRead()
    let counter = TaskCounter()
    // Each worker keeps its own cells, and takes group after group.
    let shares = concurrentChunks(max(1, min(workers, tasks.count)), workers: workers) { _ in
      var share = WorkerShare(pass: self)
      while let number = counter.take(below: tasks.count) {
        do throws(PopulationTablesError) {
          try share.add(tasks[number], number: number, pass: self)
        } catch {
          share.failure = (number, error)
          counter.stop(at: tasks.count)
          break
        }
      }
      return share
    }
    // Groups are handed out in order, so that every group before the first faulty one was read.
    let failures = shares.compactMap(\.failure)
    if let first = failures.min(by: { $0.number < $1.number }) { throw first.error }
    return Findings(
      accumulated: try accumulated(shares, taskCount: tasks.count, tasks: tasks),
      tabulations: tabulations(shares),
      integers: shares.reduce(into: [:]) { found, share in
        found.merge(share.integers) { $0.union($1) }
      }
    )
  }

  /// Groups of the sources that someone asks for, source by source.
  private func groupsToRead() -> [(source: Int, group: Int)] {
    var wanted: Set<Int> = Set(integerColumns.map(\.source))
    for table in tables { wanted.formUnion(table.sources) }
    let names = Set(tallies.map(\.accumulator.source))
    return sources.indices.flatMap { source -> [(source: Int, group: Int)] in
      guard wanted.contains(source) || names.contains(sources[source].name) else { return [] }
      return (0..<sources[source].rows.groupCount).map { (source, $0) }
    }
  }

  private func accumulated(
    _ shares: [WorkerShare],
    taskCount: Int,
    tasks: [(source: Int, group: Int)]
  ) throws(PopulationTablesError) -> [[Int64]] {
    var partOfTask = [WorkerShare.Part?](repeating: nil, count: taskCount)
    for share in shares {
      for part in share.parts { partOfTask[part.task] = part }
    }
    var result: [[Int64]] = []
    for (number, tally) in tallies.enumerated() {
      var numbers = [Int64](repeating: tally.empty, count: personCount)
      var overflowed = false
      // In the order of the groups: whether a sum overflows on the way must not depend on workers.
      for part in partOfTask {
        guard let part, let values = part.values[number] else { continue }
        let persons = sources[tasks[part.task].source].rows.links.persons
        for place in values.indices {
          let person = Int(persons[part.firstIdentity + place])
          if person < 0 { continue }
          numbers[person] = tally.combined(numbers[person], values[place], &overflowed)
        }
      }
      if overflowed { throw .overflow(column: tally.name) }
      result.append(numbers)
    }
    return result
  }

  private func tabulations(_ shares: [WorkerShare]) -> [RowTabulation] {
    tables.indices.map { table in
      var merged = shares.first?.tabulations[table] ?? RowTabulation(tables[table].plan)
      for share in shares.dropFirst() { merged.merge(share.tabulations[table]) }
      merged.settle(tables[table].plan)
      return merged
    }
  }
}

/// Hands out numbers, each once, from 0.
private final class TaskCounter: Sendable {
  private let next = Atomic<Int>(0)

  func take(below count: Int) -> Int? {
    let number = next.add(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }

  func stop(at count: Int) { next.store(count, ordering: .relaxed) }
}
