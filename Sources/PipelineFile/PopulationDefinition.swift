/// Whom the tables count.
package struct PopulationDefinition: Sendable, Hashable {
  /// When somebody lived in the region, by two columns of dates; a missing one is open.
  package struct Residence: Sendable, Hashable {
    /// The first day.
    package let movedIn: String
    /// The first day elsewhere.
    package let movedOut: String
  }

  /// Who lives in the region on this day counts, in days since 1970-01-01.
  package let on: Int64
  /// Nil: everyone in the extract counts, each a full period.
  package let residence: Residence?
}
