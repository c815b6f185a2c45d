/// The multiple of `step` that is nearest to `value`.
///
/// With an odd step no value is halfway. With an even one, halfway goes away from zero, as people
/// round: 5 to 10 and −5 to −10 for step 10. A multiple that Int64 cannot hold gives the last one
/// that it can.
///
/// - Parameters:
///   - value: any number.
///   - step: below 2, nothing is rounded.
/// - Returns: a multiple of `step`.
func rounded(_ value: Int64, toMultipleOf step: Int64) -> Int64 {
  guard step > 1 else { return value }
  // The remainder has the sign of the value, so `value - remainder` is nearer to zero and fits.
  let remainder = value % step
  let towardsZero = value - remainder
  let distance = remainder.magnitude
  guard distance >= step.magnitude - distance else { return towardsZero }
  let (awayFromZero, overflow) =
    value < 0
    ? towardsZero.subtractingReportingOverflow(step)
    : towardsZero.addingReportingOverflow(step)
  return overflow ? towardsZero : awayFromZero
}
