/// A keyed pseudonym of 128 bits; big-endian halves, so that tokens sort as their bytes do.
package struct Token: Hashable, Sendable, Comparable {
  package let high: UInt64
  package let low: UInt64

  @inlinable
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Stands where a record has no value; a real token is it once in 2¹²⁸.
  package static let missing = Token(high: 0, low: 0)

  @inlinable package var isMissing: Bool { high == 0 && low == 0 }

  // Written out, for the compiler's own is a call from another module, once a look-up.
  @inlinable
  package static func == (left: Token, right: Token) -> Bool {
    left.high == right.high && left.low == right.low
  }

  @inlinable
  package static func < (left: Token, right: Token) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}
