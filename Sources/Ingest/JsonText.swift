// Bytes of JSON, eight at a time.

/// What a text of JSON is searched for.
enum JsonByte {
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let comma = UInt8(ascii: ",")
  static let colon = UInt8(ascii: ":")

  /// Whether it may stand between two parts of a text.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}

/// Where the first quote, backslash or control character stands, from `position` on.
///
/// - Precondition: there is one, and eight bytes may be read behind it.
@inline(__always)
func endOfPlainText(
  _ text: UnsafePointer<UInt8>,
  _ position: Int,
  _ highBits: inout UInt64
) -> Int {
  let ones: UInt64 = 0x0101_0101_0101_0101
  var position = position
  while true {
    let word = unsafe loadWord(text + position)
    highBits |= word
    let quotes = word ^ 0x2222_2222_2222_2222
    let backslashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
    // A byte that is less than another borrows; the lowest that is found is one for certain.
    let found =
      ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        | (word &- 0x2020_2020_2020_2020) & ~word) & 0x8080_8080_8080_8080
    if found != 0 { return position &+ found.trailingZeroBitCount &>> 3 }
    position &+= 8
  }
}

/// A hash of a key; keys of equal length up to eight bytes that have it in common are equal.
@inline(__always)
func jsonKeyHash(_ key: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
  var word: UInt64
  if length <= 8 {
    word = length == 0 ? 0 : unsafe loadWord(key) & (.max &>> (64 &- UInt64(length) &* 8))
  } else {
    let last = unsafe loadWord(key + (length - 8))
    word = unsafe loadWord(key) ^ (last &<< 23 | last &>> 41)
  }
  word ^= UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
  word = word &* 0xD6E8_FEB8_6659_FD93
  return word ^ word &>> 32
}

/// Whether two texts of this length are the same.
@inline(__always)
func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ length: Int) -> Bool {
  var position = 0
  while length &- position >= 8 {
    if unsafe loadWord(left + position) != loadWord(right + position) { return false }
    position &+= 8
  }
  while position < length {
    if unsafe left[position] != right[position] { return false }
    position &+= 1
  }
  return true
}

/// Whether the bytes are well-formed UTF-8 (Unicode 16, table 3-7).
func isWellFormedUTF8(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Bool {
  var position = start
  while position < end {
    if end - position >= 8, unsafe loadWord(text + position) & 0x8080_8080_8080_8080 == 0 {
      position += 8
      continue
    }
    let byte = unsafe text[position]
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    let length: Int
    switch byte {
    case 0..<0x80:
      position += 1
      continue
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if byte == 0xE0 { lowest = 0xA0 }
      if byte == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if byte == 0xF0 { lowest = 0x90 }
      if byte == 0xF4 { highest = 0x8F }
    default: return false
    }
    guard end - position >= length else { return false }
    let second = unsafe text[position + 1]
    guard second >= lowest, second <= highest else { return false }
    for place in 2..<max(2, length) where unsafe text[position + place] & 0xC0 != 0x80 {
      return false
    }
    position += length
  }
  return true
}
