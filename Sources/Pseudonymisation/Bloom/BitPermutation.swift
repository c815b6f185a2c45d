import Cryptography

/// Where the bits of filters go at the second level: a permutation that the region's key draws.
///
/// It keeps how alike two filters are, and parts filters of the region from those of its suppliers.
struct BitPermutation: Sendable {
  /// Bit x of a filter becomes bit `places[x]`.
  let places: [UInt16]
}

extension BitPermutation {
  /// Leaves every bit where it is: the first level, which is handed over.
  init(leaving count: Int) {
    self.init(places: (0..<count).map { UInt16(truncatingIfNeeded: $0) })
  }

  /// Appends a filter of the first level with its bits moved.
  ///
  /// - Parameters:
  ///   - filter: bit x is byte x / 8, mask 0x80 >> (x mod 8); as many bits as there are places.
  ///   - words: gets a word more for every 64 bits.
  func append(_ filter: [UInt8], to words: inout [UInt64]) {
    let first = words.count
    words.append(contentsOf: repeatElement(0, count: places.count / 64))
    for (number, place) in places.enumerated()
    where filter[number >> 3] & 0x80 >> UInt8(number & 7) != 0 {
      words[first + Int(place) >> 6] |= 1 << UInt64(63 - Int(place) & 63)
    }
  }

  /// Draws a permutation: Fisher and Yates, from the last place down.
  ///
  /// - Parameters:
  ///   - key: of the region, for one label, release, standardisation and encoding.
  ///   - count: of places, 1 to 65,536.
  /// - Throws: `CryptographyError`.
  init(key: SecretBytes, count: Int) throws(CryptographyError) {
    var numbers = KeyedNumbers(try MessageAuthenticator(key: key))
    var places = (0..<count).map { UInt16(truncatingIfNeeded: $0) }
    for place in stride(from: count - 1, to: 0, by: -1) {
      places.swapAt(place, try numbers.next(below: UInt32(truncatingIfNeeded: place + 1)))
    }
    numbers.forget()
    self.init(places: places)
  }
}

/// Numbers that a key draws: HMAC-SHA-256 of the counters 0, 1, …, as big-endian words.
private struct KeyedNumbers: ~Copyable {
  private var authenticator: MessageAuthenticator
  private var block: [UInt8] = []
  private var position = 0
  private var counter: UInt32 = 0

  init(_ authenticator: consuming MessageAuthenticator) { self.authenticator = authenticator }

  /// A number in 0..<`limit`, each as likely: what would favour small ones is drawn again.
  mutating func next(below limit: UInt32) throws(CryptographyError) -> Int {
    let range = UInt64(1) << 32
    let bound = range - range % UInt64(limit)
    while true {
      let word = try next()
      if UInt64(word) < bound { return Int(word % limit) }
    }
  }

  /// Overwrites what the last numbers were drawn from.
  mutating func forget() { cleanse(&block) }

  private mutating func next() throws(CryptographyError) -> UInt32 {
    if position == block.count {
      block = try authenticator.fullTag(bigEndian(counter))
      position = 0
      counter += 1
    }
    defer { position += 4 }
    return block[position..<position + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func bigEndian(_ word: UInt32) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
  }
}
