import PipelineFile
import Tabular

/// The episodes of one kind, of all persons.
///
/// An episode begins on the day of a row that starts one, when none of the clean days before has
/// such a row; a row belongs to the latest that lasts on its day.
struct Episodes: Sendable {
  let definition: EpisodeDefinition
  /// Where the episodes of each person begin in `firstDays`, and at last their number.
  private let starts: [Int32]
  /// Ascending for each person.
  private let firstDays: [Int64]

  /// - Parameters:
  ///   - definition: of the kind.
  ///   - startKeys: `key(person:day:)` of every row that starts one, in any order.
  ///   - personCount: how many persons.
  ///   - end: the last day of the period: what begins later is not known yet.
  init(
    _ definition: EpisodeDefinition,
    startKeys: [UInt64],
    personCount: Int,
    end: Int64
  ) {
    self.definition = definition
    var keys = startKeys
    var none: [Int32] = []
    radixSort(&keys, carrying: &none)
    var starts = [Int32](repeating: 0, count: personCount + 1)
    var firstDays: [Int64] = []
    var last: (person: Int, day: Int64)?
    for key in keys {
      let (person, day) = Self.personAndDay(of: key)
      if day > end { continue }
      let isClean = last.map { $0.person != person || day - $0.day > definition.cleanDays } ?? true
      last = (person, day)
      if isClean {
        starts[person + 1] += 1
        firstDays.append(day)
      }
    }
    for person in 0..<personCount { starts[person + 1] += starts[person] }
    self.starts = starts
    self.firstDays = firstDays
  }

  var count: Int { firstDays.count }

  /// A number that orders persons, then days; nil for a day outside the calendar.
  static func key(person: Int32, day: Int64) -> UInt64? {
    guard person >= 0, civilDate(day) != nil else { return nil }
    return UInt64(UInt32(bitPattern: person)) << 32 | UInt64(day + firstDayNumber)
  }

  /// Before the first day of the calendar.
  private static let firstDayNumber: Int64 = 719_162

  private static func personAndDay(of key: UInt64) -> (person: Int, day: Int64) {
    (Int(key >> 32), Int64(key & 0xFFFF_FFFF) - firstDayNumber)
  }

  /// The numbers of a person's episodes.
  func numbers(of person: Int32) -> Range<Int> {
    Int(starts[Int(person)])..<Int(starts[Int(person) + 1])
  }

  /// The latest of these episodes that lasts on a day.
  func latest(of numbers: Range<Int>, on day: Int64) -> Int? {
    for number in numbers.reversed() where firstDays[number] <= day {
      return day < firstDays[number] + definition.lengthInDays ? number : nil
    }
    return nil
  }

  /// The last of a person's episodes that has ended by a day.
  func latestFinished(of person: Int32, end: Int64) -> Int? {
    numbers(of: person).last { firstDays[$0] + definition.lengthInDays - 1 <= end }
  }

  /// The day on which one begins.
  func firstDay(of number: Int) -> Int64 { firstDays[number] }

  /// What they tell of persons, by the names of the columns.
  ///
  /// - Parameters:
  ///   - amounts: what the rows of each episode come to.
  ///   - end: the last day of the period.
  /// - Returns: one value a person.
  func columns(amounts: [Int64], end: Int64) -> [(name: String, vector: Vector)] {
    let personCount = starts.count - 1
    var amount = [Int64](repeating: missingInteger, count: personCount)
    var finished = [Int64](repeating: 0, count: personCount)
    var open = finished
    for person in 0..<personCount {
      for number in numbers(of: Int32(person)) {
        if firstDays[number] + definition.lengthInDays - 1 <= end {
          finished[person] += 1
          amount[person] = amounts[number]
        } else {
          open[person] += 1
        }
      }
    }
    return [
      (definition.column(.amount), .integers(amount, .cents)),
      (definition.column(.count), .integers(finished, .number)),
      (definition.column(.open), .integers(open, .number)),
    ]
  }
}
