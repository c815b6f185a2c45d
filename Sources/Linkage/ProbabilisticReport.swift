package import PipelineFile

/// What weighing the records of one source came to, for the report of the night.
package struct ProbabilisticReport: Sendable, Hashable {
  /// A blocking rule and the pairs that it made.
  package struct Rule: Sendable, Hashable {
    package let columns: [String]
    package let pairCount: Int
    /// The records of its largest block.
    package let largest: [Int]
    /// The share of unlinked records that it pairs with nobody, in 0...1.
    package let lonelyShare: Double
    /// Links that no other rule found.
    package internal(set) var ownLinkCount = 0
  }

  /// What a comparison's levels are worth.
  package struct Column: Sendable, Hashable {
    package let comparison: Comparison
    /// By level, and last of none: the share of true pairs.
    package let m: [Double]
    /// The same of different people.
    package let u: [Double]
    /// m comes from pairs that a number proves, not from EM.
    package let isProved: Bool
  }

  /// Columns that are weighed together.
  package struct Joint: Sendable, Hashable {
    package let columns: [String]
    /// How much more often different people agree on all than independence would have it, in bits.
    package let bits: Double
  }

  /// Different people who are no strangers to each other, as those of one house or street.
  package struct Relatives: Sendable, Hashable {
    /// Of all pairs, in 0...1.
    package let share: Double
    /// By comparison and level, and last of none: how often they agree.
    package let levels: [[Double]]
  }

  package internal(set) var rules: [Rule] = []
  package internal(set) var columns: [Column] = []
  package internal(set) var joints: [Joint] = []
  /// Only where records of one set are joined.
  package internal(set) var relatives: [Relatives] = []
  /// What was learnt tonight, whether it was used or not; nil when nothing was weighed.
  package internal(set) var learnt: LearntModel?
  /// Whether the model of an earlier night was used.
  package internal(set) var isKept = false
  /// What tonight would weigh a bit more or less.
  package internal(set) var drift: [LearntModel.Drift] = []
  /// Pairs of columns that depend on each other by more than a bit, strongest first.
  package internal(set) var dependent: [Joint] = []
  /// Comparisons and rules on columns that the spine or the source lacks.
  package internal(set) var skipped: [[String]] = []
  /// Blocking rules whose EM run mistook something else for truth.
  package internal(set) var droppedRules: [[String]] = []
  /// Blocking rules whose EM run did not settle.
  package internal(set) var unsettledRules: [[String]] = []
  /// Clients that were weighed.
  package internal(set) var clientCount = 0
  /// Why nothing was weighed; nil when it was.
  package internal(set) var idle: Idle?
  /// Clients who are residents, as far as the probabilities tell.
  package internal(set) var expectedMatches = 0.0
  /// The share of true pairs that some rule makes, in 0...1.
  package internal(set) var reach = 0.0
  /// log₂ of the odds of a pair before anything is compared.
  package internal(set) var prior = 0.0
  /// The least probability that links, in 0...1.
  package internal(set) var accept = 0.0
  package internal(set) var linked = LinkReport.Volume()
  /// What somebody should look at.
  package internal(set) var reviews = ReviewQueue()
  /// One for each pair that was asked for.
  package internal(set) var explanations: [Explanation] = []
  /// Clients whose BSN was hidden, to see whether they are found without it.
  package internal(set) var rehearsedCount = 0
  /// How right and how complete the links are, as far as can be told; nil without links.
  package internal(set) var quality: ExpectedQuality?
  /// Groups of clients by kept columns.
  package internal(set) var subgroups: [Subgroup] = []

  /// Why nothing was weighed.
  package enum Idle: Sendable, Hashable {
    /// The passes linked everybody.
    case nobodyLeft
    /// The source lacks every rule's or every comparison's columns.
    case nothingToCompare
    /// Too few pairs to learn from.
    case tooFewPairs(Int)
  }
}

/// Why a source cannot be linked.
package enum LinkageError: Error, Hashable, Sendable {
  /// A blocking rule makes more pairs than its limit.
  ///
  /// - Parameters:
  ///   - rule: its number in the stage.
  ///   - pairs: that it makes.
  ///   - limit: that it may make.
  ///   - left: residents in its largest block.
  ///   - right: records of the source in it.
  case blockTooLarge(rule: Int, pairs: Int, limit: Int, left: Int, right: Int)
}
