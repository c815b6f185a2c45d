import Files
import PipelineFile
import PrivacyLog
import Tabular

extension NightLog {
  /// What the log said of keys when it was opened.
  var keyLives: KeyLives { log.keyLives }
  /// What the log is called by its checkpoints.
  var origin: String { log.origin ?? "" }
  /// The day of the clock in UTC, by which runs are counted.
  var countedDay: CivilDate { CivilDate(dayNumber: Int(clock().floored(by: 86_400_000))) }

  /// How many other logs tell of runs of this pipeline with the key, as the record knows; nil for none.
  func otherLogs(_ record: KeyRecord) -> JSONValue? {
    let others = record.uses.filter { $0.pipeline == pipeline.name && $0.log != origin }
    return others.isEmpty ? nil : .integer(Int64(others.count))
  }

  /// Tells of generations that ended without this log: by a change that was interrupted, or by another
  /// pipeline that has the key too.
  func keysEnded(_ name: String, _ record: KeyRecord) throws {
    for ended in record.endedUnknown(to: keyLives) {
      try append(
        ended.event,
        ended.outcome,
        ["key": .object(ended.key(named: name)), "record": .string(try record.digest())]
      )
    }
  }
}
