import Statistics

/// A rate with its limits as anyone reads them, up to how each is rounded: they tell of how many it is.
struct PrintedLimits {
  let value: ClosedRange<Double>
  let lower: ClosedRange<Double>
  let upper: ClosedRange<Double>

  /// What limits are made of.
  enum Form: CaseIterable {
    /// Events as chance makes them, or so many persons: of `poissonInterval`, times any width.
    case events
    /// Persons of persons.
    case share
  }

  /// What limits tell.
  struct Counts {
    let dividend: KnownRange
    /// Nil where they tell nothing of it.
    let divisor: KnownRange?
  }

  /// No more than this are looked for.
  private static let most: Int64 = 1 << 40

  /// What is counted, and of how many.
  ///
  /// - Parameters:
  ///   - form: of the limits.
  ///   - level: of the limits.
  ///   - count: what a share of everyone is printed as, 1000 of a rate per 1000.
  /// - Returns: nil where no counts have such limits.
  func counts(_ form: Form, _ level: Confidence, per count: Double) -> Counts? {
    switch form {
    case .events: events(level).map { Counts(dividend: $0, divisor: nil) }
    case .share: shares(level, per: count)
    }
  }

  /// How far the lower limit lies off for each by which the upper one does grows with the events, and
  /// depends on nothing else.
  private func events(_ level: Confidence) -> KnownRange? {
    if value.upperBound <= 0 { return nil }
    let above = upper.lowerBound - value.upperBound...upper.upperBound - value.lowerBound
    let below = value.lowerBound - lower.upperBound...value.upperBound - lower.lowerBound
    guard above.upperBound > 0 else { return nil }
    let least = below.lowerBound / above.upperBound
    // A lower limit is cut off at 0.
    let most: Double =
      lower.lowerBound <= 0 || above.lowerBound <= 0
      ? .infinity : below.upperBound / above.lowerBound
    func ratio(_ count: Int64) -> Double {
      let limits = poissonInterval(observed: Int(count), level)
      return (Double(count) - limits.lower) / (limits.upper - Double(count))
    }
    return Self.range(from: 1, isEnough: { ratio($0) >= least }, isTooMany: { ratio($0) > most })
  }

  /// Limits of a share are the narrower the more persons it is of.
  private func shares(_ level: Confidence, per count: Double) -> Counts? {
    let narrowest = max(0, (upper.lowerBound - lower.upperBound) / count)
    let widest = (upper.upperBound - lower.lowerBound) / count
    guard value.lowerBound <= count, value.upperBound >= 0, narrowest <= widest else { return nil }
    let shares = max(0, value.lowerBound / count)...min(1, value.upperBound / count)
    let widths = narrowest...widest
    // The widest is that of a half.
    let all = [shares.lowerBound, shares.upperBound] + (shares.contains(0.5) ? [0.5] : [])
    func width(_ share: Double, _ total: Int64) -> Double {
      let (n, z) = (Double(total), level.z)
      return z / (n + z * z) * (4 * n * share * (1 - share) + z * z).squareRoot()
    }
    guard
      let total = Self.range(
        from: 1,
        isEnough: { n in all.contains { width($0, n) <= widths.upperBound } },
        isTooMany: { n in all.allSatisfy { width($0, n) < widths.lowerBound } }
      ), let least = total.lower
    else { return nil }
    let part = KnownRange(
      lower: Int64((Double(least) * shares.lowerBound).rounded(.up)),
      upper: total.upper.map { Int64((Double($0) * shares.upperBound).rounded(.down)) }
    )
    guard part.lower ?? 0 <= part.upper ?? .max else { return nil }
    return Counts(dividend: part, divisor: total)
  }

  /// From the first that is enough to the last before there are too many; both stay so.
  private static func range(
    from first: Int64,
    isEnough: (Int64) -> Bool,
    isTooMany: (Int64) -> Bool
  ) -> KnownRange? {
    guard let least = Self.first(from: first, where: isEnough) else { return nil }
    let end = Self.first(from: least, where: isTooMany)
    guard end != least else { return nil }
    return KnownRange(lower: least, upper: end.map { $0 - 1 })
  }

  /// Nil where there is none.
  private static func first(from start: Int64, where holds: (Int64) -> Bool) -> Int64? {
    guard holds(most) else { return nil }
    var (low, high) = (start, most)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
