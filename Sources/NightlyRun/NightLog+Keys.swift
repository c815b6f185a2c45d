import Files
import PrivacyLog
import Tabular

extension NightLog {
  /// What the log said of keys when it was opened.
  var keyLives: KeyLives { log.keyLives }
  /// What the log is called by its checkpoints.
  var origin: String { log.origin ?? "" }
  /// The day of the clock in UTC, by which runs are counted.
  var countedDay: CivilDate { CivilDate(dayNumber: Int(clock().floored(by: 86_400_000))) }

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
