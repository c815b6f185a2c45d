/// How a figure follows from counts of strata, as age and sex, that no table need show.
package struct StrataFigure: Sendable, Equatable {
  /// The table of those counts, which nobody prints: cut as the figure's own table and by the strata.
  package let pieces: String
  /// The dimensions that make the strata.
  package let strata: [String]
  /// The measure there of what is counted.
  package let observed: String
  /// The measure there of those who could be counted; nil for all persons.
  package let population: String?
  package let method: Method

  /// What is made of the counts.
  package enum Method: Sendable, Equatable {
    /// The rate that a standard would have with those of the strata, for so many persons.
    case direct(per: Int64, [Standard])
    /// What would be counted with the rates of the region.
    case indirect
  }

  /// A stratum of a standard population.
  package struct Standard: Sendable, Equatable {
    /// One a dimension of the strata.
    package let labels: [String]
    /// All that the standard is cut by but age.
    package let group: Int
    /// The age band, from the youngest up.
    package let band: Int
    /// Nil: as many as the region has there.
    package let weight: Double?

    package init(labels: [String], group: Int, band: Int, weight: Double?) {
      self.labels = labels
      self.group = group
      self.band = band
      self.weight = weight
    }
  }

  package init(
    pieces: String,
    strata: [String],
    observed: String,
    population: String?,
    method: Method
  ) {
    self.pieces = pieces
    self.strata = strata
    self.observed = observed
    self.population = population
    self.method = method
  }
}
