/// Gives the rate that the standard population would have with the rates of these strata.
///
/// Limits by Dobson et al. (1991). A stratum without persons joins the next younger band, for up to
/// a tenth of the weight.
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
  let pooled = PooledStrata(strata)
  let weight = pooled.strata.reduce(0) { $0 + $1.weight }
  guard weight > 0, pooled.lostWeight == 0, pooled.pooledWeight * 10 <= weight else {
    return .none(.missing)
  }
  let observed = pooled.strata.reduce(0) { $0 + $1.observed }
  guard observed >= fewEvents else { return .none(.few) }

  var rate = 0.0
  var variance = 0.0
  for stratum in pooled.strata {
    let factor = stratum.weight / weight / stratum.population
    rate += factor * Double(stratum.observed)
    variance += factor * factor * stratum.variance
  }
  let count = Double(observed)
  let width = (variance / count).squareRoot()
  let poisson = poissonInterval(observed: observed, confidence)
  return Estimate(
    value: rate,
    interval: Interval(
      lower: max(0, rate + width * (poisson.lower - count)),
      upper: rate + width * (poisson.upper - count)
    ),
    mark: pooled.pooledWeight > 0 ? .pooled : nil
  )
}
