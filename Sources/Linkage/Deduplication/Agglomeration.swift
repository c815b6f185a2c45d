import Tabular

/// Joins clusters by pairs of their records that are likely one person, without chaining.
///
/// Pairs are taken best first. Two clusters join if the mean total of all cross pairs, blocked or not,
/// is at least 0 and none is barred: that one record resembles both is not enough.
struct Agglomeration {
  /// A pair that is likely enough, with its total: prior and weight, in 1/65,536 bit.
  struct Edge: Sendable, Hashable {
    let left: Int32
    let right: Int32
    let total: Int32
  }

  /// Members above which nothing more joins by likeness: persons have few records, and what is
  /// like many is like them by chance.
  static let sizeLimit = 20

  private(set) var clusters: Clusters
  /// Pairs that were not joined because their cluster would be too large.
  private(set) var largeJoins: [Edge] = []
  /// Pairs that were not joined because their clusters do not fit together.
  private(set) var refusedJoins: [Edge] = []
  /// The least mean total of a join that was made; nil without joins.
  private(set) var weakestJoin: Int?

  /// - Parameters:
  ///   - clusters: what is joined already.
  ///   - edges: pairs that are accepted, in any order.
  ///   - total: of any pair of records, blocked or not; nil when it is barred.
  init(
    _ clusters: Clusters,
    edges: [Edge],
    total: (_ left: Int, _ right: Int) -> Int32?
  ) {
    self.clusters = clusters
    let ordered = edges.sorted {
      $0.total != $1.total
        ? $0.total > $1.total
        : $0.left != $1.left ? $0.left < $1.left : $0.right < $1.right
    }
    for edge in ordered { take(edge, total) }
    // What was not joined by one pair may have been by a later one.
    let numbers = self.clusters.numbers
    largeJoins.removeAll { numbers[Int($0.left)] == numbers[Int($0.right)] }
    refusedJoins.removeAll { numbers[Int($0.left)] == numbers[Int($0.right)] }
  }

  private mutating func take(_ edge: Edge, _ total: (_ left: Int, _ right: Int) -> Int32?) {
    let one = Int(clusters.numbers[Int(edge.left)])
    let other = Int(clusters.numbers[Int(edge.right)])
    if one == other { return }
    guard clusters.size(ofCluster: one) + clusters.size(ofCluster: other) <= Self.sizeLimit else {
      largeJoins.append(edge)
      return
    }
    guard let mean = meanTotal(one, other, total), mean >= 0 else {
      refusedJoins.append(edge)
      return
    }
    clusters.join(one, other)
    weakestJoin = min(weakestJoin ?? mean, mean)
  }

  /// Over all cross pairs; nil when one is barred.
  private func meanTotal(
    _ one: Int,
    _ other: Int,
    _ total: (_ left: Int, _ right: Int) -> Int32?
  ) -> Int? {
    let (members, others) = (clusters.members(ofCluster: one), clusters.members(ofCluster: other))
    var sum = 0
    for member in members {
      for fellow in others {
        guard let own = total(Int(member), Int(fellow)) else { return nil }
        sum += Int(own)
      }
    }
    // Towards minus infinity: a sum below 0 has a mean below 0.
    let count = members.count * others.count
    return sum >= 0 ? sum / count : -((-sum + count - 1) / count)
  }
}
