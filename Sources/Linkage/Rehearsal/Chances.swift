import Glibc

/// Counts by probability, in steps of an eighth of a bit of log-odds.
struct Chances: Sendable {
  private static let perBit = 8.0
  private static let leastBits = -24.0
  private static let greatestBits = 50.0
  static let stepCount = Int((greatestBits - leastBits) * perBit) + 1

  /// One a step, from unlikely to likely.
  private(set) var counts = [Double](repeating: 0, count: stepCount)

  /// The step of a probability in 0...1.
  static func step(of probability: Double) -> Int {
    if probability <= 0 { return 0 }
    let bits = log2(probability / max(1 - probability, 1e-16))
    return Int(((min(max(bits, leastBits), greatestBits) - leastBits) * perBit).rounded())
  }

  /// The probability in the middle of a step.
  static func probability(ofStep step: Int) -> Double {
    let odds = exp2(Double(step) / perBit + leastBits)
    return odds / (1 + odds)
  }

  init() {}

  init(_ probabilities: [Double]) {
    for probability in probabilities { counts[Self.step(of: probability)] += 1 }
  }

  mutating func add(step: Int, _ count: Double) { counts[step] += count }

  var total: Double { counts.reduce(0, +) }

  /// Σ of what a function makes of the probabilities.
  func sum(_ value: (Double) -> Double) -> Double {
    var sum = 0.0
    for step in counts.indices where counts[step] > 0 {
      sum += counts[step] * value(Self.probability(ofStep: step))
    }
    return sum
  }
}
