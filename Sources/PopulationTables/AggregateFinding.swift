/// What a night is told of its tables, beside the tables.
package enum AggregateFinding: Sendable, Hashable {
  /// The sizes of the segments add up to the persons, over all and in that many areas.
  case segmentsAddUp(persons: Int, areas: Int)
  /// Nobody is in this segment.
  case emptySegment(name: String)
  /// Persons have these scores of strata, of which the file of risks says nothing.
  case scoresWithoutRisk([Int64], strata: String)
}
