/// Pairs of one source that somebody should look at, and samples by which links are judged.
///
/// They bear no token, value or reason: what is told of a pair is how its columns compare.
package struct ReviewQueue: Sendable, Hashable {
  /// Why a pair is among them; whoever judges is not told.
  package enum Stratum: String, Sendable, CaseIterable {
    /// It is undecided.
    case queue
    /// A seeded choice of links that were weighed.
    case accepted
    /// A seeded choice of candidates that were too unlikely.
    case rejected
  }

  /// How one comparison looks in every pair.
  package struct Column: Sendable, Hashable {
    package let name: String
    /// By state: the levels, `else`, `missing`.
    package let states: [Explanation.State]
    /// By pair, which of `states`.
    package internal(set) var numbers: [Int64] = []
    /// By pair, in 1/65,536 bit, with the frequency's; a joint level's stands at its first column.
    ///
    /// Missing for a column that passes alone look at.
    package internal(set) var weights: [Int64] = []
    /// By pair, the power of ten that the value occurs at most once in; -1 where it does not count.
    package internal(set) var bands: [Int64] = []
  }

  /// No pair.
  package init() {}

  package internal(set) var pairs: [AskedPair] = []
  package internal(set) var strata: [Stratum] = []
  /// By pair, prior and weight, in 1/65,536 bit; missing where nothing was weighed.
  package internal(set) var totals: [Int64] = []
  package internal(set) var rivals: [Int64] = []
  /// By pair, by how much it is before its best rival, in 1/65,536 bit; 0 without one, missing as
  /// `totals`.
  package internal(set) var margins: [Int64] = []
  package internal(set) var columns: [Column] = []
  /// By stratum, how many pairs the samples stand for.
  package internal(set) var sizes: [Stratum: Int] = [:]
}
