import Tabular

/// Reads a column of Dutch postcodes; the cells hold `1234AB`.
///
/// A blank between digits and letters, blanks around them and small letters are allowed. The first
/// digit is never 0, and SA, SD and SS are not given out. The text is put right where it stands;
/// reading it again gives the same.
///
/// - Note: Clear identifiers pass through here.
func parsePostcodes(_ slice: ColumnSlice) {
  for row in 0..<slice.count {
    unsafe slice.values[row] = missingInteger
    var start = Int(unsafe slice.starts[row])
    var end = start + Int(unsafe slice.lengths[row])
    while start < end, unsafe slice.text[start] == UInt8(ascii: " ") { start += 1 }
    while end > start, unsafe slice.text[end - 1] == UInt8(ascii: " ") { end -= 1 }
    guard start < end else { continue }
    let hasBlank = unsafe end - start == 7 && slice.text[start + 4] == UInt8(ascii: " ")
    guard end - start == 6 || hasBlank, unsafe isPostcode(slice.text + start, slice.text + end - 2)
    else {
      unsafe slice.faults[row] = Fault.postcode
      continue
    }
    if hasBlank {
      // The digits move to the letters, the blank to the front: a second reading trims it.
      for position in stride(from: start + 4, to: start, by: -1) {
        unsafe slice.text[position] = slice.text[position - 1]
      }
      unsafe slice.text[start] = UInt8(ascii: " ")
      start += 1
    }
    unsafe slice.text[end - 2] &= 0xDF
    unsafe slice.text[end - 1] &= 0xDF
    unsafe slice.values[row] = ClearBatch.textCell(offset: start, length: 6)
  }
}

private func isPostcode(
  _ digits: UnsafeMutablePointer<UInt8>,
  _ letters: UnsafeMutablePointer<UInt8>
) -> Bool {
  guard unsafe digits[0] != 0x30 else { return false }
  for position in 0..<4 {
    guard unsafe digits[position] ^ 0x30 <= 9 else { return false }
  }
  let first = unsafe letters[0] & 0xDF
  let second = unsafe letters[1] & 0xDF
  guard 0x41...0x5A ~= first, 0x41...0x5A ~= second else { return false }
  let isForbidden =
    first == UInt8(ascii: "S")
    && (second == UInt8(ascii: "A") || second == UInt8(ascii: "D") || second == UInt8(ascii: "S"))
  return !isForbidden
}
