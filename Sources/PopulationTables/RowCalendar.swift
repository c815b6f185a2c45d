import PipelineFile
import Tabular

/// The days of which the rows of each source count.
struct RowCalendar: Sendable {
  /// When rows are, and the days of which they count.
  struct Frame: Sendable {
    let time: RowTime
    /// Days since 1970-01-01.
    let days: ClosedRange<Int64>
  }

  private let period: Period?
  private let time: [String: RowTime]

  init(_ stage: AggregateStage) {
    period = stage.period
    time = stage.time
  }

  /// When the rows of a source are; nil where nothing tells.
  func time(of source: String) -> RowTime? { time[source] }

  /// The last day of the period; nil without one.
  var end: Int64? { period.map { Int64($0.lastDay.dayNumber) } }

  /// The days of the window, or else of the period; nil where every row counts.
  func frame(of source: String, over window: Window? = nil) -> Frame? {
    guard let period, let time = time[source] else { return nil }
    let days = window?.days(around: period.lastDay) ?? period.firstDay...period.lastDay
    return Frame(
      time: time,
      days: Int64(days.lowerBound.dayNumber)...Int64(days.upperBound.dayNumber)
    )
  }
}
