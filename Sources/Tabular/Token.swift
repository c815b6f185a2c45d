/// A keyed pseudonym of 128 bits; big-endian halves, so that tokens sort as their bytes do.
///
/// Public, as all that loops of other modules call: the compiler inlines nothing else across them.
public struct Token: Hashable, Sendable, Comparable {
  public let high: UInt64
  public let low: UInt64

  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Stands where a record has no value; a real token is it once in 2¹²⁸.
  @inlinable public static var missing: Token { Token(high: 0, low: 0) }

  @inlinable public var isMissing: Bool { high == 0 && low == 0 }

  // Written out: the compiler's own is a call from another module, once a look-up.
  @inlinable
  public static func == (left: Token, right: Token) -> Bool {
    left.high == right.high && left.low == right.low
  }

  @inlinable
  public static func < (left: Token, right: Token) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}
