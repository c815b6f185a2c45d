import Tabular

/// How the numbers of a column are written.
struct NumberForm {
  /// How many decimals the stored unit has: 2 for cents, 4 for ten-thousandths, 0 for numbers.
  let decimalCount: Int
  /// What stands before the decimals; nil where none may stand.
  let mark: UInt8?
  /// What may stand between groups of three digits; nil for nothing.
  var thousands: UInt8?
  /// What a value that is no number is refused with.
  let fault: UInt8
}

/// Reads a column of whole or decimal numbers; blanks around them go.
func parseNumbers(_ slice: ColumnSlice, _ form: NumberForm) {
  let isWhole = form.mark == nil
  for row in 0..<slice.count {
    let length = unsafe slice.lengths[row]
    let field = unsafe slice.text + Int(slice.starts[row])
    if isWhole, length &- 1 < 8 {
      // Up to eight digits: those that the word has too many are shifted out.
      let shift = 64 &- UInt64(length) &* 8
      let word = unsafe (loadWord(field) ^ 0x3030_3030_3030_3030) &<< shift
      if areDigits(word) {
        unsafe slice.values[row] = numberOfDigits(word)
        continue
      }
    }
    if isWhole, length &- 9 < 8 {
      // Nine to sixteen: the last eight, and those before them.
      let shift = 128 &- UInt64(length) &* 8
      let high = unsafe (loadWord(field) ^ 0x3030_3030_3030_3030) &<< shift
      let low = unsafe loadWord(field + Int(length &- 8)) ^ 0x3030_3030_3030_3030
      if areDigits(high) && areDigits(low) {
        unsafe slice.values[row] = numberOfDigits(high) &* 100_000_000 &+ numberOfDigits(low)
        continue
      }
    }
    unsafe parseRareNumber(field, Int(length), row, slice, form)
  }
}

@inline(never)
private func parseRareNumber(
  _ field: UnsafeMutablePointer<UInt8>,
  _ length: Int,
  _ row: Int,
  _ slice: ColumnSlice,
  _ form: NumberForm
) {
  if let number = unsafe readNumber(field, length, form) {
    unsafe slice.values[row] = number
  } else {
    unsafe slice.values[row] = missingInteger
    unsafe slice.faults[row] = form.fault
  }
}

/// Reads one number; blanks around it go.
///
/// - Returns: the number, `missingInteger` for a blank field, nil for what is none.
func readNumber(
  _ field: UnsafeMutablePointer<UInt8>,
  _ length: Int,
  _ form: NumberForm
) -> Int64? {
  var position = 0
  var end = length
  while position < end, unsafe field[position] == UInt8(ascii: " ") { position += 1 }
  while end > position, unsafe field[end - 1] == UInt8(ascii: " ") { end -= 1 }
  guard position < end else { return missingInteger }
  var isNegative = false
  let first = unsafe field[position]
  if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
    isNegative = first == UInt8(ascii: "-")
    position += 1
  }
  var number: Int64 = 0
  var digitCount = 0
  var decimals = -1
  // Digits since the last mark of thousands, or since the beginning.
  var groupCount = 0
  var isGrouped = false
  while position < end {
    let byte = unsafe field[position]
    if byte ^ 0x30 <= 9 {
      // Seventeen digits fit in 64 bits; leading zeros are none of them.
      if digitCount > 0 || byte != 0x30 { digitCount += 1 }
      guard digitCount <= 17, decimals < form.decimalCount else { return nil }
      number = number &* 10 &+ Int64(byte ^ 0x30)
      if decimals >= 0 { decimals += 1 } else { groupCount += 1 }
    } else if byte == form.mark, decimals < 0, groupCount > 0, !isGrouped || groupCount == 3 {
      decimals = 0
    } else if byte == form.thousands, decimals < 0,
      isGrouped ? groupCount == 3 : 1...3 ~= groupCount
    {
      isGrouped = true
      groupCount = 0
    } else {
      return nil
    }
    position += 1
  }
  guard unsafe field[end - 1] ^ 0x30 <= 9, !isGrouped || groupCount == 3 else { return nil }
  if form.mark != nil {
    for _ in max(0, decimals)..<form.decimalCount {
      let (scaled, overflow) = number.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      number = scaled
    }
  }
  return isNegative ? -number : number
}

/// Refuses the numbers of a column that lie outside its range.
func checkRange(_ slice: ColumnSlice, _ range: ClosedRange<Int64>) {
  for row in 0..<slice.count {
    let value = unsafe slice.values[row]
    if value != missingInteger && (value < range.lowerBound || value > range.upperBound) {
      unsafe slice.values[row] = missingInteger
      unsafe slice.faults[row] = Fault.range
    }
  }
}
