/// Chooses the probability from which pairs are accepted, without a truth file.
///
/// The choice that makes the expected F1 greatest, as far as the expected precision allows: a wrong
/// link mixes two people, a missing one only leaves a gap.
enum AcceptanceChoice {
  /// What the accepted links must reach together.
  static let leastPrecision = 0.995
  /// A single link below this is never accepted: it would more likely be wrong than right.
  static let leastProbability = 0.5

  /// - Parameters:
  ///   - probabilities: of the pairs that the assignment left, in any order.
  ///   - expectedMatches: true pairs that there are.
  ///   - leastPrecision: what the accepted links must reach together.
  /// - Returns: the least probability that is accepted.
  static func accept(
    _ probabilities: [Double],
    expectedMatches: Double,
    leastPrecision: Double = leastPrecision
  ) -> Double {
    var best = (f1: -1.0, accept: 1.0)
    var (count, found) = (0.0, 0.0)
    let descending = probabilities.filter { $0 >= leastProbability }.sorted(by: >)
    for place in descending.indices {
      count += 1
      found += descending[place]
      // Equals stand or fall together.
      if place + 1 < descending.count, descending[place + 1] == descending[place] { continue }
      if found / count < leastPrecision { break }
      let f1 = 2 * found / (count + max(expectedMatches, found))
      if f1 > best.f1 { best = (f1, descending[place]) }
    }
    return best.accept
  }
}
