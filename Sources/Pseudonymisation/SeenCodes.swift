import Tabular

/// A set of token codes, as bits.
struct SeenCodes: Sendable {
  private var words: [UInt64] = []
  private var missingSeen = false

  /// Adds codes; a negative one is a missing token.
  mutating func insert(_ codes: [Int32]) {
    for code in codes {
      guard code >= 0 else {
        missingSeen = true
        continue
      }
      let word = Int(code) >> 6
      if word >= words.count {
        words += Array(repeating: 0, count: max(1024, word + 1 - words.count + words.count / 2))
      }
      words[word] |= 1 << UInt64(code & 63)
    }
  }

  mutating func formUnion(_ other: SeenCodes) {
    missingSeen = missingSeen || other.missingSeen
    if words.count < other.words.count {
      words += Array(repeating: 0, count: other.words.count - words.count)
    }
    for (word, bits) in other.words.enumerated() { words[word] |= bits }
  }

  /// All codes in ascending order; `missingCode` first when a token was missing.
  var codes: [Int32] {
    var codes: [Int32] = missingSeen ? [missingCode] : []
    for (word, bits) in words.enumerated() {
      var rest = bits
      while rest != 0 {
        codes.append(Int32(word << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return codes
  }
}
