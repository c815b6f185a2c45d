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
