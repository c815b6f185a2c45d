/// A token as text: a letter for its level, then 26 characters of base32 (RFC 4648), lower case,
/// without padding.
///
/// Exactly one text stands for a token at a level; every other is refused, so texts can be
/// compared as bytes.
package enum TokenText {
  /// Which key made the token.
  package enum Level: UInt8, Sendable, CaseIterable {
    /// The suppliers' key, `s`.
    case source = 0x73
    /// The region's key over it, `r`.
    case region = 0x72
  }

  /// Characters of a text: 1 + 26.
  package static let count = 27

  /// The text, appended as ASCII bytes.
  package static func append(high: UInt64, low: UInt64, level: Level, to text: inout [UInt8]) {
    text.append(level.rawValue)
    // 128 bits are 25 groups of five, and three bits that two zero bits follow.
    for group in 0..<25 {
      let shift = 123 - 5 * group
      text.append(digit(fiveBits(high: high, low: low, from: shift)))
    }
    text.append(digit(UInt8(truncatingIfNeeded: low << 2) & 31))
  }

  /// The text.
  package static func encode(high: UInt64, low: UInt64, level: Level) -> String {
    var text: [UInt8] = []
    append(high: high, low: low, level: level, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The token of a text; nil for any other length, letter, case, padding or spare bit.
  package static func decode(
    _ text: some Collection<UInt8>
  ) -> (level: Level, high: UInt64, low: UInt64)? {
    guard text.count == count, let first = text.first, let level = Level(rawValue: first) else {
      return nil
    }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var spare: UInt8 = 0
    for (number, character) in text.dropFirst().enumerated() {
      guard let value = value(of: character) else { return nil }
      let width: UInt64 = number < 25 ? 5 : 3
      spare = number < 25 ? 0 : value & 3
      high = high << width | low >> (64 - width)
      low = low << width | UInt64(number < 25 ? value : value >> 2)
    }
    return spare == 0 ? (level, high, low) : nil
  }

  /// The token of a text; nil for any other length, letter, case, padding or spare bit.
  package static func decode(_ text: String) -> (level: Level, high: UInt64, low: UInt64)? {
    decode(Array(text.utf8))
  }

  private static func fiveBits(high: UInt64, low: UInt64, from shift: Int) -> UInt8 {
    if shift >= 64 { return UInt8(truncatingIfNeeded: high >> UInt64(shift - 64)) & 31 }
    // A shift of 64 or more gives zero, so a group across the middle needs no case of its own.
    return UInt8(truncatingIfNeeded: low >> UInt64(shift) | high << UInt64(64 - shift)) & 31
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 26 ? 0x61 &+ value : 0x18 &+ (value & 31)
  }

  private static func value(of character: UInt8) -> UInt8? {
    switch character {
    case 0x61...0x7A: character - 0x61
    case 0x32...0x37: character - 0x18
    default: nil
    }
  }
}
