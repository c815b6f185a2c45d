import Tabular

extension PeriodReading {
  /// Reads several periods: the first and the last, as `2025-01..2026-08`, or one alone; a year of
  /// months is its months.
  ///
  /// - Parameters:
  ///   - text: as it is written.
  ///   - unit: of the periods.
  ///   - most: so many there may be.
  /// - Returns: without a gap, the earliest first; nil for anything else.
  static func range(_ text: String, unit: Period.Unit, most: Int) -> [Period]? {
    // `previous` counts from a day, and there is none.
    guard text.utf8.allSatisfy({ 0x2D...0x39 ~= $0 }) else { return nil }
    var ends = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if ends.count == 1, unit == .month, text.utf8.count == 4 {
      ends = ["\(text)-01", "", "\(text)-12"]
    }
    guard ends.count == 1 || ends.count == 3 && ends[1].isEmpty,
      let firstText = ends.first, let lastText = ends.last,
      let first = try? read(firstText, unit: unit, today: noDay),
      let last = try? read(lastText, unit: unit, today: noDay), first.firstDay <= last.firstDay
    else { return nil }
    var periods = [last]
    while let earliest = periods.last, earliest.firstDay > first.firstDay {
      guard periods.count < most,
        let before = try? read("previous", unit: unit, today: earliest.firstDay)
      else { return nil }
      periods.append(before)
    }
    return periods.reversed()
  }

  private static let noDay = CivilDate(dayNumber: 0)
}
