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

/// The nearest number of three significant digits: 67.45 to 67.5, 123,456 to 123,000.
func roundedToThreeDigits(_ value: Int64) -> Int64 { coarser(value, digits: 3) }

/// The nearest number of so many significant digits.
///
/// - Parameters:
///   - value: any number.
///   - digits: 1 to 18.
/// - Returns: itself where it has no more.
func coarser(_ value: Int64, digits: Int) -> Int64 {
  rounded(value, toMultipleOf: stepOfLastDigit(value, digits: digits))
}

/// What the last of so many significant digits counts: 100 of the third of 67,450.
///
/// - Parameters:
///   - value: any number.
///   - digits: 1 to 18.
/// - Returns: a power of ten, 1 or more.
func stepOfLastDigit(_ value: Int64, digits: Int) -> Int64 {
  let least = (0..<digits).reduce(UInt64(1)) { power, _ in power * 10 }
  var step: Int64 = 1
  while value.magnitude / step.magnitude >= least { step *= 10 }
  return step
}

/// The integer that is nearest to a quotient, halfway away from zero; nil when Int64 has none.
///
/// - Precondition: `divisor` is not 0, and twice the magnitude of either fits.
func rounded(_ dividend: Int128, dividedBy divisor: Int128) -> Int64? {
  let (quotient, rest) = dividend.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
  let magnitude = Int128(quotient) + (2 * rest >= divisor.magnitude ? 1 : 0)
  return Int64(exactly: (dividend < 0) == (divisor < 0) ? magnitude : -magnitude)
}
