import Cryptography

/// Encoding `field-1024-600-2` as it is written down, without haste.
enum PlainFieldFilter {
  /// The bits that a standardised value sets at the first level.
  static func bits(of value: String, key: SecretBytes) throws -> Set<Int> {
    let parts = value.unicodeScalars.split(separator: "-")
      .map { part in Array(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
      .filter { !$0.isEmpty }
    var grams: Set<[UInt8]> = []
    for part in parts {
      let padded = [" "] + part + [" "]
      for pair in zip(padded, padded.dropFirst()) {
        grams.insert(Array("\(pair.0)\(pair.1)".utf8))
      }
    }
    let ordered = grams.sorted { $0.lexicographicallyPrecedes($1) }
    guard !ordered.isEmpty else { return [] }
    var bits: Set<Int> = []
    for (number, gram) in ordered.enumerated() {
      let count = 600 / ordered.count + (number < 600 % ordered.count ? 1 : 0)
      var drawn: [Int] = []
      for block in 0..<(count + 31) / 32 {
        var keyed = try KeyedBlake2b(key: key)
        var digest: [UInt8] = []
        try keyed.digest(([UInt8(block >> 8), UInt8(block & 255)] + gram).span, to: &digest)
        drawn += stride(from: 0, to: 64, by: 2).map {
          (Int(digest[$0]) + 256 * Int(digest[$0 + 1])) % 1024
        }
      }
      bits.formUnion(drawn.prefix(count))
    }
    return bits
  }
}
