import Tabular

/// Finds the period that a run is about.
enum PeriodReading {
  /// Why there is no period.
  struct Fault: Error, Hashable {
    let sentence: String
    let hint: String?
  }

  /// Reads `previous`, which counts from today, `2026-08` or `2026`.
  static func read(
    _ text: String,
    unit: Period.Unit,
    today: CivilDate
  ) throws(Fault) -> Period {
    if text == "previous" { return try previous(unit, before: today) }
    if text.contains("..") {
      throw Fault(
        sentence: "found a range of periods, expected one",
        hint: "koppel run alone takes a range, and runs each"
      )
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isNumeric = parts.allSatisfy { $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }
    if isNumeric, let first = parts.first, first.utf8.count == 4, let year = Int(first) {
      if parts.count == 1, unit == .year, let period = period(year: year) { return period }
      if parts.count == 2, unit == .month, parts[1].utf8.count == 2, let month = Int(parts[1]),
        let period = period(year: year, month: month)
      {
        return period
      }
    }
    let example = unit == .month ? "a month, as 2026-08" : "a year, as 2026"
    throw Fault(sentence: "found no such period, expected \(example), or previous", hint: nil)
  }

  /// The period that a day is of.
  static func period(of day: CivilDate, unit: Period.Unit) -> Period? {
    switch unit {
    case .year: period(year: day.year)
    case .month: period(year: day.year, month: day.month)
    }
  }

  private static func previous(
    _ unit: Period.Unit,
    before today: CivilDate
  ) throws(Fault) -> Period {
    let period =
      switch unit {
      case .year: period(year: today.year - 1)
      case .month where today.month == 1: period(year: today.year - 1, month: 12)
      case .month: period(year: today.year, month: today.month - 1)
      }
    guard let period else { throw Fault(sentence: "there is no previous period", hint: nil) }
    return period
  }

  private static func period(year: Int) -> Period? {
    guard let first = CivilDate(year: year, month: 1, day: 1),
      let last = CivilDate(year: year, month: 12, day: 31)
    else { return nil }
    let label = String(first.description.prefix(4))
    return Period(unit: .year, firstDay: first, lastDay: last, label: label)
  }

  private static func period(year: Int, month: Int) -> Period? {
    guard let first = CivilDate(year: year, month: month, day: 1),
      let last = CivilDate(
        year: year,
        month: month,
        day: CivilDate.dayCount(ofMonth: month, in: year)
      )
    else { return nil }
    let label = String(first.description.prefix(7))
    return Period(unit: .month, firstDay: first, lastDay: last, label: label)
  }
}
