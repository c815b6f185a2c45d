/// To which person each identity of a source belongs, and what decided so.
package struct Links: Sendable {
  /// What weighing the agreement of two records gave, for each identity that was weighed.
  package struct Weighed: Sendable {
    /// The blocking rule that found the best candidate, from 0, or -1.
    package var rules: [Int8]
    /// The best candidate: a row number of the spine, or -1; of an exact link whom it links.
    package var candidates: [Int32]
    /// Its match weight in 1/65,536 bit; 0 without a candidate.
    package var weights: [Int32]
    /// How likely it is the same person, in 0...1; 0 without a candidate.
    ///
    /// Of an exact link the precision of its pass, or `unmeasured`.
    package var probabilities: [Float]
    /// Other candidates that compete with it.
    package var rivals: [Int32]

    /// The probability of an exact link that nothing measures: a BSN is what others are measured by.
    package static let unmeasured: Float = -1

    /// Nothing weighed yet.
    package init(count: Int) {
      rules = Array(repeating: -1, count: count)
      candidates = Array(repeating: -1, count: count)
      weights = Array(repeating: 0, count: count)
      probabilities = Array(repeating: 0, count: count)
      rivals = Array(repeating: 0, count: count)
    }
  }

  /// A row number of the spine for each identity, or -1 when it is linked to nobody.
  ///
  /// Without a spine the number of its person, which everybody has.
  package let persons: [Int32]
  /// The exact pass that linked it, from 0, `reviewPass`, or -1.
  package let passes: [Int8]
  /// Why an identity is not linked; nil when it is.
  ///
  /// Without a spine: why somebody should look whether it is another person's.
  package let reasons: [UnlinkedReason?]
  /// One an identity; nil where nothing is weighed.
  package let weighed: Weighed?

  /// Stands for a pass where a person judged the pair.
  package static let reviewPass = Int8.max

  package init(
    persons: [Int32],
    passes: [Int8],
    reasons: [UnlinkedReason?],
    weighed: Weighed? = nil
  ) {
    self.persons = persons
    self.passes = passes
    self.reasons = reasons
    self.weighed = weighed
  }
}

/// Why an identity belongs to no resident; a closed list.
package enum UnlinkedReason: String, Sendable, CaseIterable {
  /// No pass, and no blocking rule, found a resident.
  case noBlock = "no-block"
  /// Its best candidate is too unlikely to be looked at.
  case belowReview = "below-review"
  /// Its best candidate is likely, but not likely enough.
  case uncertain
  /// Several residents fit equally.
  case tie
  /// A pass found one resident and `unless` refused the pair.
  case veto
  /// A resident was found, but both have a BSN and these differ.
  case bsnConflict = "bsn-conflict"
  /// Its BSN is that of several residents.
  case duplicateBSN = "duplicate-bsn"
  /// Its resident belongs to another client of a one-to-one source.
  case taken
  /// Its candidate is likely enough only because likelier ones belong to other clients.
  case byExclusion = "by-exclusion"
  /// It resembles a person of so many records that more are like it by chance.
  case largeCluster = "large-cluster"

  /// A person said that its resident is somebody else.
  case judgedDifferent = "judged-different"

  /// Whether a person should look at the pair.
  package var isForReview: Bool {
    switch self {
    case .uncertain, .tie, .veto, .bsnConflict, .byExclusion, .largeCluster: true
    case .noBlock, .belowReview, .duplicateBSN, .taken, .judgedDifferent: false
    }
  }
}
