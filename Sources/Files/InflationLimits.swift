/// How far a file may be inflated before it passes for a bomb.
struct InflationLimits: Sendable {
  /// The most bytes that one file may inflate to.
  let byteCount: Int
  /// Up to so many bytes any ratio will do.
  let freeByteCount: Int
  /// From there on, the most inflated bytes for each stored byte.
  let ratio: Int

  // Claims and registers deflate 5 to 12 times; deflate itself reaches 1,032 times.
  static let delivery = InflationLimits(byteCount: 64 << 30, freeByteCount: 256 << 20, ratio: 250)
}
