import PipelineFile
import Tabular

/// Learns the model of one source against the spine.
struct ModelLearning {
  /// Pairs of a rule that are looked at.
  static let pairLimit = 5_000_000
  /// Matches a client above which a run has mistaken something else for truth.
  private static let matchLimit = 1.1

  let columns: [ComparedColumn]
  let pairs: BlockedPairs
  let comparer: PairComparer
  /// What comparing all pairs gave; nil when a choice of them is to be compared.
  var kept: KeptPatterns?
  let joints: [JointLevel]
  let coincidence: Coincidence
  /// Residents, whom a record may be linked to.
  let leftCount: Int
  let rightCount: Int
  let workers: Int
  let seed: UInt64

  /// What was learnt, and how.
  struct Outcome: Sendable {
    let model: LinkModel
    let runs: [ExpectationMaximisation.Run]
    /// Numbers of rules whose runs were not used.
    let dropped: [Int]
    /// The share of all pairs that are true.
    let trueShare: Double

    /// The same with another model.
    func using(_ model: LinkModel) -> Outcome {
      Outcome(model: model, runs: runs, dropped: dropped, trueShare: trueShare)
    }
  }

  private var space: PatternSpace { comparer.space }

  /// Runs EM over each rule and takes the medians.
  func learn(proof: [[Double]?]) -> Outcome {
    // What every pair proves is not learnt again.
    let rules = proof.contains { $0 == nil } ? pairs.rules : []
    let counts = rules.indices.map { rule in
      kept?.counts(ofRule: rule)
        ?? pairs.patternCounts(
          rule,
          comparer,
          limit: Self.pairLimit,
          seed: seed &+ UInt64(rule),
          workers: workers
        )
    }
    let trueShare = 0.9 / Double(max(1, leftCount))
    var m = LevelShares.guess(stateCounts: space.stateCounts)
    var u = corrected(m, trueShare)
    var runs: [ExpectationMaximisation.Run] = []
    var dropped: [Int] = []
    for _ in 0..<4 {
      runs = []
      dropped = []
      var learnt: [[[Double]]] = columns.map { _ in [] }
      for (rule, index) in rules.enumerated() where index.pairCount >= 1 {
        let learner = ExpectationMaximisation(
          counts: counts[rule],
          space: space,
          joints: joints
        )
        if learner.pairCount < 1 { continue }
        let isOn = columns.indices.map { !columns[$0].comparison.isTouched(by: index.columns) }
        let start = min(0.5, 0.5 * Double(rightCount) / Double(index.pairCount))
        let run = learner.run(rule: rule, isOn: isOn, u: u, start: start)
        runs.append(run)
        let trueCount = run.trueShare * Double(index.pairCount)
        let isAbsurd = run.m.indices.contains { comparison in
          run.m[comparison].map { $0[0] < u.columns[comparison][0] } ?? false
        }
        if isAbsurd || trueCount > Self.matchLimit * Double(rightCount) {
          dropped.append(rule)
          continue
        }
        for comparison in columns.indices {
          if let shares = run.m[comparison] { learnt[comparison].append(shares) }
        }
      }
      for comparison in columns.indices {
        if let proved = proof[comparison] {
          m.columns[comparison] = proved
        } else if !learnt[comparison].isEmpty {
          m.columns[comparison] = Self.median(learnt[comparison])
        }
      }
      u = corrected(m, trueShare)
    }
    let model = LinkModel(columns, m: m, u: u, joints: joints, isWithin: false)
    return Outcome(model: model, runs: runs, dropped: dropped, trueShare: trueShare)
  }

  /// The model that other proof gives; what it does not tell stays.
  func model(_ outcome: Outcome, proof: [[Double]?]) -> LinkModel {
    let m = LevelShares(columns: zip(proof, outcome.model.m.columns).map { $0 ?? $1 })
    return LinkModel(
      columns,
      m: m,
      u: corrected(m, outcome.trueShare),
      joints: joints,
      isWithin: false
    )
  }

  /// Takes the true pairs out of what was counted over all pairs.
  private func corrected(_ m: LevelShares, _ trueShare: Double) -> LevelShares {
    LevelShares(
      columns: columns.indices.map { comparison in
        let least = 0.5 / max(1, coincidence.pairCounts[comparison])
        let raw = zip(coincidence.shares[comparison], m.columns[comparison]).map { counted, m in
          max(least, (counted - trueShare * m) / (1 - trueShare))
        }
        let total = raw.reduce(0, +)
        return raw.map { $0 / total }
      }
    )
  }

  /// The median of each level over runs, scaled to a sum of 1.
  private static func median(_ runs: [[Double]]) -> [Double] {
    let medians = runs[0].indices.map { level in runs.map { $0[level] }.sorted().middle ?? 0 }
    let total = medians.reduce(0, +)
    return medians.map { $0 / total }
  }
}

extension [Double] {
  /// The median of numbers in ascending order; nil without any.
  fileprivate var middle: Double? {
    if isEmpty { return nil }
    let half = count / 2
    return count % 2 == 1 ? self[half] : (self[half - 1] + self[half]) / 2
  }
}
