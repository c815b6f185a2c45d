// The values of documents before they are typed: offset · 2³² + length in the bytes of the rows.

/// What was added to the bytes since `start`, without blanks and line ends around it.
///
/// Line ends and tabs within the text become blanks (XML Schema, whiteSpace of token). What goes
/// stands at the end of the bytes no more.
///
/// - Returns: where it stands; 0 for nothing.
func trimmedText(from start: Int, _ bytes: inout [UInt8]) -> UInt64 {
  while bytes.count > start, let last = bytes.last, isWhiteSpace(last) { bytes.removeLast() }
  var first = start
  while first < bytes.count, isWhiteSpace(bytes[first]) { first += 1 }
  let length = bytes.count - first
  guard length > 0 else { return 0 }
  for place in first..<bytes.count where bytes[place] < 0x20 && isWhiteSpace(bytes[place]) {
    bytes[place] = 0x20
  }
  return UInt64(first) << 32 | UInt64(length)
}

private func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

/// Whether a value is this.
func textHolds(_ value: UInt64, _ wanted: StaticString, _ bytes: [UInt8]) -> Bool {
  let length = Int(value & 0xFFFF_FFFF)
  guard length == wanted.utf8CodeUnitCount else { return false }
  let start = Int(value >> 32)
  for place in 0..<length {
    guard unsafe bytes[start + place] == wanted.utf8Start[place] else { return false }
  }
  return true
}

/// Puts a word of our own behind the bytes.
///
/// - Returns: where it stands.
func word(_ text: StaticString, _ bytes: inout [UInt8]) -> UInt64 {
  let start = bytes.count
  unsafe bytes.append(
    contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  )
  return UInt64(start) << 32 | UInt64(text.utf8CodeUnitCount)
}

/// The number that up to nine digits make; nil for anything else.
func smallNumber(_ text: ArraySlice<UInt8>) -> Int? {
  guard !text.isEmpty, text.count <= 9 else { return nil }
  var number = 0
  for byte in text {
    guard byte ^ 0x30 <= 9 else { return nil }
    number = number * 10 + Int(byte ^ 0x30)
  }
  return number
}
