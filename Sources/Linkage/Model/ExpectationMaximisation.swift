import Glibc

/// Learns m-probabilities from counts of agreement patterns, without knowing which pairs are true.
///
/// Expectation-maximisation (Dempster, Laird and Rubin, 1977) on the model of Fellegi and Sunter, with
/// u fixed and the share of true pairs free, as Winkler (1988) has it.
struct ExpectationMaximisation {
  /// What a run over the pairs of one blocking rule found.
  struct Run: Sendable, Hashable {
    /// Number of the rule.
    let rule: Int
    /// By comparison; nil where the rule's columns leave nothing to learn.
    let m: [[Double]?]
    /// The share of the rule's pairs that are true.
    let trueShare: Double
    let pairCount: Double
    let roundCount: Int
    let hasSettled: Bool
  }

  static let roundLimit = 500
  private static let precision = 1e-6

  /// States of all patterns that occur, comparison by comparison within a pattern.
  private let states: [UInt8]
  private let counts: [Double]
  private let space: PatternSpace
  private let joints: [JointLevel]
  let pairCount: Double

  /// - Parameters:
  ///   - counts: by pattern, the pairs that have it.
  ///   - space: of the patterns.
  ///   - joints: columns that are weighed together.
  init(counts: [Int], space: PatternSpace, joints: [JointLevel]) {
    var states: [UInt8] = []
    var kept: [Double] = []
    for pattern in counts.indices where counts[pattern] > 0 {
      kept.append(Double(counts[pattern]))
      for comparison in space.stateCounts.indices {
        states.append(UInt8(clamping: space.state(of: comparison, in: pattern)))
      }
    }
    self.states = states
    self.counts = kept
    self.space = space
    self.joints = joints.sorted { $0.members.count > $1.members.count }
    pairCount = kept.reduce(0, +)
  }

  /// Runs until nothing moves.
  ///
  /// - Parameters:
  ///   - rule: whose pairs these are.
  ///   - isOn: by comparison, whether the rule leaves it free.
  ///   - u: of all comparisons.
  ///   - start: the first guess of the share of true pairs.
  /// - Returns: what was learnt, also when it did not settle.
  func run(rule: Int, isOn: [Bool], u: LevelShares, start: Double) -> Run {
    let width = space.stateCounts.count
    let excesses = joints.map { excess(of: $0, isOn, u) }
    var m = LevelShares.guess(stateCounts: space.stateCounts)
    var share = start
    var rounds = 0
    var hasSettled = false
    while rounds < Self.roundLimit && !hasSettled {
      rounds += 1
      var found = m.columns.map { [Double](repeating: 0, count: $0.count) }
      var trueCount = 0.0
      for pattern in counts.indices {
        let first = pattern * width
        let ratio = ratio(first, isOn, m, u, excesses)
        let chance = share * ratio / (share * ratio + 1 - share)
        let weight = chance * counts[pattern]
        trueCount += weight
        for comparison in 0..<width where isOn[comparison] {
          let state = Int(states[first + comparison])
          if state < found[comparison].count { found[comparison][state] += weight }
        }
      }
      var moved = abs(trueCount / pairCount - share)
      share = min(max(trueCount / pairCount, 1e-12), 1 - 1e-12)
      for comparison in 0..<width where isOn[comparison] {
        let shares = LevelShares.smoothed(found[comparison])
        for level in shares.indices {
          moved = max(moved, abs(shares[level] - m.columns[comparison][level]))
        }
        m.columns[comparison] = shares
      }
      hasSettled = moved < Self.precision
    }
    return Run(
      rule: rule,
      m: zip(m.columns, isOn).map { $1 ? $0 : nil },
      trueShare: share,
      pairCount: pairCount,
      roundCount: rounds,
      hasSettled: hasSettled
    )
  }

  /// How much rarer a joint level would be among others if its columns did not depend on each other.
  ///
  /// It counts where the rule leaves all of its columns free.
  private func excess(of joint: JointLevel, _ isOn: [Bool], _ u: LevelShares) -> Double {
    guard joint.members.allSatisfy({ isOn[$0] }) else { return 1 }
    return joint.members.reduce(1) { $0 * u.columns[$1][0] } / max(joint.u, 1e-300)
  }

  /// How much likelier a pattern is among true pairs than among others.
  private func ratio(
    _ first: Int,
    _ isOn: [Bool],
    _ m: LevelShares,
    _ u: LevelShares,
    _ excesses: [Double]
  ) -> Double {
    var ratio = 1.0
    for comparison in isOn.indices where isOn[comparison] {
      let state = Int(states[first + comparison])
      if state < m.columns[comparison].count {
        ratio *= m.columns[comparison][state] / u.columns[comparison][state]
      }
    }
    // Only the product of u is wrong: of different people more agree on all of them.
    for (joint, excess) in zip(joints, excesses)
    where excess != 1 && joint.members.allSatisfy({ states[first + $0] == 0 }) {
      return ratio * excess
    }
    return ratio
  }
}
