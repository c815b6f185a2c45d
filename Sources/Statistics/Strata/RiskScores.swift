/// Persons by risk score, with and without the outcome that the score foretells.
package struct RiskScores: Sendable, Equatable {
  /// Persons with the outcome, by ascending score.
  package let with: [Int]
  /// Persons without it, by the same scores.
  package let without: [Int]

  /// - Precondition: as many scores of both.
  package init(with: [Int], without: [Int]) {
    precondition(with.count == without.count)
    self.with = with
    self.without = without
  }

  /// The C statistic: how often a person with the outcome scores above one without; a tie is half.
  ///
  /// Σd(N_lower + N_same/2)/(D·N); the area under the ROC curve (Hanley & McNeil, 1982).
  ///
  /// - Returns: in 0...1; missing when all have the outcome, or none.
  package var concordance: Double? {
    var lower = 0.0
    var above = 0.0
    for (with, without) in zip(with, without) {
      above += Double(with) * (lower + Double(without) / 2)
      lower += Double(without)
    }
    return quotient(above, sum(with[...]) * lower)
  }

  /// The positive predictive value: the share of a stratum's persons who have the outcome.
  ///
  /// - Parameter first: the place of the stratum's lowest score; it has all scores from there.
  /// - Returns: missing when the stratum is empty.
  package func predictiveValue(from first: Int) -> Double? {
    let hit = sum(with.dropFirst(first))
    return quotient(hit, hit + sum(without.dropFirst(first)))
  }

  /// The share of all persons with the outcome who are in a stratum.
  ///
  /// - Parameter first: the place of the stratum's lowest score; it has all scores from there.
  /// - Returns: missing when none has the outcome.
  package func sensitivity(from first: Int) -> Double? {
    quotient(sum(with.dropFirst(first)), sum(with[...]))
  }

  /// Calibration in the large: outcomes over those that were expected, with limits of the count.
  ///
  /// - Parameters:
  ///   - risks: expected, one a score, in 0...1.
  ///   - confidence: of the interval.
  /// - Returns: missing when nothing is expected.
  package func calibration(expected risks: [Double], _ confidence: Confidence) -> Estimate {
    precondition(risks.count == with.count)
    let expected = risks.indices.reduce(0) { sum, score in
      sum + risks[score] * (Double(with[score]) + Double(without[score]))
    }
    return standardisedRatio(observed: with.reduce(0, +), expected: expected, confidence)
  }

  private func sum(_ persons: ArraySlice<Int>) -> Double { persons.reduce(0) { $0 + Double($1) } }

  private func quotient(_ part: Double, _ whole: Double) -> Double? {
    whole > 0 ? part / whole : nil
  }
}
