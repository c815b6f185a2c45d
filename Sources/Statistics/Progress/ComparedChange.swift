import Glibc

/// How much a rate changed, beside how much it changed in a comparator: (A₁/A₀)/(B₁/B₀).
package struct ComparedChange: Sendable, Equatable {
  /// The ratio of the two changes: 1 when both changed alike.
  package let effect: Double
  /// The standard error of ln(effect): √Σ1/events.
  package let logStandardError: Double

  /// Events in a number of person-years or persons.
  package struct Rate: Sendable {
    let events: Double
    let denominator: Double

    package init(events: Int, per denominator: Double) {
      self.events = Double(events)
      self.denominator = denominator
    }

    fileprivate var value: Double { events / denominator }
  }

  /// Fails when a rate has no events or no denominator.
  package init?(before: Rate, after: Rate, comparatorBefore: Rate, comparatorAfter: Rate) {
    let rates = [before, after, comparatorBefore, comparatorAfter]
    guard rates.allSatisfy({ $0.events > 0 && $0.denominator > 0 }) else { return nil }
    effect = (after.value / before.value) / (comparatorAfter.value / comparatorBefore.value)
    logStandardError = rates.reduce(0) { $0 + 1 / $1.events }.squareRoot()
  }

  /// The limits of the effect: e^(ln(effect) ∓ z·√Σ1/events).
  package func interval(_ confidence: Confidence) -> Interval {
    let reach = exp(confidence.z * logStandardError)
    return Interval(lower: effect / reach, upper: effect * reach)
  }
}
