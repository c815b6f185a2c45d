import Tabular
import Testing

@testable import NightlyRun

@Suite("Texts")
struct TextsTests {
  @Test(
    "numbers are grouped by thousands",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (6_036_477, "6,036,477"), (-1234, "-1,234"),
    ]
  )
  func groups(number: Int, text: String) {
    #expect(grouped(number) == text)
  }

  @Test(
    "a share is told in percent, and never as none when there is some",
    arguments: [
      (0.0, "0 %"), (0.0004, "under 0.1 %"), (0.001, "0.1 %"), (0.018, "1.8 %"), (0.05, "5 %"),
      (0.187, "19 %"), (1.0, "100 %"),
    ]
  )
  func percents(share: Double, text: String) {
    #expect(percent(share) == text)
  }

  @Test("a moment is told in UTC, before 1970 too")
  func timestamps() {
    #expect(timestamp(0) == "1970-01-01T00:00:00.000Z")
    #expect(timestamp(1_785_549_723_123) == "2026-08-01T02:02:03.123Z")
    #expect(timestamp(-1) == "1969-12-31T23:59:59.999Z")
    #expect(day(ofMilliseconds: 1_785_549_723_123) == CivilDate("2026-08-01"))
  }

  @Test("the day is that of the Netherlands, in summer and in winter")
  func days() {
    // 2026-07-31 22:30 and 21:30 in UTC; 2026-01-31 23:30 and 22:30.
    #expect(day(ofMilliseconds: 1_785_537_000_000) == CivilDate("2026-08-01"))
    #expect(day(ofMilliseconds: 1_785_533_400_000) == CivilDate("2026-07-31"))
    #expect(day(ofMilliseconds: 1_769_902_200_000) == CivilDate("2026-02-01"))
    #expect(day(ofMilliseconds: 1_769_898_600_000) == CivilDate("2026-01-31"))
  }

  @Test("one is one, others are several")
  func counts() {
    #expect(counted(1, "file") == "1 file")
    #expect(counted(1200, "file") == "1,200 files")
  }
}
