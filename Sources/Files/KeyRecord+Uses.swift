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

    package init(day: CivilDate, count: Int) {
      self.day = day
      self.count = count
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
  package mutating func countRun(on day: CivilDate) {
    runs = DayCount(day: day, count: runs(on: day) + 1)
  }

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
      members["runs"] = [
        "day": .string(runs.day.description), "count": .integer(Int64(runs.count)),
      ]
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
      let fields = try RecordFields(value, ["day", "count"])
      guard let day = try fields.day("day"), let count = value["count"]?.integerValue,
        0...1_000_000_000 ~= count
      else { throw .value("runs") }
      runs = DayCount(day: day, count: Int(count))
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
