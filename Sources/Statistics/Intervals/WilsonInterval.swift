/// Gives the limits of a share of persons (Wilson, 1927).
///
/// - Parameters:
///   - count: persons of whom it holds.
///   - total: persons of whom it could.
///   - confidence: of the interval.
/// - Returns: within 0...1; nil when there is no total or `count` is outside 0...`total`.
package func wilsonInterval(count: Int, of total: Int, _ confidence: Confidence) -> Interval? {
  guard total > 0, 0...total ~= count else { return nil }
  let (x, n, z) = (Double(count), Double(total), confidence.z)
  let middle = 2 * x + z * z
  let width = z * (z * z + 4 * x * (1 - x / n)).squareRoot()
  return Interval(
    // (middle − width)/(2(n+z²)), without the difference: exactly 0 for none.
    lower: 2 * x * x / (n * (middle + width)),
    upper: min(1, (middle + width) / (2 * (n + z * z)))
  )
}
