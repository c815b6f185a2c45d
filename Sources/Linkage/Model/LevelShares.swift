/// How often each level holds among some pairs: a probability a level, and last that of none.
///
/// Among true pairs they are the m-probabilities of Fellegi and Sunter (1969), among others the
/// u-probabilities. A comparison's shares sum to 1.
struct LevelShares: Sendable, Hashable {
  /// By comparison.
  var columns: [[Double]]

  /// A first guess of m: most pairs agree at the first level, each next has half of the rest.
  static func guess(stateCounts: [Int]) -> LevelShares {
    LevelShares(
      columns: stateCounts.map { count in
        let others = count - 2
        var shares = [0.9]
        var rest = 0.1
        for level in 0..<others {
          let share = level == others - 1 ? rest : rest / 2
          shares.append(share)
          rest -= share
        }
        return shares
      }
    )
  }

  /// Shares of counts, with half a pair added to each level so that none is impossible.
  static func smoothed(_ counts: [Double]) -> [Double] {
    let total = counts.reduce(0, +) + 0.5 * Double(counts.count)
    return counts.map { ($0 + 0.5) / total }
  }
}
