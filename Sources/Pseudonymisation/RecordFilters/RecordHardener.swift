import Cryptography
import PipelineFile

/// Hardens filters of records before they leave, for one thread.
struct RecordHardener: ~Copyable {
  private let hardening: RecordFilterForm.Hardening
  private let permutation: BitPermutation
  private var noise: MessageAuthenticator

  /// - Throws: `CryptographyError`.
  init(_ form: RecordFilterForm, _ keys: RecordKeys) throws(CryptographyError) {
    let permutation = try Self.permutation(form, keys)
    let noise = try MessageAuthenticator(key: keys.noise)
    hardening = form.hardening
    self.permutation = permutation
    self.noise = noise
  }

  /// The order of the bits of balanced filters; the partner draws the same, for he has the secret.
  private static func permutation(
    _ form: RecordFilterForm,
    _ keys: RecordKeys
  ) throws(CryptographyError) -> BitPermutation {
    guard form.hardening == .balanced else { return BitPermutation(places: []) }
    let key = try hkdf(
      keys.secret,
      salt: Array("koppel/clk/v1".utf8),
      info: Array("balanced".utf8),
      count: 32
    )
    return try BitPermutation(key: key, count: form.bitCount)
  }

  /// The bytes of a filter as it leaves.
  ///
  /// - Parameter words: of the filter.
  /// - Returns: `RecordFilterForm.bitCount` / 8 bytes.
  /// - Throws: `CryptographyError`.
  mutating func hardened(_ words: [UInt64]) throws(CryptographyError) -> [UInt8] {
    switch hardening {
    case .none: return recordBytes(of: words[...])
    case .balanced:
      var balanced: [UInt64] = []
      permutation.append(recordBytes(of: (words + words.map { ~$0 })[...]), to: &balanced)
      return recordBytes(of: balanced[...])
    case .xorFold:
      let bytes = recordBytes(of: words[...])
      let half = bytes.count / 2
      return (0..<half).map { bytes[$0] ^ bytes[half + $0] }
    case .flip(let tenThousandths):
      return try noisy(recordBytes(of: words[...]), tenThousandths)
    }
  }

  /// Draws some bits anew, by the filter itself: an equal record gets equal noise, night after night.
  private mutating func noisy(
    _ bytes: [UInt8],
    _ tenThousandths: Int
  ) throws(CryptographyError) -> [UInt8] {
    // An even number, so that the last bit of what lies below it is as likely one as zero.
    let limit = UInt32(truncatingIfNeeded: tenThousandths * 65_536 / 10_000) & ~1
    let seed = try noise.fullTag(bytes)
    var noisy = bytes
    var block: [UInt8] = []
    for bit in 0..<bytes.count * 8 {
      if bit % 16 == 0 {
        let number = UInt16(truncatingIfNeeded: bit / 16)
        block = try noise.fullTag(seed + [UInt8(number >> 8), UInt8(number & 0xFF)])
      }
      let place = bit % 16 * 2
      let drawn = UInt32(block[place]) << 8 | UInt32(block[place + 1])
      guard drawn < limit else { continue }
      let mask: UInt8 = 0x80 >> UInt8(bit % 8)
      if drawn & 1 == 1 { noisy[bit / 8] |= mask } else { noisy[bit / 8] &= ~mask }
    }
    return noisy
  }
}
