import Tabular

extension UInt8 {
  static let semicolon = UInt8(ascii: ";")
  static let newline = UInt8(ascii: "\n")
}

// Text is built as UTF-8 bytes: a String for each cell of millions would cost more than the cell.
extension [UInt8] {
  mutating func append(text: String) {
    append(contentsOf: text.utf8)
  }

  /// Appends `number` in decimal digits, with zeros before it up to `width`.
  mutating func append(number: Int, width: Int = 1) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = count
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    while count - start < width { append(UInt8(ascii: "0")) }
    self[start...].reverse()
  }

  /// Appends `YYYY-MM-DD`.
  mutating func append(day number: Int) {
    append(date: CivilDate(dayNumber: number))
  }

  /// Appends `YYYY-MM-DD`, the parts that are not known as zeros.
  mutating func append(date: CivilDate, known: BirthDatePrecision = .day) {
    append(number: date.year, width: 4)
    append(UInt8(ascii: "-"))
    append(number: known >= .month ? date.month : 0, width: 2)
    append(UInt8(ascii: "-"))
    append(number: known >= .day ? date.day : 0, width: 2)
  }

  /// Appends the cells of a row, a semicolon between any two, and a line end.
  mutating func append(row cells: [String]) {
    for (position, cell) in cells.enumerated() {
      if position > 0 { append(.semicolon) }
      append(text: cell)
    }
    append(.newline)
  }
}

/// `number` in decimal digits, with zeros before it up to `width`.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
}
