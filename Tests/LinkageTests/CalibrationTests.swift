import TestSupport
import Testing

@testable import Linkage

@Suite("What a probability is worth")
struct CalibrationTests {
  @Test("steps are those of the least squares under order", arguments: 0..<40 as Range<UInt64>)
  func agreesWithDefinition(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let trials = (0..<60).map { _ in
      let probability = Double(Int.random(in: 1..<20, using: &random)) / 20
      return Calibration.Trial(
        probability: probability,
        weight: Double(Int.random(in: 1..<4, using: &random)),
        isRight: Double.random(in: 0..<1, using: &random) < probability
      )
    }.sorted { $0.probability < $1.probability }
    let calibration = Calibration(trials)
    for probe in 1..<20 {
      let probability = Double(probe) / 20
      guard trials.contains(where: { $0.probability == probability }) else { continue }
      // The greatest of the least means of intervals that hold it (Robertson et al., 1988).
      let values = Set(trials.map(\.probability)).sorted()
      var expected = 0.0
      for first in values where first <= probability {
        var least = 1.0
        for last in values where last >= probability {
          let inside = trials.filter { first...last ~= $0.probability }
          let weight = inside.reduce(0) { $0 + $1.weight }
          least = min(least, inside.reduce(0) { $0 + ($1.isRight ? $1.weight : 0) } / weight)
        }
        expected = max(expected, least)
      }
      // One pseudo-pair moves a step by no more than one part in its weight.
      let weight = trials.filter { $0.probability == probability }.reduce(0) { $0 + $1.weight }
      #expect(abs(calibration(probability) - expected) <= 1 / (weight + 1), "seed \(seed)")
    }
  }

  @Test("it never falls where the probability rises", arguments: 0..<40 as Range<UInt64>)
  func rises(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let trials = (0..<Int.random(in: 1..<30, using: &random)).map { _ in
      Calibration.Trial(
        probability: Double.random(in: 0..<1, using: &random),
        weight: 1,
        isRight: Bool.random(using: &random)
      )
    }.sorted { $0.probability < $1.probability }
    let calibration = Calibration(trials, wrongWeight: 0.3)
    let shares = (0...1000).map { calibration(Double($0) / 1000) }
    #expect(shares == shares.sorted(), "seed \(seed)")
    #expect(shares.allSatisfy { 0...1 ~= $0 })
  }

  @Test("a model that claims too much is told so, one that is right is left as it is")
  func corrects() {
    var random = SeededGenerator(seed: 3)
    // Of what the model holds for 0.99, nine in ten are right.
    let trials = (0..<5000).map { number in
      Calibration.Trial(
        probability: number < 2000 ? 0.5 : 0.99,
        weight: 1,
        isRight: Double.random(in: 0..<1, using: &random) < (number < 2000 ? 0.5 : 0.9)
      )
    }
    let calibration = Calibration(trials)
    #expect(abs(calibration(0.99) - 0.9) < 0.02)
    #expect(abs(calibration(0.5) - 0.5) < 0.03)
    #expect(Calibration([])(0.7) == 0.7)
  }
}
