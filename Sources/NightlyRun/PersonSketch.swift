import Cryptography
import Tabular

/// Which persons a source holds, as 1,024 bits that stand in the log and that only the key makes.
///
/// Each person turns one bit over: two sketches differ in as many bits as there are persons in one
/// source alone, less two for each pair that turns the same bit. A run is so held against all runs of
/// the day, also when another version was read in between, the source has another name, or what was
/// staged is gone. Without the key a sketch is 1,024 random bits.
struct PersonSketch: Sendable, Equatable {
  private static let wordCount = 16

  private var words: [UInt64]

  /// Sketches a source.
  ///
  /// - Parameters:
  ///   - persons: tokens in order; equal ones count once.
  ///   - authenticator: under a key of the release.
  /// - Throws: `CryptographyError`.
  init(
    of persons: [Token],
    _ authenticator: inout MessageAuthenticator
  ) throws(CryptographyError) {
    words = Array(repeating: 0, count: Self.wordCount)
    let secret = try authenticator.fullTag(Array("koppel/persons/v1".utf8))
    func word(_ number: Int) -> UInt64 {
      secret[number * 8..<number * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    let (high, low) = ((word(0), word(1) | 1), (word(2), word(3) | 1))
    for (place, person) in persons.enumerated() where place == 0 || persons[place - 1] != person {
      let mixed = (person.high ^ high.0) &* high.1 ^ (person.low ^ low.0) &* low.1
      let bit = Int(mixed >> 54)
      words[bit >> 6] ^= 1 << UInt64(bit & 63)
    }
  }

  /// Reads what `text` wrote; nil when it is something else.
  init?(_ text: String) {
    let digits = text.utf8.compactMap(hexValue)
    guard digits.count == Self.wordCount * 16, text.utf8.count == digits.count else { return nil }
    words = stride(from: 0, to: digits.count, by: 16).map { first in
      digits[first..<first + 16].reduce(0) { $0 << 4 | UInt64($1) }
    }
  }

  /// 256 hexadecimal digits.
  var text: String {
    words.reduce("") { text, word in
      text + lowerHex((0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) })
    }
  }

  /// About how many persons are in one of two sources alone.
  func differing(from other: PersonSketch) -> Int {
    zip(words, other.words).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
  }
}
