import Diagnostics
import Files
import PipelineFile
import PrivacyLog

/// How often a key is used: each run is a question that can be asked of it.
extension NightKey {
  /// Refuses more runs than a day may have.
  ///
  /// The record counts the runs of all work folders and pipelines that have the key, those beside it
  /// the runs of pipelines that call it otherwise; the log is the second witness, for a record that was
  /// put back as it was before.
  ///
  /// - Throws: `KeyError.refused`.
  static func checkRuns(_ ring: KeyRing, _ log: NightLog) throws {
    guard !goesOn(log, ring.record) else { return }
    let day = log.countedDay
    let counted = ring.record.runs(on: day) + ring.runsUnderOtherNames(on: day)
    let count = max(counted + 1, log.runsToday)
    guard count > ring.record.dailyRuns else { return }
    let fault = KeyFault.dailyRuns(count: count, limit: ring.record.dailyRuns)
    throw KeyError.refused(fault, path: ring.recordPath)
  }

  /// Counts this run, and tells the records which pipeline uses their keys for which release.
  ///
  /// A run is counted when its deliveries are there and before a row is read: who tries again while one
  /// is late has asked nothing. One that goes on where a killed one stopped was counted then.
  ///
  /// - Throws: `KeyError`; `refused` when runs that began at once have taken what the day had left.
  func countRun(of pipeline: Pipeline, _ log: NightLog) throws {
    for name in recorded {
      let path = KeyRecord.path(ofKey: name, besidePipeline: pipeline.path)
      let lock = try KeyRecord.Lock(recordPath: path)
      defer { lock?.release() }
      guard var record = try KeyRecord.read(path, ofKey: name) else { continue }
      if !Self.goesOn(log, record) {
        do throws(KeyFault) {
          try record.countRun(log.run, on: log.countedDay)
        } catch {
          let refusal = KeyError.refused(error, path: path)
          try log.keyRefused(name: name, reason: refusal.word)
          throw refusal
        }
      }
      record.note(
        KeyRecord.Use(
          pipeline: pipeline.name,
          log: log.origin,
          release: pipeline.pseudonymise.release,
          day: log.today
        )
      )
      try record.write(to: path)
    }
  }

  /// Whether this run goes on where one stopped that was counted.
  private static func goesOn(_ log: NightLog, _ record: KeyRecord) -> Bool {
    log.interrupted.map { record.hasCounted($0) } ?? false
  }

  /// Warns when the key was used with another log of this pipeline: who watches that one sees nothing of
  /// this run.
  static func tellOtherLog(_ ring: KeyRing, _ log: NightLog, _ observer: any RunObserver) {
    let uses = ring.record.uses.filter { $0.pipeline == log.pipeline.name }
    guard let first = uses.first, !uses.contains(where: { $0.log == log.origin }) else { return }
    observer.warn(
      Diagnostic(
        .warning,
        at: Place(file: ring.recordPath),
        "key '\(ring.name)' was used with the log \(first.log) of this pipeline, and is now used with "
          + "another, \(log.origin)",
        hint: "leave out --work, or bring the work folder back; else tell the privacy officer"
      )
    )
  }
}
