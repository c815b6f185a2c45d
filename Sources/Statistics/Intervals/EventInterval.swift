/// Gives the limits of a number of events of which one person can have several.
///
/// Poisson limits, widened by how much the variance is above that of independent events (Dobson
/// et al., 1991); those limits themselves where they are equal.
///
/// - Parameters:
///   - observed: events, 0 or more.
///   - variance: `eventVariance`; nil when each event is of another person.
///   - confidence: of the interval.
/// - Returns: in events, not below 0.
package func eventInterval(
  observed: Int,
  variance: Double? = nil,
  _ confidence: Confidence
) -> Interval {
  let poisson = poissonInterval(observed: observed, confidence)
  guard let variance, observed > 0 else { return poisson }
  let count = Double(observed)
  let widening = (variance / count).squareRoot()
  return Interval(
    lower: max(0, count + widening * (poisson.lower - count)),
    upper: count + widening * (poisson.upper - count)
  )
}

/// Gives the variance of a number of events: Σ f²·N_f.
///
/// Persons are independent, the events of one person are not (Carriere and Roos, 1994).
///
/// - Parameter personsByEvents: N_f persons with exactly f events each.
/// - Returns: the number of events when nobody has more than one, else more.
package func eventVariance(_ personsByEvents: [(events: Int, persons: Int)]) -> Double {
  personsByEvents.reduce(0) { $0 + Double($1.events) * Double($1.events) * Double($1.persons) }
}
