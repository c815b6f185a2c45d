/// What the probabilities of a night are worth, and how many of its clients must be residents then.
///
/// Right and wrong links of the rehearsal stand for those of the night. How many of either the night
/// has is found in turns with what the probabilities are worth: rehearsed strangers have their family
/// among the residents still, those of the night mostly not.
struct CalibratedNight: Sendable {
  let calibration: Calibration
  /// Clients who are residents.
  let expectedMatches: Double

  private static let roundLimit = 100

  /// - Parameters:
  ///   - tally: what was rehearsed.
  ///   - chances: of the clients of the night that got a resident, by the model.
  ///   - clientCount: of the night.
  ///   - isWary: what was never wrong in rehearsal may be so.
  init(_ tally: Rehearsal.Tally, chances: Chances, clientCount: Int, isWary: Bool = false) {
    let (hits, misses) = (tally.right.total, tally.wrong.total)
    let all = chances.total
    var found = chances.sum { $0 }
    var calibration = Calibration(right: tally.right, wrong: tally.wrong)
    for _ in 0..<Self.roundLimit {
      // How many wrong links of the night a rehearsed one stands for, by a right one.
      let weight = (all - found) / max(misses, 1) / (max(found, 1) / max(hits, 1))
      calibration = Calibration(
        right: tally.right,
        wrong: tally.wrong,
        wrongWeight: weight,
        isWary: isWary
      )
      let next = chances.sum { calibration($0) }
      let hasSettled = abs(next - found) < 1e-6 * found
      found = next
      if hasSettled { break }
    }
    self.calibration = calibration
    expectedMatches = min(max(found * tally.residents / max(hits, 1), found), Double(clientCount))
  }
}
