import Tabular
import Testing

@Suite struct TimestampTests {
  @Test(
    "a moment is told in UTC to the millisecond, before 1970 too",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_785_549_723_123, "2026-08-01T02:02:03.123Z"),
      (-1, "1969-12-31T23:59:59.999Z"), (-86_400_000, "1969-12-31T00:00:00.000Z"),
    ] as [(Int64, String)]
  )
  func moments(milliseconds: Int64, text: String) {
    #expect(timestamp(milliseconds) == text)
  }

  @Test("no number makes it trap, nor has a fraction of four digits")
  func extremes() {
    for milliseconds in [Int64.min, .min + 1, .min + 807, .min + 808, .max] {
      #expect(timestamp(milliseconds).split(separator: ".").last?.count == 4, "\(milliseconds)")
    }
  }

  @Test("a quotient is rounded down on both sides of nought")
  func floors() {
    for (number, quotient) in [(-11, -2), (-10, -1), (-1, -1), (0, 0), (9, 0), (10, 1)] {
      #expect(Int64(number).floored(by: 10) == Int64(quotient))
    }
  }
}
