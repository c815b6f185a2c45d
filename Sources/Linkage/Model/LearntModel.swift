import Glibc
package import PipelineFile

/// What was learnt of the agreement of one source with the spine: shares of levels, no value of anybody.
///
/// It is kept for a release, so that links do not change from night to night though nothing did.
package struct LearntModel: Sendable, Hashable {
  /// How often the levels of a comparison hold.
  package struct Column: Sendable, Hashable {
    package let comparison: Comparison
    /// By level, and last of none: the share of true pairs.
    package let m: [Double]
    /// The same of different people.
    package let u: [Double]

    /// - Precondition: a share for each level and for none of them.
    package init(comparison: Comparison, m: [Double], u: [Double]) {
      precondition(m.count == comparison.levels.count + 1 && u.count == m.count, "a share a level")
      self.comparison = comparison
      self.m = m
      self.u = u
    }
  }

  /// Columns that are weighed together.
  package struct Joint: Sendable, Hashable {
    /// Numbers of comparisons, ascending.
    package let members: [Int]
    /// The share of pairs of different people that agree on all.
    package let u: Double
    /// How much more often than independence would have it, in bits.
    package let bits: Double

    package init(members: [Int], u: Double, bits: Double) {
      self.members = members
      self.u = u
      self.bits = bits
    }
  }

  /// A level whose worth has moved.
  package struct Drift: Sendable, Hashable {
    package let column: String
    /// Its number; one more than the last for none of them.
    package let level: Int
    /// How much more it would weigh by what was learnt tonight, in bits.
    package let bits: Double
  }

  package let columns: [Column]
  package let joints: [Joint]

  package init(columns: [Column], joints: [Joint]) {
    self.columns = columns
    self.joints = joints
  }

  init(_ model: LinkModel, _ columns: [ComparedColumn]) {
    self.columns = columns.indices.map {
      Column(comparison: columns[$0].comparison, m: model.m.columns[$0], u: model.u.columns[$0])
    }
    joints = model.joints.map { Joint(members: $0.members, u: $0.u, bits: $0.dependence) }
  }

  /// As weights for the columns of tonight; nil when it was learnt of others.
  func model(for compared: [ComparedColumn]) -> LinkModel? {
    guard columns.map(\.comparison) == compared.map(\.comparison) else { return nil }
    return LinkModel(
      compared,
      m: LevelShares(columns: columns.map(\.m)),
      u: LevelShares(columns: columns.map(\.u)),
      joints: joints.map { JointLevel(members: $0.members, u: $0.u, dependence: $0.bits) },
      isWithin: false
    )
  }

  /// Levels that weigh a bit more or less by another model of the same columns.
  ///
  /// A level that under one true pair in a hundred reaches is left out: chance moves it.
  func drift(to other: LearntModel) -> [Drift] {
    zip(columns, other.columns).flatMap { own, new in
      own.m.indices.compactMap { level -> Drift? in
        let bits = log2(new.m[level] / new.u[level]) - log2(own.m[level] / own.u[level])
        guard abs(bits) >= 1, max(own.m[level], new.m[level]) >= 0.01 else { return nil }
        return Drift(column: own.comparison.column, level: level, bits: bits)
      }
    }
  }
}
