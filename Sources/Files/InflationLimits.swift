/// How far a file may be inflated before it passes for a bomb.
///
/// All are at least 1.
package struct InflationLimits: Sendable {
  /// The most bytes that one file may inflate to.
  let byteCount: Int
  /// Up to so many bytes any ratio will do.
  let freeByteCount: Int
  /// From there on, the most inflated bytes for each stored byte.
  let ratio: Int

  /// Those of a source that says so.
  ///
  /// - Parameters:
  ///   - byteCount: the most bytes that one file may inflate to.
  ///   - ratio: the most inflated bytes for each stored byte, once 256 MiB were inflated.
  package init(byteCount: Int, ratio: Int) {
    self.init(byteCount: byteCount, freeByteCount: 256 << 20, ratio: max(1, ratio))
  }

  init(byteCount: Int, freeByteCount: Int, ratio: Int) {
    self.byteCount = byteCount
    self.freeByteCount = freeByteCount
    self.ratio = ratio
  }

  // Claims and registers deflate 5 to 12 times; deflate itself reaches 1,032 times.
  /// Those of a source that says nothing: 64 GiB, and 250 : 1.
  package static let delivery = InflationLimits(byteCount: 64 << 30, ratio: 250)
}
