package import Diagnostics

/// How records are linked that share no number both sides can trust: by weighing what agrees.
package struct ProbabilisticStage: Sendable, Hashable {
  /// A pair is compared when one of them holds; none where they are chosen by the data.
  package let blocks: [BlockingRule]
  /// In file order.
  package let comparisons: [Comparison]
  /// Columns of first names, initials and birth dates: what those of one household do not share.
  package let personal: Set<String>
  /// The file names no comparisons: they are all columns that any source shares with the spine.
  package let comparesAll: Bool
  /// Whether pairs that the exact passes prove may teach how often columns agree.
  package let learnsFromExact: Bool
  /// The least probability that links, in 0...1; nil when it is chosen.
  package let accept: Double?
  /// The least probability that is queued for review, in 0...1 and not above `accept`.
  package let review: Double
  /// The most pairs for each unlinked client that one blocking rule may make.
  package let limit: Int

  package init(
    blocks: [BlockingRule],
    comparisons: [Comparison],
    personal: Set<String> = [],
    comparesAll: Bool = false,
    learnsFromExact: Bool = true,
    accept: Double? = nil,
    review: Double = 0.80,
    limit: Int = 2000
  ) {
    self.blocks = blocks
    self.comparisons = comparisons
    self.personal = personal
    self.comparesAll = comparesAll
    self.learnsFromExact = learnsFromExact
    self.accept = accept
    self.review = review
    self.limit = limit
  }
}

/// A rule that says which pairs are worth comparing: those that are equal on all of its columns.
package struct BlockingRule: Sendable, Hashable {
  /// Token columns and kept columns, by staged name.
  package let columns: [String]
  /// Where the file has it; nil when no file does.
  package let place: Place?

  package init(columns: [String], place: Place? = nil) {
    self.columns = columns
    self.place = place
  }
}

/// What two records may have in common in one column, strongest level first.
package struct Comparison: Sendable, Hashable {
  /// A way in which two values may agree.
  package enum Level: Sendable, Hashable {
    /// Equal tokens or kept values.
    case exact
    /// Bloom filters whose Dice coefficient is at least this many hundredths.
    case dice(hundredths: Int)
    /// Equal kept parts, as `pc4` of a postcode: the name of the column that holds them.
    case part(column: String)
  }

  /// A column that both sides have.
  package let column: String
  package let levels: [Level]
  /// Whether agreement on a rare value weighs more than on a common one.
  package let usesFrequency: Bool

  package init(column: String, levels: [Level], usesFrequency: Bool = false) {
    self.column = column
    self.levels = levels
    self.usesFrequency = usesFrequency
  }
}
