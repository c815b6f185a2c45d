import Cryptography

/// Which bits each bigram sets, by keyed hash; worked out once for each bigram that is met.
///
/// ```
/// block(i, g) = keyed BLAKE2b-512(Kb, u16(i) ‖ g), i = 0, 1…: 32 little-endian u16, mod 1024
/// ```
///
/// Names have some 700 bigrams between them, so that a name costs no hash but looking up. What is
/// kept is overwritten when it is let go: it says which bits stand for which letters.
///
/// - Note: Clear identifiers pass through here.
final class GramBits {
  /// The most bits that one bigram sets: a value has two at least.
  static let mostBits = FieldEncoding.featureBits / 2
  private static let blockWords = 32
  /// Room for whole blocks.
  private static let room = (mostBits + blockWords - 1) / blockWords * blockWords
  /// More bigrams than these are not kept: texts of all scripts have no end of them.
  private static let limit = 4096

  private var digest: KeyedBlake2b
  private let permutation: BitPermutation
  /// Of each bigram that is kept: `room` places, of which the first `known` are worked out.
  private(set) var places: [UInt16] = []
  private var known: [Int] = []
  /// The number of a bigram of two ASCII characters, by both; −1 for none.
  private var plainNumbers = [Int32](repeating: -1, count: 1 << 14)
  private var otherNumbers: [UInt64: Int] = [:]
  private(set) var message: [UInt8] = []
  private(set) var block: [UInt8] = []

  /// - Parameters:
  ///   - key: Kb, of one label.
  ///   - permutation: of the second level.
  /// - Throws: `CryptographyError`.
  init(key: SecretBytes, permutation: BitPermutation) throws(CryptographyError) {
    digest = try KeyedBlake2b(key: key)
    self.permutation = permutation
  }

  deinit { forget() }

  /// Overwrites all that was worked out, and begins anew.
  func forget() {
    cleanse(&places)
    cleanse(&known)
    cleanse(&plainNumbers)
    plainNumbers.append(contentsOf: repeatElement(-1, count: 1 << 14))
    otherNumbers.removeAll()
    cleanse(&block)
    cleanse(&message)
  }

  /// Sets the first so many bits of a bigram.
  ///
  /// - Parameters:
  ///   - count: at most `mostBits`.
  ///   - gram: of `FieldEncoding.bigrams`.
  ///   - words: of filters.
  ///   - filter: where it begins in `words`.
  /// - Throws: `CryptographyError`.
  func set(
    _ count: Int,
    of gram: UInt64,
    in words: inout [UInt64],
    at filter: Int
  ) throws(CryptographyError) {
    guard count > 0 else { return }
    let number = number(of: gram)
    let first = number * Self.room
    while known[number] < count { try addBlock(gram, number) }
    for place in first..<first + count {
      let bit = Int(places[place])
      words[filter + bit >> 6] |= 1 << UInt64(63 - bit & 63)
    }
  }

  private func addBlock(_ gram: UInt64, _ number: Int) throws(CryptographyError) {
    let index = known[number] / Self.blockWords
    // Taken out and put back: what lends its bytes cannot belong to what is changed.
    var message: [UInt8] = []
    swap(&message, &self.message)
    defer { swap(&message, &self.message) }
    message.removeAll(keepingCapacity: true)
    message.append(UInt8(truncatingIfNeeded: index >> 8))
    message.append(UInt8(truncatingIfNeeded: index))
    FieldEncoding.append(gram: gram, to: &message)
    try digest.digest(message.span, to: &block)
    let first = number * Self.room + known[number]
    for word in 0..<Self.blockWords {
      let drawn = Int(block[2 * word]) | Int(block[2 * word + 1]) << 8
      places[first + word] = permutation.places[drawn % FieldEncoding.bitCount]
    }
    known[number] += Self.blockWords
  }

  private func number(of gram: UInt64) -> Int {
    let (left, right) = (gram >> 56, gram >> 48 & 0xFF)
    if left < 0x80 && right < 0x80 && gram << 16 == 0 {
      let pair = Int(left << 7 | right)
      if plainNumbers[pair] < 0 { plainNumbers[pair] = Int32(truncatingIfNeeded: makeRoom()) }
      return Int(plainNumbers[pair])
    }
    if let number = otherNumbers[gram] { return number }
    let number = makeRoom()
    otherNumbers[gram] = number
    return number
  }

  private func makeRoom() -> Int {
    if known.count >= Self.limit { forget() }
    known.append(0)
    Cryptography.makeRoom(in: &places, for: Self.room)
    places.append(contentsOf: repeatElement(0, count: Self.room))
    return known.count - 1
  }
}
