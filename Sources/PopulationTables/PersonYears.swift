import PipelineFile
import Tabular

/// The time that each person lived here in the period, in whole parts of a year.
///
/// A day is 1/365 of its calendar year, or 1/366: both are whole numbers of parts, so that sums are
/// exact in any order.
struct PersonYears {
  /// 365 · 366.
  static let partsOfYear: Int64 = 133_590

  /// One a person; 0 for all without a period.
  let parts: [Int64]
  /// Nothing tells who lived here when: everyone has the full period.
  let isSnapshot: Bool

  /// - Throws: `noColumn`, `typeMismatch` when the residents lack the dates.
  init(_ stage: AggregateStage, residents: Table) throws(PopulationTablesError) {
    let residence = stage.population?.residence
    isSnapshot = residence == nil
    guard let period = stage.period else {
      parts = [Int64](repeating: 0, count: residents.rowCount)
      return
    }
    let (first, end) = (period.firstDay, CivilDate(dayNumber: period.lastDay.dayNumber + 1))
    let full = Self.parts(from: first, before: end)
    guard let residence else {
      parts = [Int64](repeating: full, count: residents.rowCount)
      return
    }
    let movedIn = try residents.days(named: residence.movedIn)
    let movedOut = try residents.days(named: residence.movedOut)
    let days = (first: Int64(first.dayNumber), end: Int64(end.dayNumber))
    parts = movedIn.indices.map { person in
      let start = max(movedIn[person], days.first)
      let stop = movedOut[person] == missingInteger ? days.end : min(movedOut[person], days.end)
      if start == days.first, stop == days.end { return full }
      guard start < stop else { return 0 }
      return Self.parts(
        from: CivilDate(dayNumber: Int(start)),
        before: CivilDate(dayNumber: Int(stop))
      )
    }
  }

  /// The parts from one day to the day before another.
  static func parts(from first: CivilDate, before end: CivilDate) -> Int64 {
    guard first < end else { return 0 }
    var parts: Int64 = 0
    for year in first.year...end.year {
      let start = CivilDate(year: year, month: 1, day: 1).map { max($0, first) } ?? first
      let next = CivilDate(year: year + 1, month: 1, day: 1).map { min($0, end) } ?? end
      let isLeap = CivilDate.dayCount(ofMonth: 2, in: year) == 29
      parts += Int64(max(0, next.dayNumber - start.dayNumber)) * (isLeap ? 365 : 366)
    }
    return parts
  }

  /// Parts as years, in millionths, rounded to the nearest.
  static func millionths(_ parts: Int64) -> Int64 {
    Int64((Int128(parts) * 2_000_000 + Int128(partsOfYear)) / Int128(2 * partsOfYear))
  }
}
