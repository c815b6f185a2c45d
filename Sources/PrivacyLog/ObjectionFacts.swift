import Tabular

/// Objections that were applied.
struct ObjectionFacts: Hashable {
  private(set) var runCount = 0
  /// Of the last list.
  private(set) var personCount = 0
  /// Of the last run, source by source: rows in which nobody's objection can be found.
  private(set) var unmatched: [Int] = []
  private(set) var lastDay: DutchTime?

  mutating func take(_ record: LogRecord, at time: DutchTime) {
    runCount += 1
    personCount = record["persons"]?.count ?? 0
    unmatched = (record["unmatched"]?.objectValue ?? [:]).values.prefix(BoundedCounts.mostNames)
      .map(\.count)
    lastDay = time
  }
}
