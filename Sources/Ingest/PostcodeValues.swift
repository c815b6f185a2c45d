import Tabular

/// Reads a column of Dutch postcodes; the cells hold `1234AB`.
///
/// A blank between digits and letters, blanks around them and small letters are allowed. The first
/// digit is never 0, and SA, SD and SS are not given out. The text is put right where it stands;
/// reading it again gives the same.
///
/// - Note: Clear identifiers pass through here.
func parsePostcodes(_ slice: ColumnSlice) {
  let missing = missingInteger
  for row in 0..<slice.count {
    let start = unsafe slice.starts[row]
    let length = unsafe slice.lengths[row]
    let field = unsafe slice.text + Int(start)
    if length == 6 {
      // Digits and capitals, as nearly all are; what stands behind is masked out.
      let word = unsafe loadWord(field) & 0x0000_FFFF_FFFF_FFFF
      if isPostcode(word) {
        unsafe slice.values[row] = Int64(start) &<< 32 | 6
        continue
      }
    }
    unsafe slice.values[row] = missing
    if length > 0 { parseRarePostcode(slice, row) }
  }
}

/// Whether six bytes are four digits, of which the first is not 0, and two capitals.
@inline(__always)
private func isPostcode(_ word: UInt64) -> Bool {
  // Digits become 0...9, capitals 1...26.
  let places = word ^ 0x0000_4040_3030_3030
  // What is added carries more than 9, and more than 26, into the highest bits.
  let tooMuch = (places | (places &+ 0x0000_6565_7676_7676)) & 0x0000_8080_8080_8080
  let letters = word >> 32
  let isForbidden =
    letters == letterPair("A") || letters == letterPair("D") || letters == letterPair("S")
  return tooMuch == 0 && places & 0xFF != 0 && places & 0x0000_00FF_0000_0000 != 0
    && places & 0x0000_FF00_0000_0000 != 0 && !isForbidden
}

/// S and another capital, as they stand in a word.
@inline(__always)
private func letterPair(_ second: Unicode.Scalar) -> UInt64 {
  UInt64(UInt8(ascii: "S")) | UInt64(UInt8(ascii: second)) << 8
}

@inline(never)
private func parseRarePostcode(_ slice: ColumnSlice, _ row: Int) {
  var start = Int(unsafe slice.starts[row])
  var end = start + Int(unsafe slice.lengths[row])
  while start < end, unsafe slice.text[start] == UInt8(ascii: " ") { start += 1 }
  while end > start, unsafe slice.text[end - 1] == UInt8(ascii: " ") { end -= 1 }
  guard start < end else { return }
  let hasBlank = unsafe end - start == 7 && slice.text[start + 4] == UInt8(ascii: " ")
  guard end - start == 6 || hasBlank, unsafe isPostcode(writtenOut(slice.text, start, end)) else {
    unsafe slice.faults[row] = Fault.postcode
    return
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

/// Digits and letters of a postcode as the word that all but the rare ones are: without a blank
/// between them, and in capitals.
private func writtenOut(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
  let digits = unsafe loadWord(text + start) & 0xFFFF_FFFF
  let letters = unsafe (UInt64(text[end - 2] & 0xDF), UInt64(text[end - 1] & 0xDF))
  return digits | letters.0 << 32 | letters.1 << 40
}
