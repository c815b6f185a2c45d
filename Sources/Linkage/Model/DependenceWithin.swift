import Glibc
import PipelineFile
import Tabular

/// How strongly columns depend on each other among different people, of one set of records.
///
/// Those who agree on surname, postcode and birth date are one person or twins. Which of the two is told
/// by what else there is to compare: the share of true pairs among them is learnt from that, and what is
/// left agrees by chance, by household or by family.
struct DependenceWithin: Sendable {
  /// The pairs of a blocking rule by pattern, made whole where only some were looked at.
  private struct Block {
    let columns: [String]
    let patterns: [(states: [UInt8], count: Double)]
  }

  private let columns: [ComparedColumn]
  private let blocks: [Block]
  /// Sets of comparisons that may depend on each other, with a rule that makes all pairs that agree
  /// on them; smaller sets first.
  private let sets: [(members: [Int], block: Int)]
  /// By comparison: the share of all pairs that have both values.
  private let presence: [Double]
  private let pairCount: Double

  private static let roundLimit = 100
  /// Pairs of different people that must agree on a set: fewer say nothing.
  private static let leastPairs = 30.0

  /// - Parameters:
  ///   - columns: the comparisons.
  ///   - rules: the blocking rules.
  ///   - counts: by rule, how many of its pairs have each pattern.
  ///   - space: of the patterns.
  ///   - coincidence: of the columns.
  ///   - pairCount: all pairs of records.
  init(
    _ columns: [ComparedColumn],
    rules: [BlockIndex],
    counts: [[Int]],
    space: PatternSpace,
    coincidence: Coincidence,
    pairCount: Double
  ) {
    self.columns = columns
    self.pairCount = pairCount
    presence = coincidence.pairCounts.map { $0 / max(1, 2 * pairCount) }
    blocks = zip(rules, counts).map { rule, counts in
      let scale = Double(rule.pairCount) / Double(max(1, counts.reduce(0, +)))
      let patterns = counts.indices.filter { counts[$0] > 0 }.map { pattern in
        let states = columns.indices.map { UInt8(clamping: space.state(of: $0, in: pattern)) }
        return (states: states, count: Double(counts[pattern]) * scale)
      }
      return Block(columns: rule.columns, patterns: patterns)
    }
    let exact = columns.indices.filter { columns[$0].levels.first == .exact }
    let couples = exact.flatMap { one in exact.filter { $0 > one }.map { [one, $0] } }
    let triples = couples.flatMap { couple in exact.filter { $0 > couple[1] }.map { couple + [$0] }
    }
    let blocks = self.blocks
    sets = (couples + triples).compactMap { members in
      guard members.count < columns.count else { return nil }
      let covering = blocks.indices.filter { block in
        blocks[block].columns.allSatisfy { name in
          members.contains { columns[$0].comparison.isTouched(by: [name]) }
        }
      }
      let smallest = covering.min { blocks[$0].patterns.count < blocks[$1].patterns.count }
      return smallest.map { (members, $0) }
    }
  }

  /// The sets that agree more often than their columns would by themselves, and than a part of them does.
  func joints(_ m: LevelShares, _ u: LevelShares) -> [JointLevel] {
    var joints: [JointLevel] = []
    for (members, block) in sets {
      guard let joint = joint(members, blocks[block], m, u) else { continue }
      let known = joints.filter { $0.members.allSatisfy(members.contains) }.map(\.dependence)
      if joint.dependence > Dependence.joined + (known.max() ?? 0) { joints.append(joint) }
    }
    return joints
  }

  private func joint(
    _ members: [Int],
    _ block: Block,
    _ m: LevelShares,
    _ u: LevelShares
  ) -> JointLevel? {
    // Of pairs that agree on all members: how much likelier what else there is makes a true one.
    let agreeing = block.patterns.filter { pattern in members.allSatisfy { pattern.states[$0] == 0 }
    }
    let others = columns.indices.filter { !members.contains($0) }
    let ratios = agreeing.map { pattern in
      others.reduce(1.0) { ratio, comparison in
        let state = Int(pattern.states[comparison])
        guard state < m.columns[comparison].count else { return ratio }
        return ratio * m.columns[comparison][state] / u.columns[comparison][state]
      }
    }
    let total = agreeing.reduce(0.0) { $0 + $1.count }
    var share = 0.5
    for _ in 0..<Self.roundLimit where total > 0 {
      var found = 0.0
      for (ratio, pattern) in zip(ratios, agreeing) {
        found += pattern.count * share * ratio / (share * ratio + 1 - share)
      }
      let next = min(max(found / total, 1e-9), 1 - 1e-9)
      let hasSettled = abs(next - share) < 1e-6
      share = next
      if hasSettled { break }
    }
    guard total * (1 - share) >= Self.leastPairs else { return nil }
    // Those who are taken for different people must look so in everything else. Who changed her name
    // differs by name alone; twins are of the same sex or not.
    for comparison in others {
      var evidence = 0.0
      for (ratio, pattern) in zip(ratios, agreeing) {
        let state = Int(pattern.states[comparison])
        guard state < m.columns[comparison].count else { continue }
        evidence +=
          pattern.count * (1 - share) / (share * ratio + 1 - share)
          * log2(u.columns[comparison][state] / m.columns[comparison][state])
      }
      if evidence < 0 { return nil }
    }
    let joint = total * (1 - share) / max(1, members.reduce(pairCount) { $0 * presence[$1] })
    let product = members.reduce(1.0) { $0 * u.columns[$1][0] }
    return JointLevel(members: members, u: joint, dependence: log2(joint / product))
  }
}
