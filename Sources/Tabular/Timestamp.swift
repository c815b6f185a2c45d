/// `2026-08-01T02:00:00.123Z`, from milliseconds since 1970 in UTC.
package func timestamp(_ milliseconds: Int64) -> String {
  // Seconds first: a day's beginning in milliseconds may lie below the least number there is.
  let second = milliseconds.floored(by: 1000)
  let day = second.floored(by: 86_400)
  let rest = second - day * 86_400
  let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { padded(Int($0), 2) }
  // Wraps around twice for the least numbers, and then is in 0..<1000 all the same.
  let fraction = milliseconds &- second &* 1000
  return "\(CivilDate(dayNumber: Int(day)))T\(clock.joined(separator: ":"))"
    + ".\(padded(Int(fraction), 3))Z"
}

extension Int64 {
  /// The quotient rounded down, also of what lies before 1970.
  ///
  /// - Parameter divisor: above 0.
  /// - Returns: the greatest number that, times the divisor, is not above this one.
  package func floored(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
