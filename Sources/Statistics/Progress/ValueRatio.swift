/// Outcome for what it costs: the mean outcome over the mean cost, of the same persons.
///
/// Its variance is that of a ratio of means (delta method; Cochran, 1977, §2.11):
/// (s_o² + R²s_c² − 2R·s_oc)/(n·c̄²), with divisors n − 1.
package struct ValueRatio: Sendable, Equatable {
  /// The mean outcome.
  package let outcome: Double
  /// The mean cost.
  package let cost: Double
  /// Outcome a unit of cost.
  package let value: Double
  /// The standard error of `value`; missing for one person.
  package let standardError: Double?

  /// Fails without persons, and when their mean cost is 0.
  ///
  /// - Parameters:
  ///   - outcomes: one a person.
  ///   - costs: of the same persons, in the same order.
  package init?(outcomes: [Double], costs: [Double]) {
    precondition(outcomes.count == costs.count)
    let count = Double(outcomes.count)
    let outcome = outcomes.reduce(0, +) / count
    let cost = costs.reduce(0, +) / count
    guard count > 0, cost != 0 else { return nil }
    let value = outcome / cost
    // The numerator of the variance is that of o − R·c, whose mean is 0.
    let squares = outcomes.indices.reduce(0.0) { sum, person in
      let residual = outcomes[person] - value * costs[person]
      return sum + residual * residual
    }
    self.outcome = outcome
    self.cost = cost
    self.value = value
    standardError = count > 1 ? (squares / (count - 1) / count).squareRoot() / abs(cost) : nil
  }

  /// The limits of the value: ∓ z standard errors; missing for one person.
  package func interval(_ confidence: Confidence) -> Interval? {
    standardError.map {
      Interval(lower: value - confidence.z * $0, upper: value + confidence.z * $0)
    }
  }
}
