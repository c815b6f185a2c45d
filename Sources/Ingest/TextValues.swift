import PipelineFile
import Tabular

/// Reads a column of texts: well-formed UTF-8 without control characters.
///
/// A text of blanks only has no value.
///
/// - Note: Clear identifiers pass through here.
func parseTexts(_ slice: ColumnSlice, _ encoding: Encoding) {
  for row in 0..<slice.count {
    let start = unsafe slice.starts[row]
    let length = unsafe slice.lengths[row]
    let field = unsafe slice.text + Int(start)
    unsafe slice.values[row] = Int64(start) &<< 32 | Int64(length)
    if unsafe !isPlain(field, Int(length)) {
      unsafe slice.faults[row] = textFault(field, Int(length), encoding)
    }
    if unsafe field[0] == UInt8(ascii: " ") && isBlank(field, Int(length)) || length == 0 {
      unsafe slice.values[row] = missingInteger
    }
  }
}

/// Whether all bytes are printable ASCII; also false for some that are only rare.
@inline(__always)
private func isPlain(_ field: UnsafeMutablePointer<UInt8>, _ length: Int) -> Bool {
  var position = 0
  var found: UInt64 = 0
  while length &- position > 8 {
    found |= unsafe rareBytes(loadWord(field + position))
    position &+= 8
  }
  // What stands behind the field is masked out.
  let rest = UInt64(truncatingIfNeeded: length &- position) &* 8
  let mask = rest == 0 ? 0 : UInt64.max &>> (64 &- rest)
  found |= unsafe rareBytes(loadWord(field + position) & mask | (0x2020_2020_2020_2020 & ~mask))
  return found == 0
}

/// The high bits of the bytes that are beyond ASCII or DEL.
@inline(__always)
private func rareBytes(_ word: UInt64) -> UInt64 {
  // Adding 1 carries DEL, and nothing else of ASCII, into the high bit.
  (word | ((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080
}

/// What is wrong with a text, as a `Fault`.
@inline(never)
private func textFault(
  _ field: UnsafeMutablePointer<UInt8>,
  _ length: Int,
  _ encoding: Encoding
) -> UInt8 {
  var position = 0
  while position < length {
    let byte = unsafe field[position]
    if byte < 0x80 {
      if byte == 0x7F { return Fault.control }
      position += 1
      continue
    }
    let rest = length - position
    let second: UInt8 = rest > 1 ? unsafe field[position + 1] : 0
    let third: UInt8 = rest > 2 ? unsafe field[position + 2] : 0
    let fourth: UInt8 = rest > 3 ? unsafe field[position + 3] : 0
    // Unicode 16, table 3-7: well-formed UTF-8 byte sequences.
    switch byte {
    case 0xC2...0xDF:
      guard isContinuation(second) else { return Fault.encoding }
      // U+0080…U+009F: in ISO-8859-1 they tell of windows-1252.
      if byte == 0xC2 && second < 0xA0 {
        return encoding == .latin1 ? Fault.encoding : Fault.control
      }
      position += 2
    case 0xE0...0xEF:
      let lowest: UInt8 = byte == 0xE0 ? 0xA0 : 0x80
      let highest: UInt8 = byte == 0xED ? 0x9F : 0xBF
      guard second >= lowest, second <= highest, isContinuation(third) else {
        return Fault.encoding
      }
      position += 3
    case 0xF0...0xF4:
      let lowest: UInt8 = byte == 0xF0 ? 0x90 : 0x80
      let highest: UInt8 = byte == 0xF4 ? 0x8F : 0xBF
      guard second >= lowest, second <= highest, isContinuation(third), isContinuation(fourth)
      else { return Fault.encoding }
      position += 4
    default:
      return Fault.encoding
    }
  }
  return Fault.none
}

private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
