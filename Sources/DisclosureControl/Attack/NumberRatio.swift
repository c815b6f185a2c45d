/// What a shown quotient tells of two numbers: between which it lies, up to how it was rounded.
struct NumberRatio: Sendable, Hashable {
  let dividend: Int32
  /// Not below zero.
  let divisor: Int32
  /// In the units of both numbers.
  let limits: ClosedRange<Double>

  /// As rows of a linear program: *dividend* − *limit* · *divisor* is not above 0 for the upper limit,
  /// and not below it for the lower one.
  var rows: [(limit: Double, isUpper: Bool)] {
    [(limits.lowerBound, false), (limits.upperBound, true)]
  }

  /// The factor of one of its numbers in such a row.
  func coefficient(of number: Int32, limit: Double) -> Double {
    number == dividend ? 1 : -limit
  }
}
