import Tabular

/// Pairs that a BSN proves, one a client.
struct ProvedPairs: Sendable {
  /// Of each client the identity with most rows, or the first of equals; ascending.
  let identities: [Int32]
  /// Who each of them is.
  let residents: [Int32]

  /// - Parameters:
  ///   - links: of the exact passes.
  ///   - spine: one row a resident.
  ///   - source: one row an identity.
  ///   - rowCounts: how many rows each identity has.
  ///   - clients: of each identity.
  init(
    _ links: Links,
    spine: Table,
    source: Table,
    _ rowCounts: [Int32],
    _ clients: [Int32]
  ) {
    var chosen: [Int32: Int] = [:]
    if let bsn = KeyColumn.pair("bsn", left: spine, right: source) {
      for identity in links.persons.indices where links.persons[identity] >= 0 {
        let resident = Int(links.persons[identity])
        guard bsn.left.agreement(resident, bsn.right, identity) == .equal else { continue }
        let client = clients[identity]
        if let other = chosen[client], rowCounts[other] >= rowCounts[identity] { continue }
        chosen[client] = identity
      }
    }
    identities = chosen.values.map { Int32($0) }.sorted()
    residents = identities.map { links.persons[Int($0)] }
  }

  /// By comparison: level shares; nil where too few pairs have both values.
  func shares(_ columns: [ComparedColumn], _ comparer: PairComparer) -> [[Double]?] {
    var counts = columns.map { [Double](repeating: 0, count: $0.levels.count + 1) }
    for place in identities.indices {
      let pattern = comparer.pattern(Int(residents[place]), Int(identities[place]))
      for comparison in columns.indices {
        let state = comparer.space.state(of: comparison, in: pattern)
        if state < counts[comparison].count { counts[comparison][state] += 1 }
      }
    }
    return counts.map {
      $0.reduce(0, +) >= Double(ModelLearning.leastProof) ? LevelShares.smoothed($0) : nil
    }
  }
}
