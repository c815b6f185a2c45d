/// The pairs of records within persons, and what each person rests on.
struct PersonPairs {
  private(set) var count = 0
  /// Joined by a pass.
  private(set) var provedCount = 0
  /// Likely enough by themselves.
  private(set) var acceptedCount = 0
  /// Joined by weighing, directly or through others.
  private(set) var weighedCount = 0
  /// The sum of their probabilities.
  private(set) var weighedProbability = 0.0
  /// Accepted pairs that alone hold a person of three or more records together.
  private(set) var bridgeCount = 0

  /// - Parameters:
  ///   - persons: all that is joined.
  ///   - proved: what the passes have joined.
  ///   - edges: pairs that are accepted.
  ///   - probability: of any pair of records.
  init(
    _ persons: Clusters,
    proved: Clusters,
    edges: [Agglomeration.Edge],
    probability: (_ one: Int, _ other: Int) -> Double
  ) {
    // By person, the edges within it.
    var edgesOfPerson: [Int32: [Agglomeration.Edge]] = [:]
    for edge in edges {
      let person = persons.numbers[Int(edge.left)]
      if person == persons.numbers[Int(edge.right)] {
        edgesOfPerson[person, default: []].append(edge)
      }
    }
    for record in persons.numbers.indices where Int(persons.numbers[record]) == record {
      let size = persons.size(ofCluster: record)
      if size < 2 { continue }
      count += size * (size - 1) / 2
      guard let own = edgesOfPerson[Int32(record)] else {
        // The passes alone have made it.
        provedCount += size * (size - 1) / 2
        continue
      }
      acceptedCount += own.count
      let members = persons.members(ofCluster: record)
      for (place, one) in members.enumerated() {
        for other in members[(place + 1)...] {
          if proved.numbers[Int(one)] == proved.numbers[Int(other)] {
            provedCount += 1
          } else {
            weighedCount += 1
            weighedProbability += probability(Int(one), Int(other))
          }
        }
      }
      if size > 2 { bridgeCount += Self.bridges(own, proved) }
    }
  }

  /// Edges without which the rest would fall apart.
  private static func bridges(_ edges: [Agglomeration.Edge], _ proved: Clusters) -> Int {
    let ends = edges.map { (proved.numbers[Int($0.left)], proved.numbers[Int($0.right)]) }
    return ends.indices.count { left in
      // What is reached from one end by the other edges.
      var reached: Set<Int32> = [ends[left].0]
      var hasGrown = true
      while hasGrown {
        hasGrown = false
        for (number, end) in ends.enumerated()
        where number != left && reached.contains(end.0) != reached.contains(end.1) {
          reached.formUnion([end.0, end.1])
          hasGrown = true
        }
      }
      return !reached.contains(ends[left].1)
    }
  }
}
