/// How many bytes a character of markup takes in an XML document, and in which order.
enum XMLUnits {
  case bytes
  case littleEndian
  case bigEndian

  /// By the first four bytes of a document (XML 1.0, appendix F).
  ///
  /// - Returns: nil for an encoding whose markup cannot be seen.
  init?(head: some Collection<UInt8>) {
    let head = Array(head.prefix(4))
    guard head.count == 4 else { return nil }
    switch (head[0], head[1], head[2], head[3]) {
    case (0xFF, 0xFE, 0, 0), (0x3C, 0, 0, 0): return nil
    case (0xFF, 0xFE, _, _), (0x3C, 0, _, _): self = .littleEndian
    case (0xFE, 0xFF, _, _), (0, 0x3C, _, _): self = .bigEndian
    case (0xEF, 0xBB, 0xBF, _), (0x3C, _, _, _), (0x20, _, _, _), (0x09...0x0D, _, _, _):
      self = .bytes
    default: return nil
    }
  }

  /// Bytes of a character of markup.
  var length: Int { self == .bytes ? 1 : 2 }

  /// What no markup is made of: a character beyond the first 256.
  static let other: UInt8 = 0xFF

  /// The character of two bytes; `other` beyond the first 256.
  func character(_ first: UInt8, _ second: UInt8) -> UInt8 {
    let (high, low) = self == .bigEndian ? (first, second) : (second, first)
    return high == 0 ? low : Self.other
  }

  /// The characters of some bytes, without half of one at the end.
  func characters(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard self != .bytes else { return bytes }
    var characters: [UInt8] = []
    characters.reserveCapacity(bytes.count / 2)
    var place = bytes.startIndex
    while bytes.endIndex - place >= 2 {
      characters.append(character(bytes[place], bytes[place + 1]))
      place += 2
    }
    return characters[...]
  }

  /// A character of markup as the document writes it.
  func written(_ character: UInt8) -> [UInt8] {
    switch self {
    case .bytes: [character]
    case .littleEndian: [character, 0]
    case .bigEndian: [0, character]
    }
  }
}
