import Tabular

/// Objections that were applied.
struct ObjectionFacts: Hashable {
  private(set) var runCount = 0
  /// Of the last list.
  private(set) var personCount = 0
  private(set) var lastDay: DutchTime?

  mutating func take(_ record: LogRecord, at time: DutchTime) {
    runCount += 1
    personCount = record["persons"]?.count ?? 0
    lastDay = time
  }
}
