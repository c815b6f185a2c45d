import Tabular

/// How much of a spell lies within a run of days.
struct SpellShare: Sendable {
  /// Days of it before the run.
  private let before: Int64
  /// Days of it until the end of the run.
  private let until: Int64
  /// All its days; 0 for a spell that has not ended.
  private let length: Int64

  /// Nil when no day of the spell is in the run, or its first day is missing.
  ///
  /// - Parameters:
  ///   - start: the first day.
  ///   - end: the last day, `missingInteger` for a spell that has not ended.
  ///   - days: the run.
  init?(start: Int64, end: Int64, days: ClosedRange<Int64>) {
    let isOpen = end == missingInteger
    guard start != missingInteger, start <= days.upperBound, isOpen || end >= start,
      isOpen || end >= days.lowerBound
    else { return nil }
    before = max(0, days.lowerBound &- start)
    until = isOpen ? 0 : min(end, days.upperBound) &- start &+ 1
    length = isOpen ? 0 : end &- start &+ 1
  }

  /// The part of an amount that falls into the days: ⌊A·d/D⌋ is spent up to day d of D.
  ///
  /// The parts of adjoining runs add up to the amount. Missing for a spell that has not ended.
  func part(of amount: Int64) -> Int64 {
    if length == 0 || amount == missingInteger { return missingInteger }
    if before == 0, until == length { return amount }
    return spent(amount, until) &- spent(amount, before)
  }

  /// Rounded down, also below zero.
  private func spent(_ amount: Int64, _ days: Int64) -> Int64 {
    let (quotient, rest) = (Int128(amount) * Int128(days)).quotientAndRemainder(
      dividingBy: Int128(length)
    )
    return Int64(truncatingIfNeeded: rest < 0 ? quotient - 1 : quotient)
  }
}
