package import Cryptography
package import PipelineFile

/// Makes filters of whole records, to the byte as clkhash 0.18 makes them of the same schema.
///
/// ```
/// keys   = HKDF-SHA-256(secret, salt, info): two of 64 bytes a feature; the first is used
/// filter = the bits of all tokens of all features, by `FeatureBits`
/// ```
///
/// - Note: Clear identifiers pass through here.
package struct RecordFilterMaker: ~Copyable {
  private let schema: RecordSchema
  /// One a feature of the schema; nil for one that is ignored.
  private var features: [FeatureBits?]
  private var token: [UInt8] = []
  private var padded: [UInt8] = []
  private var starts: [Int] = []

  /// - Parameters:
  ///   - schema: agreed with the partner.
  ///   - secret: shared with him; never a root of tokens.
  /// - Throws: `CryptographyError`.
  package init(schema: RecordSchema, secret: SecretBytes) throws(CryptographyError) {
    self.schema = schema
    let size = KeyedBlake2b.byteCount
    // Ignored features have keys all the same.
    let material = try hkdf(
      secret,
      salt: schema.salt,
      info: schema.info,
      count: schema.features.count * 2 * size
    )
    var features: [FeatureBits?] = []
    for number in schema.features.indices {
      guard schema.features[number] != nil else {
        features.append(nil)
        continue
      }
      let key = try unsafe material.withBytes { (bytes) throws(CryptographyError) in
        let start = number * 2 * size
        return try unsafe SecretBytes(
          copying: UnsafeRawBufferPointer(rebasing: bytes[start..<start + size])
        )
      }
      features.append(try FeatureBits(key: key, bitCount: schema.bitCount))
    }
    self.features = features
  }

  /// Words of one filter.
  var wordCount: Int { schema.bitCount / 64 }

  /// The filter of one record.
  ///
  /// - Parameter values: one a feature of the schema, as UTF-8; empty for none.
  /// - Returns: `bitCount` / 8 bytes; bit x is byte x / 8, mask 0x80 >> (x mod 8). Nil when the
  ///   record has another number of values, or one that is no integer where one is declared.
  /// - Throws: `CryptographyError`.
  package mutating func filter(of values: [[UInt8]]) throws(CryptographyError) -> [UInt8]? {
    var words: [UInt64] = []
    guard try encode(values, into: &words) else { return nil }
    return recordBytes(of: united(words, wordCount)[...])
  }

  /// The filter of one record, feature by feature.
  ///
  /// - Parameters:
  ///   - values: one a feature of the schema.
  ///   - words: overwritten; `wordCount` a feature, none set for one that is ignored.
  /// - Returns: false when there is no filter; see `filter(of:)`.
  /// - Throws: `CryptographyError`.
  mutating func encode(
    _ values: [[UInt8]],
    into words: inout [UInt64]
  ) throws(CryptographyError) -> Bool {
    guard values.count == schema.features.count else { return false }
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: repeatElement(0, count: values.count * wordCount))
    for number in values.indices {
      guard let feature = schema.features[number], let bits = features[number] else { continue }
      guard let value = Self.formatted(values[number], feature) else { return false }
      guard !value.isEmpty else { continue }
      try set(value, feature, bits, in: &words, at: number * wordCount)
    }
    return true
  }

  /// Sets the bits of one value: of its tokens in reading order, as often as they occur.
  private mutating func set(
    _ value: [UInt8],
    _ feature: RecordSchema.Feature,
    _ bits: FeatureBits,
    in words: inout [UInt64],
    at filter: Int
  ) throws(CryptographyError) {
    guard case .ngram(let length, let isPositional) = feature.comparison else {
      let count = Self.count(feature.strategy, 0, 1)
      return try bits.set(count, of: value[...], in: &words, at: filter)
    }
    padded.removeAll(keepingCapacity: true)
    padded.append(contentsOf: repeatElement(space, count: length - 1))
    makeRoom(in: &padded, for: value.count + length)
    padded.append(contentsOf: value)
    padded.append(contentsOf: repeatElement(space, count: length - 1))
    starts.removeAll(keepingCapacity: true)
    for (place, byte) in padded.enumerated() where byte & 0xC0 != 0x80 { starts.append(place) }
    let gramCount = starts.count - length + 1
    guard gramCount > 0 else { return }
    starts.append(padded.count)
    for gram in 0..<gramCount {
      token.removeAll(keepingCapacity: true)
      if isPositional { token.append(contentsOf: "\(gram + 1) ".utf8) }
      token.append(contentsOf: padded[starts[gram]..<starts[gram + length]])
      let count = Self.count(feature.strategy, gram, gramCount)
      try bits.set(count, of: token[...], in: &words, at: filter)
    }
  }

  /// Overwrites what is left of the last values; to be called when no more come.
  mutating func forget() {
    cleanse(&token)
    cleanse(&padded)
    for feature in features { feature?.forget() }
  }

  /// How many bits one token sets: of so many a feature, one more for the first of them.
  private static func count(_ strategy: RecordSchema.Strategy, _ position: Int, _ all: Int) -> Int {
    switch strategy {
    case .bitsPerToken(let count): count
    case .bitsPerFeature(let count): count / all + (position < count % all ? 1 : 0)
    }
  }

  private static func formatted(
    _ value: [UInt8],
    _ feature: RecordSchema.Feature
  ) -> [UInt8]? {
    if let sentinel = feature.sentinel, value.elementsEqual(sentinel.utf8) {
      return Array(feature.replacement.utf8)
    }
    guard feature.isInteger else { return value }
    // Once a value of few digits: `0012` and `+12` are 12.
    return Int64(String(decoding: value, as: UTF8.self)).map { Array(String($0).utf8) }
  }
}

/// All features of a record in one filter.
func united(_ features: [UInt64], _ wordCount: Int) -> [UInt64] {
  var words = [UInt64](repeating: 0, count: wordCount)
  for (place, word) in features.enumerated() { words[place % wordCount] |= word }
  return words
}

/// The bytes of a filter, the first bit in the highest of the first.
func recordBytes(of words: ArraySlice<UInt64>) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(words.count * 8)
  for word in words {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }
  return bytes
}

/// The words of what `recordBytes` wrote; of whole words.
func recordWords(of bytes: [UInt8]) -> [UInt64] {
  stride(from: 0, through: bytes.count - 8, by: 8).map { start in
    bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
