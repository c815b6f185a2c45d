import Testing

@testable import Tabular

@Suite("Civil dates")
struct CivilDateTests {
  @Test("every day of 400 years goes to its number and back, one after the other")
  func roundTrip() {
    var expected = CivilDate(year: 1800, month: 1, day: 1)?.dayNumber ?? 0
    var count = 0
    for year in 1800..<2200 {
      for month in 1...12 {
        for day in 1...CivilDate.dayCount(ofMonth: month, in: year) {
          guard let date = CivilDate(year: year, month: month, day: day) else {
            Issue.record("no \(year)-\(month)-\(day)")
            return
          }
          if date.dayNumber != expected || CivilDate(dayNumber: expected) != date {
            Issue.record("\(date) is not day \(expected)")
            return
          }
          expected += 1
          count += 1
        }
      }
    }
    #expect(count == 146_097)
  }

  @Test("known days have known numbers")
  func knownDays() {
    #expect(CivilDate("1970-01-01")?.dayNumber == 0)
    #expect(CivilDate("2000-03-01")?.dayNumber == 11_017)
    #expect(CivilDate("1969-12-31")?.dayNumber == -1)
    #expect(CivilDate(dayNumber: 20_000).description == "2024-10-04")
  }

  @Test(
    "what is no date is none",
    arguments: [
      "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "20240101", "2024-01-32", "1900-02-29",
      "+024-01-01", "2024-01-01 ", "", "二〇二四-01-01",
    ]
  )
  func refusals(text: String) {
    #expect(CivilDate(text) == nil)
  }
}
