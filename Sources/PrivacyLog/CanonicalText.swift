/// Checks that bytes are canonical JSON (RFC 8785) of ASCII keys, NFC strings and integers within
/// ±(2⁵³−1), and finds the members of the outermost object.
///
/// One pass over the bytes, without a copy: a log of a million lines is checked in seconds.
struct CanonicalText {
  /// Where a member of the outermost object stands: its name without quotes, and its value.
  struct Member {
    let name: Range<Int>
    let value: Range<Int>
  }

  private(set) var members: [Member] = []
  private var place = 0

  static let deepest = 16

  /// Whether the line is one canonical object; then `members` has its members.
  mutating func check(_ line: Span<UInt8>) -> Bool {
    members.removeAll(keepingCapacity: true)
    place = 0
    guard byte(line) == UInt8(ascii: "{"), object(line, depth: 1) else { return false }
    return place == line.count
  }

  private func byte(_ line: Span<UInt8>) -> UInt8? { place < line.count ? line[place] : nil }

  private mutating func skip(_ line: Span<UInt8>, _ expected: UInt8) -> Bool {
    guard byte(line) == expected else { return false }
    place += 1
    return true
  }

  private mutating func value(_ line: Span<UInt8>, depth: Int) -> Bool {
    guard depth <= Self.deepest, let first = byte(line) else { return false }
    switch first {
    case UInt8(ascii: "{"): return object(line, depth: depth)
    case UInt8(ascii: "["): return array(line, depth: depth)
    case UInt8(ascii: "\""): return string(line, isKey: false)
    case UInt8(ascii: "t"): return word(line, "true")
    case UInt8(ascii: "f"): return word(line, "false")
    case UInt8(ascii: "n"): return word(line, "null")
    default: return integer(line)
    }
  }

  private mutating func object(_ line: Span<UInt8>, depth: Int) -> Bool {
    place += 1
    if skip(line, UInt8(ascii: "}")) { return true }
    var before: Range<Int>?
    while true {
      let keyStart = place + 1
      guard string(line, isKey: true) else { return false }
      let key = keyStart..<place - 1
      if let before, !Self.isBefore(line, before, key) { return false }
      before = key
      guard skip(line, UInt8(ascii: ":")) else { return false }
      let valueStart = place
      guard value(line, depth: depth + 1) else { return false }
      if depth == 1 { members.append(Member(name: key, value: valueStart..<place)) }
      if skip(line, UInt8(ascii: ",")) { continue }
      return skip(line, UInt8(ascii: "}"))
    }
  }

  private mutating func array(_ line: Span<UInt8>, depth: Int) -> Bool {
    place += 1
    if skip(line, UInt8(ascii: "]")) { return true }
    while true {
      guard value(line, depth: depth + 1) else { return false }
      if skip(line, UInt8(ascii: ",")) { continue }
      return skip(line, UInt8(ascii: "]"))
    }
  }

  /// Keys are ASCII, so the order of their bytes is that of RFC 8785; a repeated key is refused.
  private static func isBefore(
    _ line: Span<UInt8>,
    _ left: Range<Int>,
    _ right: Range<Int>
  ) -> Bool {
    for offset in 0..<min(left.count, right.count) {
      let one = line[left.lowerBound + offset]
      let other = line[right.lowerBound + offset]
      if one != other { return one < other }
    }
    return left.count < right.count
  }

  private mutating func string(_ line: Span<UInt8>, isKey: Bool) -> Bool {
    guard skip(line, UInt8(ascii: "\"")) else { return false }
    let start = place
    var isASCII = true
    while let next = byte(line) {
      place += 1
      switch next {
      case UInt8(ascii: "\""):
        return isASCII || (!isKey && Self.isNormalised(line, start..<place - 1))
      case UInt8(ascii: "\\"):
        guard !isKey, escape(line) else { return false }
      case 0..<0x20: return false
      case 0x80...: isASCII = false
      default: break
      }
    }
    return false
  }

  /// The shortest escape of a character is the only one: six letters, else `\u00` and two digits.
  private mutating func escape(_ line: Span<UInt8>) -> Bool {
    guard let letter = byte(line) else { return false }
    place += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return true
    case UInt8(ascii: "u"):
      guard skip(line, 0x30), skip(line, 0x30), let high = byte(line), 0x30...0x31 ~= high else {
        return false
      }
      place += 1
      guard let low = byte(line) else { return false }
      place += 1
      let hasOwnLetter = high == 0x30 && [0x38, 0x39, 0x61, 0x63, 0x64].contains(low)
      return (0x30...0x39 ~= low || 0x61...0x66 ~= low) && !hasOwnLetter
    default: return false
    }
  }

  private static func isNormalised(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if isLatin(line, range) { return true }
    var bytes: [UInt8] = []
    var place = range.lowerBound
    while place < range.upperBound {
      // An escape stands for a character that no mark joins; its letter would be joined.
      let isEscape = line[place] == UInt8(ascii: "\\")
      bytes.append(isEscape ? 0x20 : line[place])
      let isLong = isEscape && place + 1 < range.upperBound && line[place + 1] == UInt8(ascii: "u")
      place += isLong ? 6 : isEscape ? 2 : 1
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    return text.composed.utf8.elementsEqual(bytes)
  }

  /// Whether all is well-formed UTF-8 below U+0300: such text is always composed.
  private static func isLatin(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var place = range.lowerBound
    while place < range.upperBound {
      switch line[place] {
      case 0..<0x80: place += 1
      case 0xC2...0xCB where place + 1 < range.upperBound && 0x80...0xBF ~= line[place + 1]:
        place += 2
      default: return false
      }
    }
    return true
  }

  private mutating func word(_ line: Span<UInt8>, _ word: StaticString) -> Bool {
    let end = place + word.utf8CodeUnitCount
    guard end <= line.count else { return false }
    for offset in 0..<word.utf8CodeUnitCount
    where unsafe word.utf8Start[offset] != line[place + offset] {
      return false
    }
    place = end
    return true
  }

  private mutating func integer(_ line: Span<UInt8>) -> Bool {
    let start = place
    let isNegative = skip(line, UInt8(ascii: "-"))
    let first = place
    while let digit = byte(line), 0x30...0x39 ~= digit { place += 1 }
    guard 1...16 ~= place - first, line[first] != 0x30 || (place - first == 1 && !isNegative),
      let number = Self.integer(line, start..<place)
    else { return false }
    return -Self.largest...Self.largest ~= number
  }

  static let largest: Int64 = 9_007_199_254_740_991

  /// The integer of a checked range of at most 16 digits; nil when a byte is none.
  static func integer(_ line: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    let isNegative = !range.isEmpty && line[range.lowerBound] == UInt8(ascii: "-")
    let digits = range.dropFirst(isNegative ? 1 : 0)
    guard 1...16 ~= digits.count else { return nil }
    var number: Int64 = 0
    for place in digits {
      guard 0x30...0x39 ~= line[place] else { return nil }
      number = number * 10 + Int64(line[place] - 0x30)
    }
    return isNegative ? -number : number
  }
}
