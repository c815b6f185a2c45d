import Tabular
import Testing

@testable import NightlyRun
@testable import PipelineFile

@Suite("Whether a delivery is late")
struct LatenessTests {
  /// Milliseconds of a moment in UTC.
  private func moment(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int) -> Int64 {
    let days = CivilDate(year: year, month: month, day: day)?.dayNumber ?? 0
    return (Int64(days) * 1440 + Int64(hour * 60 + minute)) * 60_000
  }

  private func month(_ text: String) throws -> Period {
    let today = try #require(CivilDate(year: 2026, month: 9, day: 10))
    return try PeriodReading.read(text, unit: .month, today: today)
  }

  @Test(
    "it is due at that hour in Amsterdam, in summer and in winter",
    arguments: [
      // Summer: 02:00 is midnight in UTC.
      (8, 23, 59, ", not due until 02:00"), (9, 0, 0, ", late since 02:00"),
      (9, 12, 0, ", late since 02:00"), (9, 22, 0, ", not due until 02:00"),
    ]
  )
  func hours(day: Int, hour: Int, minute: Int, clause: String) throws {
    let now = moment(2026, 9, day, hour, minute)
    let lateness = Lateness(due: "02:00", period: try month("2026-08"), now: now)
    #expect(lateness.clause == clause)
    #expect(lateness.isLate == clause.contains("late"))
    #expect(Lateness(due: "02:00", period: nil, now: now) == lateness)
    // Winter: it is one in the morning in UTC.
    let winter = Lateness(due: "02:00", period: nil, now: now + 3_600_000 + 150 * 86_400_000)
    #expect(winter == lateness)
  }

  @Test("of a period after which another has ended it is late at any hour")
  func earlierPeriods() throws {
    for hour in 0..<24 {
      let now = moment(2026, 9, 10, hour, 30)
      let july = Lateness(due: "23:59", period: try month("2026-07"), now: now)
      #expect(july.clause == ", late since 23:59 of an earlier day")
      #expect(july.isLate)
    }
    let now = moment(2026, 1, 10, 0, 30)
    let december = Lateness(due: "23:59", period: try month("2025-12"), now: now)
    #expect(december.clause == ", not due until 23:59")
    let november = Lateness(due: "23:59", period: try month("2025-11"), now: now)
    #expect(november.isLate)
  }

  @Test("where nothing is agreed nothing is said, and what is not there is late")
  func nothingAgreed() {
    let lateness = Lateness(due: nil, period: nil, now: 0)
    #expect(lateness.clause == "" && lateness.isLate && lateness.due == nil)
  }
}
