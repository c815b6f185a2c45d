import Tabular

/// The first days of the months that dates may lie in.
@safe final class MonthTable {
  static let firstYear = 1850
  static let lastYear = 2150

  /// The day number of the first of each month, from January of `firstYear`, and one month more.
  let firstDays: UnsafeMutablePointer<Int32>

  // Computed once; each worker has its copy near.
  private static let all: [Int32] = (0...(lastYear - firstYear + 1) * 12).map { month in
    let date = CivilDate(year: firstYear + month / 12, month: month % 12 + 1, day: 1)
    return Int32(date?.dayNumber ?? 0)
  }

  init() {
    let count = Self.all.count
    unsafe firstDays = .allocate(capacity: count)
    for month in 0..<count { unsafe (firstDays + month).initialize(to: Self.all[month]) }
  }

  deinit { unsafe firstDays.deallocate() }

  /// The day number, or nil if the calendar has no such day or the year is out of bounds.
  @inline(__always)
  func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
    // One comparison for both bounds: what lies below them is large without its sign.
    let yearNumber = UInt(bitPattern: year &- Self.firstYear)
    let monthNumber = UInt(bitPattern: month &- 1)
    let dayNumber = UInt(bitPattern: day &- 1)
    guard yearNumber <= UInt(Self.lastYear - Self.firstYear), monthNumber < 12 else { return nil }
    let place = Int(bitPattern: yearNumber &* 12 &+ monthNumber)
    let first = unsafe firstDays[place]
    let length = unsafe firstDays[place &+ 1] &- first
    guard dayNumber < UInt(truncatingIfNeeded: length) else { return nil }
    return Int64(first) &+ Int64(day &- 1)
  }
}

/// Year, month and day as they are written, not yet checked against the calendar.
private struct WrittenDate {
  var year = 0
  var month = 0
  var day = 0
}

/// Reads a column of dates: `YYYY-MM-DD` or `YYYYMMDD`, blanks around them.
///
/// Of a time the day counts as it is written, whatever its zone.
func parseDates(_ slice: ColumnSlice, _ months: MonthTable) {
  for row in 0..<slice.count {
    let length = unsafe slice.lengths[row]
    let field = unsafe slice.text + Int(slice.starts[row])
    guard let date = unsafe readDate(field, length) else {
      unsafe slice.values[row] = missingInteger
      if unsafe !isBlank(field, Int(length)) { unsafe slice.faults[row] = Fault.date }
      continue
    }
    if let number = months.dayNumber(date.year, date.month, date.day) {
      unsafe slice.values[row] = number
    } else {
      unsafe slice.values[row] = missingInteger
      unsafe slice.faults[row] = isPartial(date) ? Fault.datePartial : Fault.date
    }
  }
}

/// The cell of a date of which nothing is unknown, in a column of partial dates.
func partialDateCell(_ date: CivilDate) -> Int64 {
  Int64(date.year * 10_000 + date.month * 100 + date.day)
}

/// Reads a column of dates of which the day, the month or all may be 0: unknown.
///
/// - Parameters:
///   - slice: the fields.
///   - months: the calendar.
///   - last: the cell of the last day that may stand there. An unknown part counts as the earliest
///     that it can be.
func parsePartialDates(_ slice: ColumnSlice, _ months: MonthTable, last: Int64) {
  for row in 0..<slice.count {
    let length = unsafe slice.lengths[row]
    let field = unsafe slice.text + Int(slice.starts[row])
    unsafe slice.values[row] = missingInteger
    guard let date = unsafe readDate(field, length) else {
      if unsafe !isBlank(field, Int(length)) { unsafe slice.faults[row] = Fault.date }
      continue
    }
    if date.year == 0 && date.month == 0 && date.day == 0 { continue }
    guard months.dayNumber(date.year, date.month, date.day) != nil || isPartial(date) else {
      unsafe slice.faults[row] = Fault.date
      continue
    }
    let cell = Int64(date.year &* 10_000 &+ date.month &* 100 &+ date.day)
    if cell <= last {
      unsafe slice.values[row] = cell
    } else {
      unsafe slice.faults[row] = Fault.future
    }
  }
}

/// Whether the day, or day and month, are unknown and the rest is right.
private func isPartial(_ date: WrittenDate) -> Bool {
  date.day == 0 && date.month <= 12
    && date.year >= MonthTable.firstYear && date.year <= MonthTable.lastYear
    || date.year == 0 && date.month == 0 && date.day == 0
}

