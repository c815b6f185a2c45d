/// How well one group of clients is linked.
package struct Subgroup: Sendable, Hashable {
  /// A share of the group, and whether it is worse than that of all.
  package struct Rate: Sendable, Hashable {
    /// In 0...1.
    package let value: Double
    /// Of Wilson, 95 %.
    package let interval: ClosedRange<Double>
    /// It is a point or more below the rate of all, which lies above the interval, and so many
    /// groups as there are do not make that likely.
    package let isWorse: Bool
  }

  /// The kept column that tells the group; a birth year tells an age band.
  package let column: String
  /// A kept code, or an age band as `75-84`; nil for groups under ten and clients of no group.
  package let group: String?
  /// Clients of the source; 0 where only the spine has the column.
  package let clientCount: Int
  /// Clients who were rehearsed.
  package let rehearsedCount: Int
  /// Of the clients of the source, those that are linked; nil where the spine alone tells the group.
  package let linkRate: Rate?
  /// Of the rehearsed links, those that are right; nil without any.
  ///
  /// One rehearsed client in five is a stranger.
  package let precision: Rate?
  /// Of the rehearsed residents, those that are found; nil without any.
  package let recall: Rate?

  package var isWorse: Bool {
    [linkRate, precision, recall].contains { $0?.isWorse ?? false }
  }
}
