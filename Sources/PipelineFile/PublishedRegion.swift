/// What a region published of its whole, for tables that compare regions.
package struct PublishedRegion: Sendable {
  package let name: String
  /// What the rate divides: persons, events or cents; nil where that is hidden.
  package let events: Double?
  /// In ones.
  package let base: Double?
  /// The least share of a source's rows that are linked, in 0...1; nil where none is told.
  package let coverage: Double?

  package init(name: String, events: Double?, base: Double?, coverage: Double?) {
    self.name = name
    self.events = events
    self.base = base
    self.coverage = coverage
  }
}
