/// What a region published of its whole, for tables that compare regions.
package struct PublishedRegion: Sendable {
  /// What a stratum shows: both parts of a ratio.
  package struct Counts: Sendable, Hashable {
    package let events: Double
    package let persons: Double

    package init(events: Double, persons: Double) {
      self.events = events
      self.persons = persons
    }
  }

  package let name: String
  /// What the rate divides: persons, events or cents; nil where that is hidden.
  package let events: Double?
  /// In ones.
  package let base: Double?
  /// The least share of a source's rows that are linked, in 0...1; nil where none is told.
  package let coverage: Double?
  /// Of a standardised ratio, by the labels of the strata: those of which both parts are shown.
  package let strata: [[String]: Counts]

  package init(
    name: String,
    events: Double?,
    base: Double?,
    coverage: Double?,
    strata: [[String]: Counts] = [:]
  ) {
    self.name = name
    self.events = events
    self.base = base
    self.coverage = coverage
    self.strata = strata
  }
}