@inline(__always)
private func readDate(_ field: UnsafeMutablePointer<UInt8>, _ length: UInt32) -> WrittenDate? {
  var digits = unsafe loadWord(field) ^ 0x3030_3030_3030_3030
  if length == 10 {
    // `-` is 0x1D after the exclusive or.
    guard digits & 0xFF00_00FF_0000_0000 == 0x1D00_001D_0000_0000 else {
      return unsafe readDateOfMore(field, Int(length))
    }
    let days = unsafe loadWord(field + 2) ^ 0x3030_3030_3030_3030
    // The month one byte down, the day as it stands in the word two bytes on.
    digits =
      digits & 0x0000_0000_FFFF_FFFF | (digits >> 8) & 0x0000_FFFF_0000_0000
      | days & 0xFFFF_0000_0000_0000
  } else if length != 8 {
    return unsafe readDateOfMore(field, Int(length))
  }
  guard areDigits(digits) else { return unsafe readDateOfMore(field, Int(length)) }
  // Each two digits as a number, in every second byte.
  let pairs = digits &* 10 &+ (digits >> 8)
  return WrittenDate(
    year: number(pairs, 0) &* 100 &+ number(pairs, 16),
    month: number(pairs, 32),
    day: number(pairs, 48)
  )
}

/// Reads a day with blanks around it, or with a zone or a time behind it, as `xs:date`,
/// `xs:dateTime` and ISO 8601 have them.
@inline(never)
private func readDateOfMore(_ field: UnsafeMutablePointer<UInt8>, _ length: Int) -> WrittenDate? {
  guard length > 8 else { return nil }
  var start = 0
  var end = length
  while start < end, unsafe field[start] == UInt8(ascii: " ") { start += 1 }
  while end > start, unsafe field[end - 1] == UInt8(ascii: " ") { end -= 1 }
  let count = end - start
  if count == 8 || count == 10 {
    return count < length ? unsafe readDate(field + start, UInt32(count)) : nil
  }
  let dayCount = 10
  guard count > dayCount,
    unsafe isTimeOrZone(
      UnsafeBufferPointer(start: field + start + dayCount, count: count - dayCount)
    )
  else { return nil }
  return unsafe readDate(field + start, UInt32(dayCount))
}

/// Whether this may stand behind a day: `Thh:mm`, perhaps with seconds and their parts, and a zone,
/// each of which may be absent.
func isTimeOrZone(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  var place = 0
  func take(_ byte: UInt8) -> Bool {
    guard place < text.count, unsafe text[place] == byte else { return false }
    place += 1
    return true
  }
  func takeDigits(to limit: UInt8) -> Bool {
    guard place + 1 < text.count, unsafe text[place] ^ 0x30 <= 9, unsafe text[place + 1] ^ 0x30 <= 9
    else { return false }
    let number = unsafe (text[place] ^ 0x30) * 10 + (text[place + 1] ^ 0x30)
    place += 2
    return number <= limit
  }
  if take(UInt8(ascii: "T")) || take(UInt8(ascii: " ")) {
    guard takeDigits(to: 24), take(UInt8(ascii: ":")), takeDigits(to: 59) else { return false }
    if take(UInt8(ascii: ":")) {
      guard takeDigits(to: 60) else { return false }
      if take(UInt8(ascii: ".")) {
        let first = place
        while place < text.count, unsafe text[place] ^ 0x30 <= 9 { place += 1 }
        guard place > first else { return false }
      }
    }
  }
  if take(UInt8(ascii: "+")) || take(UInt8(ascii: "-")) {
    guard takeDigits(to: 14), take(UInt8(ascii: ":")), takeDigits(to: 59) else { return false }
  } else {
    _ = take(UInt8(ascii: "Z"))
  }
  return place == text.count
}

/// The number of two digits at this bit.
@inline(__always)
private func number(_ pairs: UInt64, _ bit: UInt64) -> Int {
  Int(truncatingIfNeeded: (pairs &>> bit) & 0xFF)
}

/// Whether a field holds blanks only, or nothing.
@inline(__always)
func isBlank(_ field: UnsafeMutablePointer<UInt8>, _ length: Int) -> Bool {
  for position in 0..<length where unsafe field[position] != UInt8(ascii: " ") {
    return false
  }
  return true
}
