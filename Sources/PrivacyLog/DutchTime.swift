package import Tabular

/// The clock on a Dutch wall: by the rule of directive 2000/84/EC, not by the machine's tables.
///
/// A night that begins at 00:30 belongs to the new day, and a report is the same on every machine.
package struct DutchTime: Hashable {
  /// Days since 1970-01-01.
  package let dayNumber: Int
  /// In 0..<1440.
  package let minuteOfDay: Int

  /// - Parameter milliseconds: since 1970, in UTC; within ±2⁵³.
  package init(milliseconds: Int64) {
    let offset: Int64 = Self.isSummer(milliseconds) ? 7_200_000 : 3_600_000
    let local = milliseconds + offset
    dayNumber = Int(local.floored(by: 86_400_000))
    minuteOfDay = Int((local - Int64(dayNumber) * 86_400_000) / 60_000)
  }

  package var date: CivilDate { CivilDate(dayNumber: dayNumber) }

  /// `HH:MM`.
  static func clock(_ minuteOfDay: Int) -> String {
    let parts = [minuteOfDay / 60, minuteOfDay % 60]
    return parts.map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: ":")
  }

  /// From the last Sunday of March, 01:00 UTC, to that of October.
  private static func isSummer(_ milliseconds: Int64) -> Bool {
    let year = CivilDate(dayNumber: Int(milliseconds.floored(by: 86_400_000))).year
    guard let march = CivilDate(year: year, month: 3, day: 31),
      let october = CivilDate(year: year, month: 10, day: 31)
    else { return false }
    let hour: Int64 = 3_600_000
    let start = Int64(lastSunday(march.dayNumber)) * 86_400_000 + hour
    let end = Int64(lastSunday(october.dayNumber)) * 86_400_000 + hour
    return start <= milliseconds && milliseconds < end
  }

  /// The last Sunday up to a day; 1970-01-01 was a Thursday.
  private static func lastSunday(_ dayNumber: Int) -> Int {
    let weekday = ((dayNumber + 4) % 7 + 7) % 7
    return dayNumber - weekday
  }
}
