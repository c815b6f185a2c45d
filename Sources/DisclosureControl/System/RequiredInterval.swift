/// The interval that an attacker must be left with for a cell: it reaches down to `lower` at least,
/// and up to `upper` at least.
struct RequiredInterval: Sendable, Hashable {
  let lower: Int64
  let upper: Int64

  init(lower: Int64, upper: Int64) {
    self.lower = lower
    self.upper = upper
  }

  /// Of a group of persons that is too small: it may be one person, and it may be enough.
  ///
  /// - Parameter minimum: of persons in a cell that is shown.
  /// - Returns: from one to that many.
  static func ofFew(minimum: Int64) -> Self { Self(lower: 1, upper: minimum) }

  /// What holds all of these; nil where there are none.
  static func wider(_ all: RequiredInterval?...) -> Self? {
    all.compactMap { $0 }.reduce(nil) { wider, next in
      Self(
        lower: min(wider?.lower ?? next.lower, next.lower),
        upper: max(wider?.upper ?? next.upper, next.upper)
      )
    }
  }

  /// The same, as far as a number can be from which another is known to have grown, or shrunk.
  func within(_ range: ClosedRange<Int64>) -> Self {
    Self(
      lower: max(lower, range.lowerBound),
      upper: min(upper, range.upperBound)
    )
  }
}
