import PipelineFile
import TestSupport
import Testing

@testable import Linkage

@Suite("What is learnt without proof")
struct ExpectationMaximisationTests {
  private let m = [[0.80, 0.12, 0.08], [0.92, 0.08], [0.97, 0.03], [0.70, 0.30]]
  private let u = [[0.002, 0.010, 0.988], [0.0005, 0.9995], [0.5, 0.5], [0.02, 0.98]]
  private let space = PatternSpace(stateCounts: [4, 3, 3, 3])

  /// Patterns of 400,000 pairs, true ones and others, drawn level by level.
  private func counts(trueShare: Double, seed: UInt64) -> [Int] {
    var random = SeededGenerator(seed: seed)
    var counts = [Int](repeating: 0, count: space.count)
    for pair in 0..<400_000 {
      let shares = Double(pair) < trueShare * 400_000 ? m : u
      var pattern = 0
      for comparison in shares.indices {
        var chance = Double.random(in: 0..<1, using: &random)
        var level = 0
        while level < shares[comparison].count - 1, chance >= shares[comparison][level] {
          chance -= shares[comparison][level]
          level += 1
        }
        // One value in twenty is missing.
        let isMissing = Int.random(in: 0..<20, using: &random) == 0
        pattern += (isMissing ? shares[comparison].count : level) * space.strides[comparison]
      }
      counts[pattern] += 1
    }
    return counts
  }

  @Test("m comes back from generated pairs within 0.01", arguments: [0.05, 0.2, 0.7])
  func recoversM(trueShare: Double) {
    let learner = ExpectationMaximisation(
      counts: counts(trueShare: trueShare, seed: 7),
      space: space,
      joints: []
    )
    let run = learner.run(
      rule: 0,
      isOn: [true, true, true, true],
      u: LevelShares(columns: u),
      start: 0.1
    )
    #expect(run.hasSettled)
    #expect(abs(run.trueShare - trueShare) < 0.01)
    for comparison in m.indices {
      for level in m[comparison].indices {
        let found = run.m[comparison]?[level] ?? -1
        #expect(abs(found - m[comparison][level]) < 0.01, "\(comparison) \(level): \(found)")
      }
    }
  }

  @Test("a comparison that is off is not learnt and does not count")
  func leavesOff() {
    let all = counts(trueShare: 0.2, seed: 8)
    var changed = [Int](repeating: 0, count: space.count)
    // The second comparison agrees everywhere, as within a block on its column.
    for pattern in all.indices {
      let state = space.state(of: 1, in: pattern)
      changed[pattern - state * space.strides[1]] += all[pattern]
    }
    let isOn = [true, false, true, true]
    let learner = ExpectationMaximisation(counts: changed, space: space, joints: [])
    let run = learner.run(rule: 3, isOn: isOn, u: LevelShares(columns: u), start: 0.1)
    #expect(run.rule == 3)
    #expect(run.m[1] == nil)
    #expect(abs((run.m[0]?[0] ?? 0) - 0.80) < 0.01)
  }

  @Test("columns that families share count as one piece of evidence")
  func weighsJointly() {
    // A tenth of the unlike pairs agree on the first two columns together.
    var counts = counts(trueShare: 0.05, seed: 9)
    counts[space.strides[2] * 1 + space.strides[3] * 1] += 40_000
    let joint = JointLevel(members: [0, 1], u: 0.1, dependence: 10)
    let apart = ExpectationMaximisation(counts: counts, space: space, joints: [])
      .run(rule: 0, isOn: [true, true, true, true], u: LevelShares(columns: u), start: 0.1)
    let together = ExpectationMaximisation(counts: counts, space: space, joints: [joint])
      .run(rule: 0, isOn: [true, true, true, true], u: LevelShares(columns: u), start: 0.1)
    #expect(apart.trueShare > 0.12)
    #expect(together.trueShare < 0.06)
  }
}
