/// One policy for all tables of the release.
package struct Protection: Sendable, Hashable {
  /// What happens to cells of few persons.
  package enum Method: Sendable, Hashable {
    /// Cells of fewer than `minimum` persons are hidden, each by itself.
    case hide
    /// After that, every value is rounded to the nearest multiple of `base`.
    case round(base: Int64)
    /// Over all tables together, more cells are hidden, until none of few persons can be worked out.
    case suppress
    /// Every count and sum is moved by what the keys of the persons behind it draw; what is then
    /// below `minimum` is hidden.
    case cellKey(CellKeyNoise)
  }

  /// When a few contributors make up so much of a sum that it is hidden.
  package enum Dominance: Sendable, Hashable {
    /// The second largest could estimate the largest within this part of his contribution.
    case prior(share: Double)
    /// So many make more than this part of the sum.
    case share(contributors: Int, Double)
  }

  /// Who brings something to a sum.
  ///
  /// Its description is the same in every run, for a digest of the policy is kept.
  package struct Contributors: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let person = Contributors(rawValue: 1)
    /// Whoever stands in the column `provider` of rows.
    package static let provider = Contributors(rawValue: 2)
  }

  /// A measure that everyone knows anyway.
  package struct OpenMeasure: Sendable, Hashable {
    package let name: String
    /// Why; it stands in the manifest.
    package let reason: String
  }

  /// How large a part of a cell may be that is of a `sensitive` column.
  package struct GroupShare: Sendable, Hashable {
    /// In 0...1,000,000: exact, as the file says it.
    package let millionths: Int64

    package init(_ share: Double) { millionths = Int64((share * 1_000_000).rounded()) }

    /// So many of a cell's persons may be told to be alike: ⌊gN⌋.
    package func limit(of persons: Int64) -> Int64 {
      let (high, low) = persons.multipliedFullWidth(by: millionths)
      return (1_000_000 as Int64).dividingFullWidth((high, low)).quotient
    }
  }

  package let minimum: Int64
  package let method: Method
  package internal(set) var dominance: Dominance? = nil
  /// The systemd credential that holds the p of `dominance`, which is nil until it was read.
  package internal(set) var dominanceCredential: String? = nil
  /// Whom it looks at.
  package internal(set) var contributors: Contributors = .person
  /// Levels of areas that are never hidden.
  package internal(set) var keep: [String] = []
  /// In file order.
  package internal(set) var open: [OpenMeasure] = []
  /// Nil: nearly everyone of a cell may be told to be alike.
  package internal(set) var group: GroupShare? = nil
  /// That nobody is in a cell is not told either.
  package internal(set) var hidesZeros = false
  /// Steps that make tables coarser, one after the other, until they can be protected.
  package internal(set) var recode: [Recoding] = []
  /// Steps that were taken.
  package internal(set) var recoded: [Recoding] = []
  /// Tables are protected together with those of earlier releases.
  package internal(set) var isAcrossReleases = false

  /// Whether it must be told what providers bring to sums.
  package var asksForProviders: Bool {
    (dominance != nil || dominanceCredential != nil) && contributors.contains(.provider)
  }

  /// Whether it must be told which persons are behind a figure, and what the largest of them bring.
  package var asksWho: Bool {
    switch method {
    case .hide, .round: false
    case .suppress, .cellKey: true
    }
  }
}
