import Tabular

/// Reads a column of BSNs.
///
/// A BSN has nine digits that pass the eleven-test; blanks and dots go, one lost leading zero is put
/// back. 000000000 passes the test and is refused; 999999999 means none.
///
/// - Note: Clear identifiers pass through here.
func parseBsns(_ slice: ColumnSlice) {
  for row in 0..<slice.count {
    let length = unsafe slice.lengths[row]
    let field = unsafe slice.text + Int(slice.starts[row])
    if length == 9 {
      let word = unsafe loadWord(field) ^ 0x3030_3030_3030_3030
      let last = unsafe field[8] ^ 0x30
      if areDigits(word) && last <= 9 {
        let number = numberOfDigits(word) &* 10 &+ Int64(last)
        if passesElevenTest(word, last: last) && number != 0 {
          unsafe slice.values[row] = number
        } else {
          store(number: number, row, slice)
        }
        continue
      }
    }
    unsafe parseRareBsn(field, Int(length), row, slice)
  }
}

/// Whether 9·d₁ + 8·d₂ + … + 2·d₈ − d₉ is a multiple of eleven.
@inline(__always)
private func passesElevenTest(_ word: UInt64, last: UInt8) -> Bool {
  // Every second digit in lanes of 16 bits; a multiplication adds the weighted lanes in the top one.
  let odd = word & 0x00FF_00FF_00FF_00FF
  let even = (word >> 8) & 0x00FF_00FF_00FF_00FF
  let oddSum = (odd &* 0x0009_0007_0005_0003) >> 48
  let evenSum = (even &* 0x0008_0006_0004_0002) >> 48
  return (oddSum &+ evenSum &+ 11 &- UInt64(last)) % 11 == 0
}

private func store(number: Int64, _ row: Int, _ slice: ColumnSlice) {
  unsafe slice.values[row] = missingInteger
  if number != 999_999_999 { unsafe slice.faults[row] = Fault.bsnCheck }
}

@inline(never)
private func parseRareBsn(
  _ field: UnsafeMutablePointer<UInt8>,
  _ length: Int,
  _ row: Int,
  _ slice: ColumnSlice
) {
  unsafe slice.values[row] = missingInteger
  var digits: UInt64 = 0
  var last: UInt8 = 0
  var digitCount = 0
  for position in 0..<length {
    let byte = unsafe field[position]
    if byte == UInt8(ascii: " ") || byte == UInt8(ascii: ".") { continue }
    guard byte ^ 0x30 <= 9, digitCount < 9 else {
      unsafe slice.faults[row] = Fault.bsnCheck
      return
    }
    // Each digit pushes the others down: at the end the first stands in the lowest byte.
    if digitCount < 8 {
      digits = digits >> 8 | UInt64(byte ^ 0x30) << 56
    } else {
      last = byte ^ 0x30
    }
    digitCount += 1
  }
  if digitCount == 8 {
    last = UInt8(truncatingIfNeeded: digits >> 56)
    digits <<= 8
    digitCount = 9
  }
  guard digitCount > 0 else { return }
  let number = numberOfDigits(digits) &* 10 &+ Int64(last)
  guard digitCount == 9, number != 0, passesElevenTest(digits, last: last) else {
    if digitCount != 9 || number != 999_999_999 { unsafe slice.faults[row] = Fault.bsnCheck }
    return
  }
  unsafe slice.values[row] = number
}
