/// How sure an interval is, such as 95 %.
package struct Confidence: Equatable, Sendable {
  /// The share of intervals that hold the true value; 0.95 for 95 %.
  package let level: Double

  package init(level: Double) { self.level = level }

  package static let ninetyFive = Confidence(level: 0.95)
  /// The outer limits of a funnel.
  package static let ninetyNineEight = Confidence(level: 0.998)

  /// α/2: what may lie beyond one of the limits.
  package var tail: Double { (1 - level) / 2 }

  /// Φ⁻¹(1−α/2): 1.96 for 95 %.
  package var z: Double { -Normal.quantile(tail) }
}
