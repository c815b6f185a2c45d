import PipelineFile
import Tabular

/// Whether a delivery that has not come is late: by what was agreed, and the clock in Amsterdam.
///
/// It decides what is told and logged, and nothing else: how a run ends and what it publishes follow
/// from the files alone, so that the same night gives the same bytes at any hour.
struct Lateness: Sendable, Equatable {
  private enum State: Equatable {
    /// Today's hour has yet to come.
    case notDue
    /// Today's hour has passed.
    case late
    /// The period is an earlier one: its hour passed on another day.
    case longLate
  }

  /// As `02:00`; nil where nothing is agreed.
  let due: String?
  private let state: State

  /// Judges.
  ///
  /// - Parameters:
  ///   - due: a time of day, `00:00` to `23:59`; nil where nothing is agreed.
  ///   - period: of the run; nil where the pipeline has none.
  ///   - now: milliseconds since 1970 in UTC.
  init(due: String?, period: Period?, now: Int64) {
    self.due = due
    let parts = (due ?? "").split(separator: ":").compactMap { Int($0) }
    if let period, Self.isPast(period, on: day(ofMilliseconds: now)) {
      state = .longLate
    } else if parts.count == 2, parts[0] * 60 + parts[1] > minuteOfDay(ofMilliseconds: now) {
      state = .notDue
    } else {
      state = .late
    }
  }

  /// Whether the hour has passed, or none was agreed.
  var isLate: Bool { state != .notDue }

  /// What follows a sentence about the absence; nothing where nothing is agreed.
  var clause: String {
    guard let due else { return "" }
    switch state {
    case .notDue: return ", not due until \(due)"
    case .late: return ", late since \(due)"
    case .longLate: return ", late since \(due) of an earlier day"
    }
  }

  /// Whether another period has ended since.
  private static func isPast(_ period: Period, on today: CivilDate) -> Bool {
    let years = today.year - period.firstDay.year
    switch period.unit {
    case .year: return years > 1
    case .month: return years * 12 + today.month - period.firstDay.month > 1
    }
  }
}

extension Night {
  /// Whether a delivery of a source that has not come is late now.
  func lateness(of source: Source) -> Lateness {
    Lateness(due: source.delivery.due, period: pipeline.period, now: clock())
  }
}
