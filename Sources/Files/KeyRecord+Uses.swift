package import Tabular

/// Who uses a key, and how often; kept with the key, so that another work folder begins no new count.
extension KeyRecord {
  /// What a pipeline used the key for, as one log tells it.
  package struct Use: Sendable, Equatable {
    package let pipeline: String
    /// What that pipeline's log is called by its checkpoints.
    package let log: String
    /// The release that it made tokens of last.
    package let release: String
    /// The day of that.
    package let day: CivilDate

    package init(pipeline: String, log: String, release: String, day: CivilDate) {
      self.pipeline = pipeline
      self.log = log
      self.release = release
      self.day = day
    }
  }

  /// Runs of one day, in UTC.
  package struct DayCount: Sendable, Equatable {
    package var day: CivilDate
    package var count: Int
    /// The last of them; empty when none is known.
    package var run: String

    package init(day: CivilDate, count: Int, run: String = "") {
      self.day = day
      self.count = count
      self.run = run
    }
  }

  /// So many pipelines and logs are known at once; those that used the key longest ago are left out.
  static let mostUses = 100

  /// How many runs used the key on a day, in UTC.
  package func runs(on day: CivilDate) -> Int {
    guard let runs, runs.day == day else { return 0 }
    return runs.count
  }

  /// Counts a run; whether it is one of those that count is decided by who calls.
  ///
  /// Runs that began at once all found room when they opened the key: the last place is taken here.
  ///
  /// - Throws: `dailyRuns` when the day has had all it may have; then nothing is counted.
  package mutating func countRun(_ run: String, on day: CivilDate) throws(KeyFault) {
    let count = runs(on: day) + 1
    guard count <= dailyRuns else { throw .dailyRuns(count: count, limit: dailyRuns) }
    runs = DayCount(day: day, count: count, run: run)
  }

  /// Whether a run was the last that was counted: one that goes on where it stopped is none of its own.
  ///
  /// A run that was killed before it was counted gives nobody a run for nothing.
  package func hasCounted(_ run: String) -> Bool { !run.isEmpty && runs?.run == run }

  /// Keeps what the key is used for now, in place of what that pipeline and log used it for before.
  package mutating func note(_ use: Use) {
    if let place = uses.firstIndex(where: { $0.pipeline == use.pipeline && $0.log == use.log }) {
      uses[place] = use
    } else {
      uses.append(use)
    }
    guard uses.count > Self.mostUses else { return }
    if let oldest = uses.indices.min(by: { uses[$0].day < uses[$1].day }) {
      uses.remove(at: oldest)
    }
  }

  /// What a pipeline used the key for last, as one log tells it; nil when it never did.
  package func use(by pipeline: String, log: String) -> Use? {
    uses.first { $0.pipeline == pipeline && $0.log == log }
  }
}

extension KeyRecord {
  /// The members that hold runs and uses; none when there are none.
  var useMembers: [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    if let runs {
      var told: [String: JSONValue] = [
        "day": .string(runs.day.description), "count": .integer(Int64(runs.count)),
      ]
      if !runs.run.isEmpty { told["run"] = .string(runs.run) }
      members["runs"] = .object(told)
    }
    if !uses.isEmpty {
      members["used_by"] = .array(
        uses.map {
          [
            "pipeline": .string($0.pipeline), "log": .string($0.log),
            "release": .string($0.release), "day": .string($0.day.description),
          ]
        }
      )
    }
    return members
  }

  /// Reads those members.
  mutating func readUses(_ json: JSONValue) throws(KeyRecordFault) {
    if let value = json["runs"] {
      let fields = try RecordFields(value, ["day", "count", "run"])
      guard let day = try fields.day("day"), let count = value["count"]?.integerValue,
        0...1_000_000_000 ~= count
      else { throw .value("runs") }
      let run = value["run"] == nil ? "" : try fields.text("run")
      runs = DayCount(day: day, count: Int(count), run: run)
    }
    guard let value = json["used_by"] else { return }
    guard let list = value.arrayValue, list.count <= Self.mostUses else { throw .value("used_by") }
    for entry in list {
      let fields = try RecordFields(entry, ["pipeline", "log", "release", "day"])
      guard let day = try fields.day("day") else { throw .value("used_by") }
      uses.append(
        Use(
          pipeline: try fields.text("pipeline"),
          log: try fields.text("log"),
          release: try fields.text("release"),
          day: day
        )
      )
    }
  }
}
