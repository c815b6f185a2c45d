import Tabular

/// Who ran the pipeline, for whom and when.
struct RunFacts: Hashable {
  /// One user on one machine.
  struct Actor: Hashable {
    let user: String
    let uid: Int
    let role: String
    let onBehalfOf: String
    let host: String
    var runCount = 0
    var firstDay: Int
    var lastDay: Int
  }

  private(set) var actors: [Actor] = []
  /// Runs by others, for whom there was no room.
  private(set) var otherCount = 0
  private(set) var count = 0
  private(set) var endings = BoundedCounts()
  /// When the runs began, as minutes of the day.
  private(set) var earliest = Int.max
  private(set) var latest = Int.min
  /// When the run began that has not ended yet.
  private(set) var current: DutchTime?
  private var currentMilliseconds: Int64 = 0
  private(set) var longestMilliseconds: Int64 = 0

  private static let mostActors = 12

  /// Runs that ended in no way at all.
  var unfinished: Int { max(0, count - endings.total) }

  mutating func started(_ record: LogRecord, at time: DutchTime) {
    count = count.plus(1)
    current = time
    currentMilliseconds = record.milliseconds
    earliest = min(earliest, time.minuteOfDay)
    latest = max(latest, time.minuteOfDay)
    let told = record["actor"] ?? .null
    let actor = Actor(
      user: told.text("user"),
      uid: told.count("uid"),
      role: told.text("role"),
      onBehalfOf: told.text("for"),
      host: BoundedCounts.shortened(record["host"]?.stringValue ?? ""),
      firstDay: time.dayNumber,
      lastDay: time.dayNumber
    )
    let known = actors.firstIndex {
      $0.user == actor.user && $0.uid == actor.uid && $0.role == actor.role
        && $0.onBehalfOf == actor.onBehalfOf && $0.host == actor.host
    }
    if let known {
      actors[known].runCount += 1
      actors[known].lastDay = time.dayNumber
    } else if actors.count < Self.mostActors {
      actors.append(actor)
      actors[actors.count - 1].runCount = 1
    } else {
      otherCount = otherCount.plus(1)
    }
  }

  mutating func ended(_ record: LogRecord) {
    endings.add(record.outcome)
    if current != nil {
      longestMilliseconds = max(longestMilliseconds, record.milliseconds - currentMilliseconds)
    }
    current = nil
  }
}
