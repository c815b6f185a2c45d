import Cryptography
import Tabular

/// Makes the Bloom filters of one label, on one thread.
///
/// ```
/// Kb = source.key("koppel/bloom/v1", "source", label, source_release, standardisation, encoding)
/// Kp = region.key("koppel/permute/v1", "region", label, release, standardisation, encoding)
/// ```
///
/// - Note: Clear identifiers pass through here.
struct FieldFilterMaker {
  private let bits: GramBits
  private var grams: [UInt64] = []

  /// - Parameters:
  ///   - label: of the values.
  ///   - scope: of the run.
  ///   - permutation: of that label and scope.
  /// - Throws: `CryptographyError`.
  init(
    label: String,
    scope: TokenScope,
    permutation: BitPermutation
  ) throws(CryptographyError) {
    let key = try scope.sourceRoot.key(
      "koppel/bloom/v1",
      ["source", label, scope.sourceRelease, scope.standardisation, FieldEncoding.name]
    )
    try self.init(key: key, permutation: permutation)
  }

  /// - Parameters:
  ///   - key: Kb.
  ///   - permutation: that Kp draws.
  /// - Throws: `CryptographyError`.
  init(key: SecretBytes, permutation: BitPermutation) throws(CryptographyError) {
    bits = try GramBits(key: key, permutation: permutation)
  }

  /// The permutation of a label's filters, which its makers share; at a supplier there is none.
  static func permutation(
    label: String,
    scope: TokenScope
  ) throws(CryptographyError) -> BitPermutation {
    guard scope.levels != .source else { return BitPermutation(leaving: FieldEncoding.bitCount) }
    let key = try scope.root.key(
      "koppel/permute/v1",
      ["region", label, scope.release, scope.standardisation, FieldEncoding.name]
    )
    return try BitPermutation(key: key, count: FieldEncoding.bitCount)
  }

  /// Appends the filter of a standardised value.
  ///
  /// - Parameters:
  ///   - value: as standardised for the label.
  ///   - words: gets `FieldFilters.wordCount` more.
  /// - Returns: false when the value holds no letter; then nothing is appended.
  /// - Throws: `CryptographyError`; a failed hash must never become a filter.
  mutating func append(
    filterOf value: [UInt8],
    to words: inout [UInt64]
  ) throws(CryptographyError) -> Bool {
    FieldEncoding.bigrams(of: value, into: &grams)
    guard !grams.isEmpty else { return false }
    let filter = words.count
    words.append(contentsOf: repeatElement(0, count: FieldFilters.wordCount))
    let (each, more) = FieldEncoding.featureBits.quotientAndRemainder(dividingBy: grams.count)
    for position in grams.indices {
      try bits.set(each + (position < more ? 1 : 0), of: grams[position], in: &words, at: filter)
    }
    return true
  }
}
