import Glibc

/// How likely each pair of records is one person, each judged by itself.
///
///     odds = λ/(1−λ) · 2^weight
///
/// λ is the share of all pairs that are true, as far as the probabilities tell. Here nobody competes:
/// a person may have any number of records.
struct PairOdds: Sendable {
  /// log₂ of the odds of a pair of weight 0, in 1/65,536 bit.
  let prior: Int32
  /// True pairs among all that were compared or are proved.
  let matches: Double

  private static let roundLimit = 100

  /// - Parameters:
  ///   - weights: of the candidates.
  ///   - rest: Σ 2^weight of pairs too weak to be kept.
  ///   - proved: pairs that are true without being weighed.
  ///   - pairCount: all pairs of records that may be one person, compared or not.
  ///   - start: a first guess of the share that is true.
  init(weights: [Int32], rest: Double, proved: Double, pairCount: Double, start: Double) {
    let ratios = weights.map { exp2(Double($0) / LinkModel.unit) }
    let pairs = max(1, pairCount)
    var share = min(max(start, 0.5 / pairs), 0.5)
    var matches = 0.0
    for _ in 0..<Self.roundLimit {
      let odds = share / (1 - share)
      matches = ratios.reduce(proved + rest * odds) { $0 + odds * $1 / (1 + odds * $1) }
      let next = min(max(matches / pairs, 0.5 / pairs), 0.5)
      let hasSettled = abs(next - share) < 1e-6 * share
      share = next
      if hasSettled { break }
    }
    prior = LinkModel.bits(share / (1 - share))
    self.matches = matches
  }

  /// The probability of a pair with this weight.
  func probability(_ weight: Int32) -> Double {
    1 / (1 + exp2(-Double(Int(weight) + Int(prior)) / LinkModel.unit))
  }
}
