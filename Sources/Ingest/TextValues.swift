import PipelineFile
import Tabular

/// Reads a column of texts, whatever they hold.
///
/// A text of blanks only has no value.
///
/// - Note: Clear identifiers pass through here.
func placeTexts(_ slice: ColumnSlice) {
  let missing = missingInteger
  for row in 0..<slice.count {
    let start = unsafe slice.starts[row]
    let length = unsafe slice.lengths[row]
    // Any number of texts may be empty: nothing branches on it.
    let value = Int64(start) &<< 32 | Int64(length)
    unsafe slice.values[row] = length == 0 ? missing : value
    let field = unsafe slice.text + Int(start)
    if unsafe field[0] == UInt8(ascii: " ") && isBlank(field, Int(length)) {
      unsafe slice.values[row] = missing
    }
  }
}

/// Refuses the texts of a column that are not well-formed UTF-8 without control characters.
func checkTexts(_ slice: ColumnSlice, _ encoding: Encoding) {
  for row in 0..<slice.count {
    let length = Int(unsafe slice.lengths[row])
    let field = unsafe slice.text + Int(slice.starts[row])
    if unsafe !isPlain(field, length) {
      unsafe slice.faults[row] = textFault(field, length, encoding)
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
    guard let end = unsafe utf8SequenceEnd(field, position, length) else { return Fault.encoding }
    // U+0080…U+009F: in ISO-8859-1 they tell of windows-1252.
    if byte == 0xC2, unsafe field[position + 1] < 0xA0 {
      return encoding == .latin1 ? Fault.encoding : Fault.control
    }
    position = end
  }
  return Fault.none
}
