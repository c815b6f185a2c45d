/// A seeded generator of random bits (Steele et al., 2014): the same seed gives the same numbers.
///
/// For choices that must come out alike every night, as samples; never for keys.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  @usableFromInline var state: UInt64

  /// Begins the numbers of a seed.
  ///
  /// - Parameter seed: any number.
  @inlinable public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.finished(state)
  }

  /// A hash of a word: its first number as a seed, in which every bit depends on every bit.
  @inlinable
  public static func hash(_ word: UInt64) -> UInt64 {
    finished(word &+ 0x9E37_79B9_7F4A_7C15)
  }

  @inlinable
  static func finished(_ word: UInt64) -> UInt64 {
    var mixed = word
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
