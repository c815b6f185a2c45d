package import Cryptography

/// Makes filters of whole records, to the byte as clkhash 0.18 makes them of the same schema.
///
/// ```
/// keys     = HKDF-SHA-256(secret, salt, info): two of 64 bytes a feature; the first is used
/// block(i) = keyed BLAKE2b-512(key, n-gram), salt the digits of i: 32 little-endian u16, mod l
/// ```
///
/// - Note: Clear identifiers pass through here.
package struct RecordFilterMaker: ~Copyable {
  private let schema: RecordSchema
  private var features: [KeyedFeature]
  private var digest: [UInt8] = []

  private final class KeyedFeature {
    var keyed: KeyedBlake2b

    init(_ keyed: consuming KeyedBlake2b) { self.keyed = keyed }
  }

  /// - Parameters:
  ///   - schema: agreed with the partner.
  ///   - secret: shared with him; never a root of tokens.
  /// - Throws: `CryptographyError`.
  package init(schema: RecordSchema, secret: SecretBytes) throws(CryptographyError) {
    self.schema = schema
    let size = KeyedBlake2b.byteCount
    let material = try hkdf(
      secret,
      salt: schema.salt,
      info: schema.info,
      count: schema.features.count * 2 * size
    )
    var features: [KeyedFeature] = []
    for number in schema.features.indices {
      let key = try unsafe material.withBytes { (bytes) throws(CryptographyError) in
        let start = number * 2 * size
        return try unsafe SecretBytes(
          copying: UnsafeRawBufferPointer(rebasing: bytes[start..<start + size])
        )
      }
      features.append(KeyedFeature(try KeyedBlake2b(key: key)))
    }
    self.features = features
  }

  /// The filter of one record.
  ///
  /// - Parameter values: one a feature of the schema, as text; empty for none.
  /// - Returns: `bitCount` / 8 bytes; bit x is byte x / 8, mask 0x80 >> (x mod 8). Nil when the
  ///   record has another number of values, or one that is no integer where one is declared.
  /// - Throws: `CryptographyError`.
  package mutating func filter(of values: [String]) throws(CryptographyError) -> [UInt8]? {
    guard values.count == schema.features.count else { return nil }
    var bits = [UInt8](repeating: 0, count: schema.bitCount / 8)
    for number in values.indices {
      guard let feature = schema.features[number] else { continue }
      guard let value = formatted(values[number], feature) else { return nil }
      let tokens = Self.tokens(of: value, feature.comparison)
      for (position, token) in tokens.enumerated() {
        let count = Self.count(feature.strategy, position, tokens.count)
        try set(count, of: token, features[number], in: &bits)
      }
    }
    return bits
  }

  private mutating func set(
    _ count: Int,
    of token: [UInt8],
    _ feature: KeyedFeature,
    in bits: inout [UInt8]
  ) throws(CryptographyError) {
    var left = count
    var block = 0
    while left > 0 {
      try feature.keyed.set(salt: Array(String(block).utf8))
      try feature.keyed.digest(token.span, to: &digest)
      for word in 0..<min(left, 32) {
        let bit = (Int(digest[2 * word]) | Int(digest[2 * word + 1]) << 8) % schema.bitCount
        bits[bit / 8] |= 0x80 >> UInt8(bit % 8)
      }
      left -= 32
      block += 1
    }
  }

  private func formatted(_ value: String, _ feature: RecordSchema.Feature) -> String? {
    if let sentinel = feature.sentinel, value == sentinel { return feature.replacement }
    guard feature.isInteger else { return value }
    return Int64(value).map { String($0) }
  }

  /// How many bits one token sets: of so many a feature, one more for the first of them.
  private static func count(_ strategy: RecordSchema.Strategy, _ position: Int, _ all: Int) -> Int {
    switch strategy {
    case .bitsPerToken(let count): count
    case .bitsPerFeature(let count): count / all + (position < count % all ? 1 : 0)
    }
  }

  /// What is hashed of a value, in reading order and as often as it occurs.
  private static func tokens(
    of value: String,
    _ comparison: RecordSchema.Comparison
  ) -> [[UInt8]] {
    if value.isEmpty { return [] }
    guard case .ngram(let length, let isPositional) = comparison else { return [Array(value.utf8)] }
    let filling = [Unicode.Scalar](repeating: " ", count: length - 1)
    let scalars = filling + Array(value.unicodeScalars) + filling
    return (0...scalars.count - length).map { place in
      var token = isPositional ? Array("\(place + 1) ".utf8) : []
      for scalar in scalars[place..<place + length] { token += Array(scalar.utf8) }
      return token
    }
  }
}
