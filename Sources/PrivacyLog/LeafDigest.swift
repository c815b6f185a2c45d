import Cryptography

/// The 32 bytes of a line's hash, as four words: compared and kept without an allocation.
struct LeafDigest: Hashable {
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// What the first line holds of the line before it.
  static let zeros = LeafDigest(words: (0, 0, 0, 0))

  private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// - Parameter bytes: 32 of them; those that are missing count as zero.
  init(_ bytes: [UInt8]) {
    func word(_ number: Int) -> UInt64 {
      var word: UInt64 = 0
      for place in 8 * number..<8 * number + 8 {
        word = word << 8 | UInt64(place < bytes.count ? bytes[place] : 0)
      }
      return word
    }
    words = (word(0), word(1), word(2), word(3))
  }

  /// Reads 64 lower-case hexadecimal digits that start at a place; nil for anything else.
  init?(_ line: Span<UInt8>, at start: Int) {
    guard start >= 0, start + 64 <= line.count else { return nil }
    func word(_ number: Int) -> UInt64? {
      var word: UInt64 = 0
      for place in start + 16 * number..<start + 16 * number + 16 {
        guard let digit = hexValue(line[place]) else { return nil }
        word = word << 4 | UInt64(digit)
      }
      return word
    }
    guard let first = word(0), let second = word(1), let third = word(2), let fourth = word(3)
    else { return nil }
    words = (first, second, third, fourth)
  }

  /// 64 hexadecimal digits.
  var hex: String {
    lowerHex(
      [words.0, words.1, words.2, words.3].flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
      }
    )
  }

  static func == (left: LeafDigest, right: LeafDigest) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
