/// Gives a share of persons with its limits.
///
/// - Parameters:
///   - count: persons of whom it holds.
///   - total: persons of whom it could.
///   - confidence: of the interval.
/// - Returns: missing when there is no total.
package func crudeShare(of count: Int, in total: Int, _ confidence: Confidence) -> Estimate {
  guard let interval = wilsonInterval(count: count, of: total, confidence) else {
    return .none(.missing)
  }
  return Estimate(value: Double(count) / Double(total), interval: interval, mark: nil)
}

/// Gives a number of events per person or person-year, with its limits.
///
/// - Parameters:
///   - observed: events, 0 or more.
///   - population: persons or person-years.
///   - variance: `eventVariance`; nil when each event is of another person.
///   - confidence: of the interval.
/// - Returns: missing when there is no population.
package func crudeRate(
  observed: Int,
  population: Double,
  variance: Double? = nil,
  _ confidence: Confidence
) -> Estimate {
  guard population > 0 else { return .none(.missing) }
  let interval = eventInterval(observed: observed, variance: variance, confidence)
  return Estimate(
    value: Double(observed) / population,
    interval: interval.scaled(by: 1 / population),
    mark: nil
  )
}
