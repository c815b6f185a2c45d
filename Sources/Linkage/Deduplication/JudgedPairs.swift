import PipelineFile
import Tabular

/// The pairs of records that are not hopeless, with what is thought of each.
struct JudgedPairs {
  /// Pairs that no pass has joined.
  let candidates: [Candidate]
  /// One a candidate; nil when the pair may be one person.
  let bars: [UnlinkedReason?]
  let probabilities: [Double]
  let odds: PairOdds
  /// True pairs, found by a rule or not; those that are joined already among them.
  let expectedMatches: Double
  /// The share of true pairs that some rule makes, in 0...1.
  let reach: Double
  /// The least probability that joins.
  let accept: Double

  /// What the joined pairs must reach together.
  ///
  /// At 0.995, which suits a spine, up to a quarter of the duplicates of hard made-up lists stayed
  /// apart: recall 0.63 and not 0.88, 0.89 and not 0.94.
  private static let leastPrecision = 0.92

  /// What every pair must reach: likelier right than wrong by half.
  private static let leastProbability = 0.6

  /// - Parameters:
  ///   - scored: the candidates.
  ///   - pairs: that they come from.
  ///   - clusters: what the passes have joined.
  ///   - barred: what must not be joined.
  ///   - pairCount: all pairs of records.
  ///   - start: a first guess of the share of true pairs.
  ///   - stage: thresholds.
  init(
    _ scored: ScoredPairs,
    _ pairs: BlockedPairs,
    _ clusters: Clusters,
    _ barred: BarredPairs,
    pairCount: Double,
    start: Double,
    stage: ProbabilisticStage
  ) {
    let numbers = clusters.numbers
    let candidates = scored.candidates.filter { numbers[Int($0.left)] != numbers[Int($0.right)] }
    let bars = candidates.map { barred.reason(Int($0.left), Int($0.right)) }
    let open = candidates.indices.filter { bars[$0] == nil }
    let odds = PairOdds(
      weights: open.map { candidates[$0].weight },
      rest: scored.rest.reduce(0, +),
      proved: Double(clusters.pairCount),
      pairCount: pairCount - Double(candidates.count - open.count),
      start: start
    )
    let probabilities = candidates.map { odds.probability($0.weight) }
    // Capture-recapture (Chao, 1987): what no rule found, from what one and two rules found.
    var (once, twice) = (0.0, 0.0)
    for number in open {
      let candidate = candidates[number]
      switch pairs.ruleCount(Int(candidate.left), Int(candidate.right)) {
      case 1: once += probabilities[number]
      case 2: twice += probabilities[number]
      default: break
      }
    }
    let missed = once * once / (2 * max(twice, 1))
    expectedMatches = odds.matches + missed
    reach = odds.matches / max(expectedMatches, 1e-9)
    accept =
      stage.accept
      ?? AcceptanceChoice.accept(
        open.map { probabilities[$0] }.filter { $0 >= Self.leastProbability },
        expectedMatches: odds.matches + missed - Double(clusters.pairCount),
        leastPrecision: Self.leastPrecision
      )
    self.candidates = candidates
    self.bars = bars
    self.probabilities = probabilities
    self.odds = odds
  }

  /// The pairs that are likely enough to join.
  var edges: [Agglomeration.Edge] {
    candidates.indices.compactMap { number in
      guard bars[number] == nil, probabilities[number] >= accept else { return nil }
      let candidate = candidates[number]
      return Agglomeration.Edge(
        left: candidate.left,
        right: candidate.right,
        total: candidate.weight + odds.prior
      )
    }
  }

  /// By record: its likeliest partner.
  func weighed(recordCount: Int, _ pairs: BlockedPairs) -> Links.Weighed {
    var weighed = Links.Weighed(count: recordCount)
    var best = [Int](repeating: -1, count: recordCount)
    for number in candidates.indices where bars[number] == nil {
      for record in [Int(candidates[number].left), Int(candidates[number].right)] {
        if best[record] < 0 || candidates[number].weight > candidates[best[record]].weight {
          best[record] = number
        }
        weighed.rivals[record] += 1
      }
    }
    for record in best.indices where best[record] >= 0 {
      let candidate = candidates[best[record]]
      let rule = pairs.rules.firstIndex { $0.holds(Int(candidate.left), Int(candidate.right)) }
      weighed.rules[record] = rule.map { Int8(clamping: $0) } ?? -1
      weighed.weights[record] = candidate.weight
      weighed.probabilities[record] = Float(probabilities[best[record]])
      weighed.rivals[record] -= 1
    }
    return weighed
  }

  /// Says of records why somebody should look at a pair of theirs that was not joined.
  func tell(_ joined: Agglomeration, review: Double, _ reasons: inout [UnlinkedReason?]) {
    let least = min(review, accept)
    let persons = joined.clusters.numbers
    func tell(_ reason: UnlinkedReason, _ left: Int32, _ right: Int32) {
      for record in [Int(left), Int(right)] where reasons[record] == nil {
        reasons[record] = reason
      }
    }
    for edge in joined.largeJoins { tell(.largeCluster, edge.left, edge.right) }
    for number in candidates.indices where probabilities[number] >= least {
      let candidate = candidates[number]
      if persons[Int(candidate.left)] == persons[Int(candidate.right)] { continue }
      if bars[number] == .judgedDifferent { continue }
      tell(bars[number] ?? .uncertain, candidate.left, candidate.right)
    }
  }
}
