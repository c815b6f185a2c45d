package import Diagnostics
import PipelineFile
import Tabular

/// Several periods, one after the other: each a run of its own, with its own release, manifest and part
/// of the privacy log.
///
/// It stops at the first that fails. A period whose release stands already, and was made of what its
/// run would be made of now, has nothing to do (`Night.standsAlready`); so whoever cured what failed
/// says the same again, and a backfill that was killed goes on where it was.
package struct Backfill {
  private let path: String
  private let options: RunOptions
  /// The labels of the periods, the earliest first.
  private let periods: [String]

  /// Nil where no range is asked for.
  ///
  /// - Parameters:
  ///   - path: of the pipeline file.
  ///   - options: what the user asked; `period` among its settings is the range.
  ///   - clock: milliseconds since 1970 in UTC.
  /// - Throws: what is wrong with the file or the range, before any period runs.
  package init?(
    path: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64
  ) throws {
    guard let range = options.settings["period"], range.contains("..") else { return nil }
    self.path = path
    self.options = options
    let first = range.split(separator: ".").first.map(String.init) ?? ""
    let pipeline = try loadPipeline(path: path, Self.options(options, period: first), clock: clock)
      .pipeline
    guard let unit = pipeline.period?.unit else { return nil }
    periods = try Period.labels(of: range, unit: unit)
    guard periods.count > 1, !pipeline.endsWithLinks else { return }
    let last = try loadPipeline(
      path: path,
      Self.options(options, period: periods[periods.count - 1]),
      clock: clock
    ).pipeline
    guard pipeline.publish.to != last.publish.to else {
      throw PipelineFileError.settings([
        Diagnostic(
          "--set period: several periods would leave in one folder, each in place of the one before",
          hint: "name {period} in 'publish: to'"
        )
      ])
    }
  }

  /// Runs the periods.
  ///
  /// - Parameters:
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - observer: whom to tell.
  ///   - tell: called with the outcome of each run.
  /// - Returns: `warnings` where a run ended so, else `success`.
  /// - Throws: `StoppedBackfill`, with what the first run that failed threw.
  package func run(
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver,
    tell: (RunOutcome) -> Void
  ) throws -> ExitStatus {
    var status = ExitStatus.success
    var standing = 0
    for (number, period) in periods.enumerated() {
      let options = Self.options(options, period: period)
      do {
        if let folder = try Night.standsAlready(path: path, options: options, clock: clock) {
          standing += 1
          observer.note(
            "\(period): nothing to do, its release stands in \(escapedForTerminal(folder))"
          )
          continue
        }
        observer.note("\(period): run \(number + 1) of \(periods.count)")
        let outcome = try Night.run(path: path, options: options, clock: clock, observer: observer)
        tell(outcome)
        if outcome.exitStatus != .success { status = outcome.exitStatus }
      } catch let error as any KoppelError {
        throw StoppedBackfill(
          cause: error,
          at: period,
          done: Array(periods[..<number]),
          left: Array(periods[(number + 1)...])
        )
      }
    }
    observer.note(
      "\(counted(periods.count, "period")): \(periods.count - standing) run, \(standing) with nothing "
        + "to do"
    )
    return status
  }

  /// The options of the run of one period.
  private static func options(_ options: RunOptions, period: String) -> RunOptions {
    var own = options
    own.settings["period"] = period
    return own
  }
}
