/// What one age band of one group adds to a directly standardised rate.
package struct Stratum: Equatable, Sendable {
  /// All that the standard is cut by but age, such as sex: bands join within it.
  package let group: Int
  /// The age band, from the youngest up.
  package let band: Int
  /// Persons of the standard population.
  package private(set) var weight: Double
  /// Events, or persons with one.
  package private(set) var observed: Int
  /// `eventVariance`; `observed` when each event is of another person.
  package private(set) var variance: Double
  /// Persons or person-years.
  package let population: Double

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

  /// Takes over the weight and events of a stratum without persons.
  mutating func join(_ empty: Stratum) {
    weight += empty.weight
    observed += empty.observed
    variance += empty.variance
  }
}
