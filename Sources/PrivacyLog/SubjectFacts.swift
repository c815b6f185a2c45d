import Tabular

/// Requests of persons about themselves.
struct SubjectFacts: Hashable {
  private(set) var asked = 0
  private(set) var answered = 0
  private(set) var lastDay: DutchTime?

  mutating func take(_ record: LogRecord, at time: DutchTime) {
    if record.outcome == "asked" { asked += 1 } else { answered += 1 }
    lastDay = time
  }
}
