import Glibc
import PipelineFile
import Tabular

/// What agreement is worth: m and u of every level, and the match weights that follow from them.
///
/// A weight is log₂(m/u) in 1/65,536 bit, so that sums do not depend on their order.
struct LinkModel: Sendable {
  /// One bit of weight.
  static let unit = 65_536.0

  let space: PatternSpace
  let m: LevelShares
  let u: LevelShares
  let joints: [JointLevel]
  /// By pattern, without frequencies.
  private let weights: [Int32]
  /// By pattern: 2^weight, for what has no frequency.
  private let ratios: [Double]
  /// By pattern: the comparisons, as bits, whose value's frequency counts.
  private let frequencyMasks: [UInt32]
  /// By comparison and code: what the value's frequency adds.
  private let frequencies: [Int32]
  /// Where those of a comparison begin.
  private let frequencyBases: [Int]
  /// Those who are neither one person nor strangers; nil where nobody is reckoned with.
  let relatives: [Relatives]
  /// By pattern: what it is worth against relatives, whose shared names are no rarer for being rare;
  /// empty without them.
  private let kinWeights: [Int32]

  /// - Parameters:
  ///   - columns: the comparisons.
  ///   - m: among true pairs.
  ///   - u: among others.
  ///   - joints: columns that are weighed together.
  ///   - relatives: among whom columns agree together.
  ///   - isWithin: both sides are one.
  init(
    _ columns: [ComparedColumn],
    m: LevelShares,
    u: LevelShares,
    joints: [JointLevel],
    relatives: [Relatives] = [],
    isWithin: Bool
  ) {
    let space = PatternSpace(columns)
    let levels = zip(m.columns, u.columns).map { m, u in zip(m, u).map { Self.bits($0 / $1) } }
    let joints = joints.sorted { $0.members.count > $1.members.count }
    let jointWeights = joints.map { joint in
      let product = joint.members.reduce(1.0) { $0 * m.columns[$1][0] }
      return Self.bits(product / joint.u)
    }
    var weights = [Int32](repeating: 0, count: space.count)
    var masks = [UInt32](repeating: 0, count: space.count)
    for pattern in weights.indices {
      let states = columns.indices.map { space.state(of: $0, in: pattern) }
      let joint = joints.firstIndex { $0.members.allSatisfy { states[$0] == 0 } }
      var weight = joint.map { jointWeights[$0] } ?? 0
      for comparison in columns.indices {
        if let joint, joints[joint].members.contains(comparison) { continue }
        let state = states[comparison]
        if state < levels[comparison].count { weight += levels[comparison][state] }
        if columns[comparison].usesFrequency, state == columns[comparison].exactState {
          masks[pattern] |= 1 << UInt32(comparison)
        }
      }
      weights[pattern] = weight
    }
    var frequencies: [Int32] = []
    var bases: [Int] = []
    for (number, column) in columns.enumerated() {
      bases.append(frequencies.count)
      guard column.usesFrequency, let exact = column.exactState else { continue }
      frequencies += Self.frequencies(
        column.codes,
        u: u.columns[number][exact],
        isWithin: isWithin
      )
    }
    self.frequencies = frequencies
    frequencyBases = bases
    self.space = space
    self.m = m
    self.u = u
    self.joints = joints
    self.weights = weights
    self.relatives = relatives
    kinWeights = relatives.isEmpty ? [] : Self.weights(against: relatives, m, space)
    ratios = weights.map { exp2(Double($0) / Self.unit) }
    frequencyMasks = masks
  }

  /// The match weight of a pair.
  ///
  /// - Parameters:
  ///   - pattern: of the pair.
  ///   - comparer: that made it.
  ///   - right: the right record; where values are equal, it has the left one's.
  /// - Returns: log₂(m/u) in 1/65,536 bit.
  func weight(_ pattern: Int, _ comparer: PairComparer, right: Int) -> Int32 {
    var weight = weights[pattern]
    var mask = frequencyMasks[pattern]
    while mask != 0 {
      let comparison = mask.trailingZeroBitCount
      mask &= mask - 1
      weight += frequencies[frequencyBases[comparison] + comparer.rightCode(right, comparison)]
    }
    return kinWeights.isEmpty ? weight : min(weight, kinWeights[pattern])
  }

  /// How much likelier a pair of that pattern and weight is among true pairs than among others.
  func ratio(_ pattern: Int, weight: Int32) -> Double {
    frequencyMasks[pattern] == 0 && kinWeights.isEmpty
      ? ratios[pattern] : exp2(Double(weight) / Self.unit)
  }

  /// What the frequency of a comparison's value adds in a pattern; nil where it does not count.
  func frequency(
    of comparison: Int,
    in pattern: Int,
    _ comparer: PairComparer,
    right: Int
  ) -> Int32? {
    guard frequencyMasks[pattern] & (1 << UInt32(comparison)) != 0 else { return nil }
    return frequencies[frequencyBases[comparison] + comparer.rightCode(right, comparison)]
  }

  /// log₂ of a ratio in units of weight.
  static func bits(_ ratio: Double) -> Int32 {
    // Sums of a dozen weights stay far within Int32.
    Int32((min(max(log2(ratio), -200), 200) * unit).rounded())
  }

  /// By pattern: log₂ of how much likelier it is among true pairs than relatives make it among all.
  private static func weights(
    against relatives: [Relatives],
    _ m: LevelShares,
    _ space: PatternSpace
  ) -> [Int32] {
    (0..<space.count).map { pattern in
      let others = relatives.reduce(0.0) { sum, kin in
        sum
          + kin.shares.columns.indices.reduce(kin.share) { product, comparison in
            let state = space.state(of: comparison, in: pattern)
            let (m, q) = (m.columns[comparison], kin.shares.columns[comparison])
            return state < m.count ? product * q[state] / m[state] : product
          }
      }
      return bits(1 / others)
    }
  }

  /// log₂(u/f) by code: the exact weight with the value's own frequency f instead of u.
  private static func frequencies(_ codes: CodedColumn, u: Double, isWithin: Bool) -> [Int32] {
    let records = Double(codes.leftPresent + (isWithin ? 0 : codes.rightPresent))
    let least = 1 / Double(max(1, codes.left.count))
    return codes.leftCounts.indices.map { code in
      let count = Double(codes.leftCounts[code]) + (isWithin ? 0 : Double(codes.rightCounts[code]))
      return bits(u / max(count / max(1, records), least))
    }
  }
}
