/// The rate that a standard population would have with the rates of strata, and how far it may lie off.
package struct DirectRate: Sendable {
  /// Per person or person-year.
  package let value: Double
  /// Of the rate.
  package let variance: Double
  /// In all strata.
  package let observed: Int
  /// Whether strata were joined.
  package let isPooled: Bool

  /// Nil when too much of the weight has no persons: a stratum without any joins the next younger band,
  /// for up to a tenth of the weight.
  ///
  /// - Parameter strata: in any order; those without weight add nothing.
  package init?(_ strata: [Stratum]) {
    let pooled = PooledStrata(strata)
    let weight = pooled.strata.reduce(0) { $0 + $1.weight }
    guard weight > 0, pooled.lostWeight == 0, pooled.pooledWeight * 10 <= weight else {
      return nil
    }
    var rate = 0.0
    var variance = 0.0
    for stratum in pooled.strata {
      let factor = stratum.weight / weight / stratum.population
      rate += factor * Double(stratum.observed)
      variance += factor * factor * stratum.variance
    }
    value = rate
    self.variance = variance
    observed = pooled.strata.reduce(0) { $0 + $1.observed }
    isPooled = pooled.pooledWeight > 0
  }

  /// Whether so few events make no rate.
  package var isOfFew: Bool { observed < fewEvents }

  /// By how much the rate lies off for each event that the count may lie off (Dobson et al., 1991).
  package var width: Double { (variance / Double(observed)).squareRoot() }

  /// The limits of a rate.
  ///
  /// - Parameters:
  ///   - value: the rate, in any unit.
  ///   - width: of one event, in the same.
  ///   - observed: events.
  ///   - confidence: of the interval.
  /// - Returns: not below 0.
  package static func interval(
    of value: Double,
    width: Double,
    observed: Int,
    _ confidence: Confidence
  ) -> Interval {
    let count = Double(observed)
    let poisson = poissonInterval(observed: observed, confidence)
    return Interval(
      lower: max(0, value + width * (poisson.lower - count)),
      upper: value + width * (poisson.upper - count)
    )
  }
}

/// Gives the rate that the standard population would have with the rates of these strata.
///
/// Limits by Dobson et al. (1991).
///
/// - Parameters:
///   - strata: in any order; those without weight add nothing.
///   - confidence: of the interval.
/// - Returns: per person or person-year; `pooled` when strata were joined, `few` without a value
///   under ten events, `missing` when too much of the weight has no persons.
package func directlyStandardisedRate(
  _ strata: [Stratum],
  _ confidence: Confidence
) -> Estimate {
  guard let rate = DirectRate(strata) else { return .none(.missing) }
  if rate.isOfFew { return .none(.few) }
  return Estimate(
    value: rate.value,
    interval: DirectRate.interval(
      of: rate.value,
      width: rate.width,
      observed: rate.observed,
      confidence
    ),
    mark: rate.isPooled ? .pooled : nil
  )
}
