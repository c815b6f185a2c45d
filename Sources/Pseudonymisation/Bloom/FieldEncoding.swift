import Tabular

/// How a name becomes a Bloom filter that `dice` levels compare: encoding `field-1024-600-2`.
///
/// 1,024 bits; bigrams of each part, with a space at either end, not positional; 600 bits a value,
/// however many bigrams it has, for bits a bigram would betray its length. Thresholds of `dice`
/// levels hold for one encoding: another gets another name, and other keys with it.
package enum FieldEncoding {
  /// Enters every derivation and the header of every file of filters.
  package static let name = "field-1024-600-2"

  static let bitCount = 1024
  static let byteCount = bitCount / 8
  /// Bits that a value sets, before they meet.
  static let featureBits = 600

  /// The distinct bigrams of a standardised value, in byte order.
  ///
  /// A bigram is its UTF-8 bytes from the left, zeros behind: so numbers are in byte order. Two
  /// Unicode scalars have at most eight bytes.
  ///
  /// - Parameters:
  ///   - value: UTF-8; parts between dashes.
  ///   - grams: overwritten; empty when no part holds anything.
  /// - Note: Clear identifiers pass through here.
  /// - Complexity: O(*n* log *n*).
  static func bigrams(of value: [UInt8], into grams: inout [UInt64]) {
    grams.removeAll(keepingCapacity: true)
    var start = 0
    while start < value.count {
      var end = start
      while end < value.count && value[end] != dash { end += 1 }
      appendBigrams(ofPart: value[start..<end], to: &grams)
      start = end + 1
    }
    grams.sort()
    var kept = 0
    for position in grams.indices where kept == 0 || grams[position] != grams[kept - 1] {
      grams[kept] = grams[position]
      kept += 1
    }
    grams.removeLast(grams.count - kept)
  }

  /// A part counts without the spaces around it: it gets one at either end.
  private static func appendBigrams(ofPart part: ArraySlice<UInt8>, to grams: inout [UInt64]) {
    guard var place = part.firstIndex(where: { $0 != space }),
      let last = part.lastIndex(where: { $0 != space })
    else { return }
    var (left, leftCount) = (UInt64(space), 1)
    while place <= last {
      let (right, rightCount) = scalar(part[place...last])
      grams.append(joined(left, leftCount, right, rightCount))
      (left, leftCount) = (right, rightCount)
      place += rightCount
    }
    grams.append(joined(left, leftCount, UInt64(space), 1))
  }

  private static func joined(
    _ left: UInt64,
    _ leftCount: Int,
    _ right: UInt64,
    _ rightCount: Int
  ) -> UInt64 {
    (left << UInt64(8 * rightCount) | right) << UInt64(64 - 8 * (leftCount + rightCount))
  }

  /// The bytes of a bigram.
  static func append(gram: UInt64, to bytes: inout [UInt8]) {
    let first = UInt8(truncatingIfNeeded: gram >> 56)
    let firstCount = scalarCount(first)
    let second = UInt8(truncatingIfNeeded: gram >> UInt64(56 - 8 * firstCount))
    for place in 0..<firstCount + scalarCount(second) {
      bytes.append(UInt8(truncatingIfNeeded: gram >> UInt64(56 - 8 * place)))
    }
  }

  /// The first Unicode scalar as its bytes, big-endian, and how many these are.
  private static func scalar(_ text: ArraySlice<UInt8>) -> (bits: UInt64, count: Int) {
    let bytes = text.prefix(scalarCount(text.first ?? 0))
    return (bytes.reduce(0) { $0 << 8 | UInt64($1) }, bytes.count)
  }

  /// Bytes of a scalar by its first.
  private static func scalarCount(_ first: UInt8) -> Int {
    switch first {
    case 0xC0..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0...: 4
    default: 1
    }
  }
}
