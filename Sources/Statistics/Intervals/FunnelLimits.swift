/// Gives between which ratios an area lies that has the risk of the region.
///
/// The exact limits of a count with mean `expected`, taken as continuous in it (Spiegelhalter,
/// 2005).
///
/// - Parameters:
///   - expected: events by the rates of the region.
///   - confidence: 95 % for the inner, 99.8 % for the outer limits.
/// - Returns: around 1; nil when nothing is expected.
package func ratioFunnel(expected: Double, _ confidence: Confidence) -> Interval? {
  guard expected > 0 else { return nil }
  let doubled = 2 * expected
  let tail = confidence.tail
  return Interval(
    lower: ChiSquare.lowerQuantile(tail, degreesOfFreedom: doubled) / doubled,
    upper: ChiSquare.upperQuantile(tail, degreesOfFreedom: doubled + 2) / doubled
  )
}

/// Gives between which shares an area lies that has the share of the region.
///
/// - Parameters:
///   - share: of the region, in 0...1.
///   - total: persons of the area.
///   - confidence: 95 % for the inner, 99.8 % for the outer limits.
/// - Returns: cut off at 0 and 1; nil when the area has no persons.
package func shareFunnel(share: Double, of total: Int, _ confidence: Confidence) -> Interval? {
  guard total > 0, 0...1 ~= share else { return nil }
  let width = confidence.z * (share * (1 - share) / Double(total)).squareRoot()
  return Interval(lower: max(0, share - width), upper: min(1, share + width))
}
