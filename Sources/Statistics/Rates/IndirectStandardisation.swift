/// What a stratum of an area and the same stratum of the reference add to what is expected.
package struct ReferenceStratum: Sendable {
  /// Persons or person-years of the area.
  package let population: Double
  /// Events of the reference.
  package let referenceObserved: Int
  /// Persons or person-years of the reference.
  package let referencePopulation: Double

  package init(population: Double, referenceObserved: Int, referencePopulation: Double) {
    self.population = population
    self.referenceObserved = referenceObserved
    self.referencePopulation = referencePopulation
  }
}

/// Gives how many events an area would have with the rates of the reference.
///
/// - Parameter strata: added in this order.
/// - Returns: E, in events.
/// - Throws: `StatisticsError.emptyReference` when a stratum has persons in the area and none in
///   the reference.
package func expectedCount(_ strata: [ReferenceStratum]) throws(StatisticsError) -> Double {
  var expected = 0.0
  for (index, stratum) in strata.enumerated() where stratum.population > 0 {
    guard stratum.referencePopulation > 0 else { throw .emptyReference(stratum: index) }
    expected +=
      stratum.population * Double(stratum.referenceObserved) / stratum.referencePopulation
  }
  return expected
}

/// Gives the ratio of what was seen to what was expected (SMR), with its limits.
///
/// Its p is `Poisson.upperTail`, for persons only.
///
/// - Parameters:
///   - observed: events, 0 or more.
///   - expected: `expectedCount`.
///   - variance: `eventVariance`; nil when each event is of another person.
///   - confidence: of the interval.
/// - Returns: missing when nothing is expected.
package func standardisedRatio(
  observed: Int,
  expected: Double,
  variance: Double? = nil,
  _ confidence: Confidence
) -> Estimate {
  crudeRate(observed: observed, population: expected, variance: variance, confidence)
}
