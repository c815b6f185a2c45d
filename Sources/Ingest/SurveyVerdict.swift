import Tabular

/// The type that the values of a column seem to have.
struct SurveyVerdict {
  private(set) var type = ColumnType.text
  private(set) var euros = false
  private(set) var range: ClosedRange<Int64>?
  private(set) var doubts: [String] = []
  /// Every value is of the type.
  private(set) var isClean = true

  private let column: SurveyColumn
  private var filled: Int { column.filledCount }

  init(_ column: SurveyColumn, _ hint: SurveyHint, mark: UInt8) {
    self.column = column
    guard column.filledCount > 0 else {
      type = hint.type ?? .text
      return
    }
    let counts = column.counts
    if take(.bsn, counts.bsn, least: hint.type == .bsn ? 0.5 : 0.8),
      counts.bsnShaped >= 5 || hint.type == .bsn
    {
      return
    }
    if hint.type == .bsn {
      doubts.append("\(counts.bsn) of \(filled) values pass the eleven-test of a BSN")
    }
    restart()
    if take(.postcode, counts.postcode) { return }
    if takeDate(hint) { return }
    if hint.type == .name {
      type = .name
      return
    }
    if takeNumber(hint, mark: mark) { return }
    restart()
    if take(.yesNo, counts.yesNo, least: 1), counts.letters > 0, column.distinctCount == 2 {
      return
    }
    restart()
    type = isCode(hint) ? .code : .text
    if counts.dayFirst * 10 >= filled * 9 {
      doubts.append("dates with the day first, which this version cannot read: ask for YYYY-MM-DD")
    }
  }

  private mutating func restart() {
    type = .text
    isClean = true
  }

  /// Takes a type if that share of the values is of it.
  private mutating func take(_ wanted: ColumnType, _ count: Int, least: Double = 0.95) -> Bool {
    guard count > 0, Double(count) >= Double(filled) * least else { return false }
    type = wanted
    isClean = count == filled
    if !isClean {
      doubts.append("\(filled - count) of \(filled) values are no \(wanted.rawValue)")
    }
    return true
  }

  private mutating func takeDate(_ hint: SurveyHint) -> Bool {
    let counts = column.counts
    // Eight digits are a date as often as a number; a year of our time speaks for the date.
    guard counts.date + counts.dateTime > 0 || hint.type == .partialDate else { return false }
    let isPartial = hint.type == .partialDate || counts.partialDate > 0
    let count = counts.date + counts.dateTime + counts.partialDate
    guard take(isPartial ? .partialDate : .date, count) else { return false }
    if counts.dateTime > 0 { doubts.append("of times the day is read") }
    return true
  }

  private mutating func takeNumber(_ hint: SurveyHint, mark: UInt8) -> Bool {
    let counts = column.counts
    let place = mark == UInt8(ascii: ",") ? 1 : 0
    let cents = counts.twoDecimals[place]
    let fine = counts.fourDecimals[place]
    let finer = counts.moreDecimals.reduce(0, +)
    if cents + fine + finer > 0 {
      let readable = counts.integer + cents + fine
      if finer > 0 {
        doubts.append("more than four decimals are read as text only")
        return false
      }
      if counts.leadingZero > 0, cents + fine == 0 { return false }
      if fine == 0, hint.isMoney || cents == filled {
        euros = true
        if !hint.isMoney { doubts.append("money, or a decimal?") }
        return take(.money, readable)
      }
      return take(.decimal, readable)
    }
    guard counts.integer > 0, counts.leadingZero == 0, !hint.isCode,
      hint.privacyClass != .direct,
      hint.isMoney || !(column.isUnique && column.mostDigits >= 6)
    else { return false }
    if hint.isMoney {
      guard take(.money, counts.integer) else { return false }
      doubts.append("whole numbers: cents, or euros?")
      return true
    }
    if hint.privacyClass == .sensitive { return false }
    guard take(.integer, counts.integer) else { return false }
    if counts.negative == 0, column.mostDigits <= 9 {
      var bound: Int64 = 1
      for _ in 0..<max(5, column.mostDigits) { bound *= 10 }
      range = 0...(bound - 1)
      doubts.append("the range is a guess")
    }
    return true
  }

  private func isCode(_ hint: SurveyHint) -> Bool {
    if hint.isFreeText || hint.type == .text { return false }
    if hint.type == .code || hint.isCode { return true }
    guard let distinct = column.distinctCount, column.longest <= 40 else { return false }
    guard column.counts.moreDecimals.allSatisfy({ $0 == 0 }) else { return false }
    return distinct <= 200 && distinct * 4 <= filled
      || column.counts.letters == 0 && distinct <= 1000 && distinct * 2 <= filled
  }
}
