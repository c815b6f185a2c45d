/// What the probabilities of a night are worth, and how many of its clients must be residents then.
///
/// Right and wrong links of the rehearsal stand for those of the night. How many of either the night
/// has is found in turns with what the probabilities are worth: rehearsed strangers have their family
/// among the residents still, those of the night mostly not.
struct CalibratedNight: Sendable {
  let calibration: Calibration
  /// Clients who are residents.
  let expectedMatches: Double
  /// How many wrong links of the night a rehearsed one stands for, by a right one.
  let wrongWeight: Double

  private static let roundLimit = 100

  /// - Parameters:
  ///   - rehearsal: what was rehearsed.
  ///   - counts: by outcome, how often it is drawn; nil for once each.
  ///   - chances: of the clients of the night that got a resident, by the model.
  ///   - clientCount: of the night.
  init(
    _ rehearsal: Rehearsal,
    counts: [Int]? = nil,
    chances: [Double],
    clientCount: Int
  ) {
    var trials: [Calibration.Trial] = []
    var (residents, hits, misses) = (0.0, 0.0, 0.0)
    for (number, outcome) in rehearsal.outcomes.enumerated() {
      let count = Double(counts?[number] ?? 1)
      if !outcome.client.isStranger { residents += count }
      guard let probability = outcome.probability else { continue }
      if outcome.isRight { hits += count } else { misses += count }
      trials.append(
        Calibration.Trial(probability: probability, weight: count, isRight: outcome.isRight)
      )
    }
    let all = Double(chances.count)
    var found = chances.reduce(0, +)
    var weight = 1.0
    var calibration = Calibration([])
    for _ in 0..<Self.roundLimit {
      weight = (all - found) / max(misses, 1) / (max(found, 1) / max(hits, 1))
      calibration = Calibration(trials, wrongWeight: weight)
      let next = chances.reduce(0) { $0 + calibration($1) }
      let hasSettled = abs(next - found) < 1e-6 * found
      found = next
      if hasSettled { break }
    }
    self.calibration = calibration
    wrongWeight = weight
    expectedMatches = min(max(found * residents / max(hits, 1), found), Double(clientCount))
  }
}
