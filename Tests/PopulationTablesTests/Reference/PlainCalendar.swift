import PipelineFile

@testable import Tabular

/// Who and what counts, day by day.
struct PlainCalendar {
  let stage: AggregateStage

  /// Whether a person lives here on the day.
  func counts(_ person: PlainRecord) -> Bool {
    guard let population = stage.population, population.residence != nil else { return true }
    return isHere(person, on: population.on)
  }

  /// The days of a person in the period: each is so many parts of 1/(365 · 366) year.
  func yearParts(_ person: PlainRecord) -> Int {
    guard let period = stage.period else { return 0 }
    return (period.firstDay.dayNumber...period.lastDay.dayNumber).reduce(0) { parts, day in
      let year = CivilDate(dayNumber: day).year
      let part = CivilDate(year: year, month: 2, day: 29) == nil ? 366 : 365
      return parts + (isHere(person, on: Int64(day)) ? part : 0)
    }
  }

  func counts(_ row: PlainRow, over window: Window? = nil) -> Bool {
    guard let days = days(over: window), let time = stage.time[row.source] else { return true }
    return days.contains { isOn($0, row, time) }
  }

  /// The number of a row that a sum adds; nil when there is none.
  func addend(_ column: String, of row: PlainRow, over window: Window? = nil) -> Int64? {
    guard let number = row.values[column]?.integer else { return nil }
    guard column == "amount", let days = days(over: window),
      case .spell(let start, let end)? = stage.time[row.source]
    else { return number }
    guard let first = row.values[start]?.integer, let last = row.values[end]?.integer else {
      return nil
    }
    let length = last - first + 1
    func spent(_ day: Int64) -> Int64 {
      let product = number * day
      return product / length - (product % length < 0 ? 1 : 0)
    }
    return (first...last).filter(days.contains).reduce(0) { sum, day in
      sum + spent(day - first + 1) - spent(day - first)
    }
  }

  /// Nil without a period.
  private func days(over window: Window?) -> ClosedRange<Int64>? {
    guard let period = stage.period else { return nil }
    guard let window else {
      return Int64(period.firstDay.dayNumber)...Int64(period.lastDay.dayNumber)
    }
    // Month by month.
    var day = period.lastDay.dayNumber + 1
    for _ in 0..<window.months {
      let month = CivilDate(dayNumber: window.side == .last ? day - 1 : day)
      let length = CivilDate.dayCount(ofMonth: month.month, in: month.year)
      day += window.side == .last ? -length : length
    }
    return window.side == .last
      ? Int64(day)...Int64(period.lastDay.dayNumber)
      : Int64(period.lastDay.dayNumber + 1)...Int64(day - 1)
  }

  private func isOn(_ day: Int64, _ row: PlainRow, _ time: RowTime) -> Bool {
    switch time {
    case .day(let column): return row.values[column]?.integer == day
    case .spell(let start, let end):
      guard let first = row.values[start]?.integer, first <= day else { return false }
      return row.values[end]?.integer.map { day <= $0 } ?? true
    }
  }

  private func isHere(_ person: PlainRecord, on day: Int64) -> Bool {
    guard let residence = stage.population?.residence else { return true }
    return (person[residence.movedIn]?.integer ?? .min) <= day
      && day < (person[residence.movedOut]?.integer ?? .max)
  }
}
