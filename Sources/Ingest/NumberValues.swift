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

  /// Bytes of the values that are read as words of digits.
  ///
  /// With marks between thousands only those that need none: of others the words are never digits.
  fileprivate var wordLimit: UInt32 {
    guard thousands != nil else { return 16 }
    return mark == nil ? 3 : 4 + UInt32(min(2, decimalCount))
  }
}

/// Reads a column of whole or decimal numbers; blanks around them go.
func parseNumbers(_ slice: ColumnSlice, _ form: NumberForm) {
  if let mark = form.mark {
    parseDecimalNumbers(slice, form, mark)
  } else {
    parseWholeNumbers(slice, form)
  }
}

private func parseWholeNumbers(_ slice: ColumnSlice, _ form: NumberForm) {
  let missing = missingInteger
  let wordLimit = form.wordLimit
  for row in 0..<slice.count {
    let length = unsafe slice.lengths[row]
    let field = unsafe slice.text + Int(slice.starts[row])
    if length > wordLimit {
      unsafe parseRareNumber(field, Int(length), row, slice, form)
      continue
    }
    if length <= 8 {
      let word = unsafe lastDigits(field, length)
      if areDigits(word) {
        // Any number of fields may be empty: nothing branches on it.
        let number = numberOfDigits(word)
        unsafe slice.values[row] = length == 0 ? missing : number
        continue
      }
    } else {
      // The last eight, and those before them.
      let high = unsafe lastDigits(field, length &- 8)
      let low = unsafe loadWord(field + Int(length &- 8)) ^ 0x3030_3030_3030_3030
      if areDigits(high) && areDigits(low) {
        unsafe slice.values[row] = numberOfDigits(high) &* 100_000_000 &+ numberOfDigits(low)
        continue
      }
    }
    unsafe parseRareNumber(field, Int(length), row, slice, form)
  }
}

private func parseDecimalNumbers(_ slice: ColumnSlice, _ form: NumberForm, _ mark: UInt8) {
  let missing = missingInteger
  let marks = UInt64(mark ^ 0x30) &* 0x0101_0101_0101_0101
  let decimalCount = UInt64(truncatingIfNeeded: form.decimalCount)
  let wordLimit = form.wordLimit
  let scales: SIMD8<Int64> = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]
  for row in 0..<slice.count {
    let length = unsafe slice.lengths[row]
    let field = unsafe slice.text + Int(slice.starts[row])
    if length <= wordLimit {
      let hasMore = length > 8
      let low =
        hasMore
        ? unsafe loadWord(field + Int(length &- 8)) ^ 0x3030_3030_3030_3030
        : unsafe lastDigits(field, length)
      let high = hasMore ? unsafe lastDigits(field, length &- 8) : 0
      let (digits, decimals) = withoutMark(low, marks)
      let isFit = decimals <= decimalCount && areDigits(digits) && areDigits(high)
      // A digit stands before the mark; without one, nine digits are scaled with more care.
      if isFit, decimals == 0 ? !hasMore : UInt64(length) > decimals &+ 1 {
        let number = numberOfDigits(high) &* 10_000_000 &+ numberOfDigits(digits)
        let scaled = number &* scales[Int(truncatingIfNeeded: decimalCount &- decimals)]
        unsafe slice.values[row] = length == 0 ? missing : scaled
        continue
      }
    }
    unsafe parseRareNumber(field, Int(length), row, slice, form)
  }
}

/// The last bytes of a word that holds this many digits, up to eight; what stands behind them is
/// shifted out.
@inline(__always)
private func lastDigits(_ field: UnsafePointer<UInt8>, _ count: UInt32) -> UInt64 {
  // Half and half: a word cannot be shifted out as a whole.
  let half = 32 &- UInt64(count) &* 4
  let word = unsafe loadWord(field) ^ 0x3030_3030_3030_3030
  return (word &<< half) &<< half
}

/// Takes the first mark out of eight digits.
///
/// - Returns: the digits, with one more zero before them if there was a mark, and how many stood
///   behind it; the word itself if none does. Whether all are digits is not asked.
@inline(__always)
private func withoutMark(_ word: UInt64, _ marks: UInt64) -> (digits: UInt64, decimals: UInt64) {
  let others = word ^ marks
  // The lowest of these bits is that of the first mark; those above it may be of other bytes.
  let found = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
  let decimals = 7 &- UInt64(truncatingIfNeeded: (found | 1 << 63).trailingZeroBitCount &>> 3)
  guard found != 0, decimals > 0 else { return (word, 0) }
  // All bits below the mark's byte.
  let below = ((found & (0 &- found)) &>> 7) &- 1
  return ((word & ~((below &<< 8) | 0xFF)) | ((word & below) &<< 8), decimals)
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
