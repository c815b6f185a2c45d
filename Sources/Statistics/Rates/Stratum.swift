/// What one age band of one group adds to a directly standardised rate.
package struct Stratum: Equatable, Sendable {
  /// All that the standard is cut by but age, such as sex: bands join within it.
  package let group: Int
  /// The age band, from the youngest up.
  package let band: Int
  /// Persons of the standard population.
  package var weight: Double
  /// Events, or persons with one.
  package var observed: Int
  /// `eventVariance`; `observed` when each event is of another person.
  package var variance: Double
  /// Persons or person-years.
  package var population: Double

  package init(
    group: Int = 0,
    band: Int,
    weight: Double,
    observed: Int,
    variance: Double? = nil,
    population: Double
  ) {
    self.group = group
    self.band = band
    self.weight = weight
    self.observed = observed
    self.variance = variance ?? Double(observed)
    self.population = population
  }

  mutating func join(_ other: Stratum) {
    weight += other.weight
    observed += other.observed
    variance += other.variance
    population += other.population
  }
}
