import Glibc

extension RiskScores {
  /// The calibration slope: how steeply outcomes rise with the expected risk (Cox, 1958).
  ///
  /// The slope of the logistic fit of the outcome on logit(expected), by Newton's method. Below 1
  /// the risks are too far apart, above 1 too close.
  ///
  /// - Parameter risks: expected, one a score.
  /// - Returns: missing when a score with persons is expected to be 0 or 1, when the outcomes are
  ///   separated by the risk, so that no fit is best, or when the fit did not settle.
  package func calibrationSlope(expected risks: [Double]) -> Double? {
    precondition(risks.count == with.count)
    let scores = risks.indices.filter { with[$0] > 0 || without[$0] > 0 }
    guard scores.allSatisfy({ risks[$0] > 0 && risks[$0] < 1 }) else { return nil }
    let points = scores.map { score in
      LogisticFit.Point(
        x: log(risks[score] / (1 - risks[score])),
        with: Double(with[score]),
        persons: Double(with[score]) + Double(without[score])
      )
    }
    let outcomes = points.filter { $0.with > 0 }.map(\.x)
    let others = points.filter { $0.with < $0.persons }.map(\.x)
    // The best fit exists when neither lies wholly at or beyond the other (Albert & Anderson, 1984).
    guard let lowest = outcomes.min(), let highest = outcomes.max(),
      let lowestOther = others.min(), let highestOther = others.max(),
      lowest < highestOther, lowestOther < highest
    else { return nil }
    return LogisticFit(points)?.slope
  }
}

/// The line through the logits of a risk that makes the outcomes most likely.
private struct LogisticFit {
  struct Point {
    let x: Double
    let with: Double
    let persons: Double
  }

  private(set) var intercept = 0.0
  private(set) var slope = 1.0

  /// Fails when fifty steps do not settle it.
  init?(_ points: [Point]) {
    for _ in 0..<50 {
      var (score0, score1, weight0, weight1, weight2) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for point in points {
        let risk = 1 / (1 + exp(-(intercept + slope * point.x)))
        let residual = point.with - point.persons * risk
        let weight = point.persons * risk * (1 - risk)
        score0 += residual
        score1 += residual * point.x
        weight0 += weight
        weight1 += weight * point.x
        weight2 += weight * point.x * point.x
      }
      let determinant = weight0 * weight2 - weight1 * weight1
      guard determinant > 0 else { return nil }
      var step0 = (weight2 * score0 - weight1 * score1) / determinant
      var step1 = (weight0 * score1 - weight1 * score0) / determinant
      guard step0.isFinite, step1.isFinite else { return nil }
      // A full step may leap over the summit; the likelihood is concave, so half steps arrive. A
      // fall of less than a billionth is rounding, close to the summit.
      let floor = likelihood(points, step0: 0, step1: 0) * (1 + 1e-9)
      while likelihood(points, step0: step0, step1: step1) < floor,
        max(abs(step0), abs(step1)) > 1e-12
      {
        step0 /= 2
        step1 /= 2
      }
      intercept += step0
      slope += step1
      if max(abs(step0), abs(step1)) < 1e-10 * max(1, abs(intercept), abs(slope)) { return }
    }
    return nil
  }

  private func likelihood(_ points: [Point], step0: Double, step1: Double) -> Double {
    points.reduce(0) { sum, point in
      let logit = intercept + step0 + (slope + step1) * point.x
      // ln(1 + e^logit), without overflow.
      return sum + point.with * logit
        - point.persons * (max(0, logit) + log1p(exp(-abs(logit))))
    }
  }
}
