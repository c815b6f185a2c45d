import Cryptography

/// Which bits each token of one feature sets, by keyed hash; worked out once for each that is met.
///
/// ```
/// block(i) = keyed BLAKE2b-512(key, token), salt the digits of i: 32 little-endian u16, mod l
/// ```
///
/// N-grams come again and again, so that a record costs looking up more than hashes. What is kept is
/// overwritten when it is let go: it says which bits stand for which letters.
///
/// - Note: Clear identifiers pass through here.
final class FeatureBits {
  private static let blockWords = 32
  /// More blocks than these are not kept: values that are hashed whole have no end of them.
  private static let limit = 16_384

  private var keyed: KeyedBlake2b
  private let bitCount: Int
  /// The block's number in two bytes, then the token.
  private var blocks = TextIndex()
  /// `blockWords` a block.
  private var places: [UInt16] = []
  private var name: [UInt8] = []
  private var digest: [UInt8] = []
  private var salted = -1

  /// - Parameters:
  ///   - key: of the feature, 64 bytes.
  ///   - bitCount: of a filter, at most 65,536.
  /// - Throws: `CryptographyError`.
  init(key: SecretBytes, bitCount: Int) throws(CryptographyError) {
    keyed = try KeyedBlake2b(key: key)
    self.bitCount = bitCount
  }

  deinit { forget() }

  /// Overwrites all that was worked out, and begins anew.
  func forget() {
    blocks.cleanse()
    blocks = TextIndex()
    cleanse(&places)
    cleanse(&name)
    cleanse(&digest)
  }

  /// Sets the first so many bits of a token.
  ///
  /// - Parameters:
  ///   - count: any number; 32 cost a hash.
  ///   - token: as the schema cuts it out of a value.
  ///   - words: of filters.
  ///   - filter: where it begins in `words`.
  /// - Throws: `CryptographyError`; a failed hash must never become a filter.
  func set(
    _ count: Int,
    of token: ArraySlice<UInt8>,
    in words: inout [UInt64],
    at filter: Int
  ) throws(CryptographyError) {
    var left = count
    var block = 0
    while left > 0 {
      let first = try self.block(block, of: token) * Self.blockWords
      for place in places[first..<first + min(left, Self.blockWords)] {
        let bit = Int(place)
        words[filter + bit >> 6] |= 1 << UInt64(63 - bit & 63)
      }
      left -= Self.blockWords
      block += 1
    }
  }

  /// The number of a block, worked out if it is new.
  private func block(_ number: Int, of token: ArraySlice<UInt8>) throws(CryptographyError) -> Int {
    if blocks.count >= Self.limit { forget() }
    name.removeAll(keepingCapacity: true)
    name.append(UInt8(truncatingIfNeeded: number >> 8))
    name.append(UInt8(truncatingIfNeeded: number))
    makeRoom(in: &name, for: token.count)
    name.append(contentsOf: token)
    let found = unsafe name.withUnsafeBufferPointer { name in
      unsafe blocks.number(of: name, hash: hashBytes(name))
    }
    guard found * Self.blockWords == places.count else { return found }
    if salted != number {
      try keyed.set(salt: Array(String(number).utf8))
      salted = number
    }
    try keyed.digest(token.span, to: &digest)
    makeRoom(in: &places, for: Self.blockWords)
    for word in 0..<Self.blockWords {
      let drawn = Int(digest[2 * word]) | Int(digest[2 * word + 1]) << 8
      places.append(UInt16(truncatingIfNeeded: drawn % bitCount))
    }
    return found
  }
}
