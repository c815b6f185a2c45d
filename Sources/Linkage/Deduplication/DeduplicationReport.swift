/// What it came to that records were joined to persons, for the report of the night.
package struct DeduplicationReport: Sendable, Hashable {
  /// What one exact pass did.
  package struct Pass: Sendable, Hashable {
    /// Joins of two clusters of records.
    package internal(set) var joinCount = 0
    /// Records that it kept apart from all others of equal key.
    package internal(set) var refusalCount = 0
    /// The pass asks for a column that no source has.
    package internal(set) var isSkipped = false
  }

  package internal(set) var recordCount = 0
  package internal(set) var personCount = 0
  /// How many persons have so many records, by number of records.
  package internal(set) var sizes: [Int: Int] = [:]
  /// One a pass, in file order.
  package internal(set) var passes: [Pass] = []
  /// Of pairs that no pass joined; nil when the stage weighs nothing.
  package internal(set) var weighed: ProbabilisticReport?
  /// The share of the pairs within persons that a pass joined or that are likely enough by
  /// themselves, in 0...1; nil when nobody has two records.
  package internal(set) var density: Double?
  /// The mean total of the weakest join that was made, in bits; nil without.
  package internal(set) var weakestJoin: Double?
  /// Pairs that alone hold a person of three or more records together.
  package internal(set) var bridgeCount = 0
  /// Pairs that are likely enough, whose records do not fit together otherwise.
  package internal(set) var refusedCount = 0
  /// Pairs that would have made a person of more than 20 records.
  package internal(set) var largeCount = 0
  /// What somebody should look at.
  package internal(set) var reviews = ReviewQueue()
}
