import Glibc
import Tabular

/// How likely each candidate is, given that residents compete for a client.
///
/// A client has one true resident or none, and one-to-one a resident one client or none:
///
///     odds = E/(n·N) · 2^weight / (nobody of the client · nobody of the resident)
///     p    = odds / (1 + the odds of all rivals + odds)
///
/// E are the clients who are residents, n the clients, N the residents. Splink judges each pair alone.
struct Competition: Sendable {
  /// Clients who are residents, as far as the probabilities tell.
  let expectedMatches: Double
  /// The share of true pairs that some rule makes.
  let reach: Double
  /// log₂ of the odds of a pair of weight 0.
  let prior: Double
  /// One a candidate.
  let probabilities: [Double]
  /// By candidate: its own odds with those of all that it competes with, nobody's being 1.
  let totals: [Double]

  private static let leastNobody = 0.02
  private static let roundLimit = 100

  /// - Parameters:
  ///   - candidates: one a pair of client and resident.
  ///   - clients: of each candidate.
  ///   - rest: by identity, Σ 2^weight of pairs that were not kept.
  ///   - pairs: that the candidates come from.
  ///   - leftCount: residents that may be linked.
  ///   - rightCount: clients to be linked.
  ///   - isOneToOne: whether clients compete for residents too.
  ///   - reachLimit: the share of true pairs that rules make at most, in 0...1.
  ///   - known: clients who are residents; nil when the probabilities shall tell.
  init(
    _ candidates: [Candidate],
    clients: [Int32],
    rest: [Double],
    _ pairs: BlockedPairs,
    leftCount: Int,
    rightCount: Int,
    isOneToOne: Bool,
    reachLimit: Double = 1,
    matches known: Double? = nil
  ) {
    let ratios = candidates.map { exp2(Double($0.weight) / LinkModel.unit) }
    let ruleCounts = candidates.map { pairs.ruleCount(Int($0.left), Int($0.right)) }
    let (left, right) = (Double(max(1, leftCount)), Double(max(1, rightCount)))
    var matches = known ?? 0.9 * min(left, right)
    var reach = 1.0
    var factor = 0.0
    var probabilities: [Double] = []
    var totals: [Double] = []
    for _ in 0..<Self.roundLimit {
      let nobodyRight = max(1 - matches * reach / right, Self.leastNobody)
      let nobodyLeft = isOneToOne ? max(1 - matches * reach / left, Self.leastNobody) : 1
      factor = matches / (left * right) / (nobodyRight * nobodyLeft)
      var clientOdds = rest.map { $0 * factor }
      var residentOdds = [Double](repeating: 0, count: pairs.rules.first?.left.count ?? 0)
      for number in candidates.indices {
        let odds = factor * ratios[number]
        clientOdds[Int(clients[number])] += odds
        residentOdds[Int(candidates[number].left)] += odds
      }
      totals = candidates.indices.map { number in
        let odds = factor * ratios[number]
        let own = clientOdds[Int(clients[number])]
        let all = isOneToOne ? own + residentOdds[Int(candidates[number].left)] - odds : own
        return 1 + max(all, odds)
      }
      probabilities = candidates.indices.map { factor * ratios[$0] / totals[$0] }
      var (found, once, twice) = (0.0, 0.0, 0.0)
      for number in probabilities.indices {
        found += probabilities[number]
        if ruleCounts[number] == 1 { once += probabilities[number] }
        if ruleCounts[number] == 2 { twice += probabilities[number] }
      }
      // Capture-recapture (Chao, 1987): what no rule found, from what one and two rules found.
      let missed = once * once / (2 * max(twice, 1))
      reach = min(found / max(found + missed, 1e-9), reachLimit)
      let next = known ?? min(max(found / max(reach, 1e-9), 1), min(left, right))
      let hasSettled = abs(next - matches) < 1e-6 * matches
      matches = next
      if hasSettled { break }
    }
    expectedMatches = matches
    self.reach = reach
    prior = log2(factor)
    self.probabilities = probabilities
    self.totals = totals
  }

  private init(_ other: Competition, probabilities: [Double], totals: [Double]) {
    expectedMatches = other.expectedMatches
    reach = other.reach
    prior = other.prior
    self.probabilities = probabilities
    self.totals = totals
  }

  /// The same with each candidate at the place that an order gives it.
  func placed(_ order: [Int]) -> Competition {
    Competition(self, probabilities: probabilities.placed(order), totals: totals.placed(order))
  }
}

extension Array {
  /// Puts each element at the place that an order of all places gives it.
  func placed(_ order: [Int]) -> [Element] {
    var placed = self
    for (place, target) in order.enumerated() { placed[target] = self[place] }
    return placed
  }
}
