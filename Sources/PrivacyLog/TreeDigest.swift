import Cryptography
import FoundationEssentials

/// The 32 bytes of a hash of the log's tree, as four words: compared and kept without an allocation.
package struct TreeDigest: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// What the first line holds of the line before it.
  package static let zeros = TreeDigest(words: (0, 0, 0, 0))

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

  /// Reads 64 lower-case hexadecimal digits; nil for anything else.
  package init?(hex: String) {
    guard hex.utf8.count == 64 else { return nil }
    self.init(Array(hex.utf8).span, at: 0)
  }

  /// Reads the base64 of 32 bytes, in the one form that stands for them; nil for anything else.
  package init?(base64: some StringProtocol) {
    let text = String(base64)
    guard let data = Data(base64Encoded: text), data.count == 32,
      data.base64EncodedString() == text
    else { return nil }
    self.init([UInt8](data))
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
    }
  }

  /// 64 hexadecimal digits.
  package var hex: String { lowerHex(bytes) }

  /// 44 characters, as checkpoints hold it.
  package var base64: String { Data(bytes).base64EncodedString() }

  /// Writes the 32 bytes over those of a buffer that start at a place.
  func write(to buffer: inout [UInt8], at start: Int) {
    Self.write(words.0, to: &buffer, at: start)
    Self.write(words.1, to: &buffer, at: start + 8)
    Self.write(words.2, to: &buffer, at: start + 16)
    Self.write(words.3, to: &buffer, at: start + 24)
  }

  private static func write(_ word: UInt64, to buffer: inout [UInt8], at start: Int) {
    for place in 0..<8 {
      buffer[start + place] = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * place))
    }
  }

  /// Equal when all 32 bytes are.
  package static func == (left: TreeDigest, right: TreeDigest) -> Bool {
    left.words == right.words
  }

  /// The first eight bytes are as good as any.
  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
