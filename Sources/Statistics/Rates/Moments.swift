/// Count, sum and sum of squares of whole numbers, for their mean.
///
/// Integers throughout: the order in which values come changes nothing.
package struct Moments: Equatable, Sendable {
  package private(set) var count = 0
  private var sum: Int128 = 0
  private var squares: Int128 = 0
  /// Whether the squares came to more than can be held; there are no limits then.
  package private(set) var hasOverflowed = false

  package init() {}

  /// Adds one value.
  package mutating func add(_ value: Int64) {
    count += 1
    sum += Int128(value)
    add(squares: Int128(value) * Int128(value))
  }

  /// Adds all values of another part.
  package mutating func add(_ other: Moments) {
    count += other.count
    sum += other.sum
    add(squares: other.squares)
    hasOverflowed = hasOverflowed || other.hasOverflowed
  }

  private mutating func add(squares more: Int128) {
    let (total, overflow) = squares.addingReportingOverflow(more)
    squares = overflow ? squares : total
    hasOverflowed = hasOverflowed || overflow
  }

  /// The mean; nil of nothing.
  package var mean: Double? { count > 0 ? Double(sum) / Double(count) : nil }

  /// The variance with divisor n − 1; nil of fewer than two.
  package var variance: Double? {
    guard count > 1, !hasOverflowed else { return nil }
    let n = Int128(count)
    let (whole, rest) = sum.quotientAndRemainder(dividingBy: n)
    // Σ(x−whole)². Its parts may wrap, itself it is at most about Σx².
    let aroundWhole = squares &- whole &* (sum &+ rest)
    // Around the mean it is less by rest²/n: in integers while that is a great part of it.
    let aroundMean =
      aroundWhole <= Int128(Int64.max)
      ? Double(n * aroundWhole - rest * rest) / Double(count)
      : Double(aroundWhole) - Double(rest) * (Double(rest) / Double(count))
    return aroundMean / Double(count - 1)
  }
}

/// Gives the mean of persons' values, with limits when there are at least thirty.
///
/// - Parameters:
///   - moments: of the values that are known.
///   - confidence: of the interval.
/// - Returns: in the unit of the values; missing of nothing.
package func meanEstimate(_ moments: Moments, _ confidence: Confidence) -> Estimate {
  guard let mean = moments.mean else { return .none(.missing) }
  let interval = moments.variance.flatMap { variance in
    meanInterval(
      mean: mean,
      deviation: variance.squareRoot(),
      count: moments.count,
      confidence
    )
  }
  return Estimate(value: mean, interval: interval, mark: nil)
}

/// Gives the limits of a mean of at least thirty values.
///
/// - Parameters:
///   - mean: of the values.
///   - deviation: of the values, with divisor n − 1.
///   - count: how many values.
///   - confidence: of the interval.
/// - Returns: in the unit of the values; nil of fewer than thirty.
package func meanInterval(
  mean: Double,
  deviation: Double,
  count: Int,
  _ confidence: Confidence
) -> Interval? {
  guard count >= 30, deviation.isFinite else { return nil }
  let width = confidence.z * deviation / Double(count).squareRoot()
  return Interval(lower: mean - width, upper: mean + width)
}
