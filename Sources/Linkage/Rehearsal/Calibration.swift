import Foundation

/// What a probability of the model is worth, as rehearsal showed.
///
/// Isotonic regression by pooling adjacent violators (Ayer et al., 1955): the likelier the model
/// holds a link, the more often it was right. Each step is shrunk by one pseudo-pair of the model's.
struct Calibration: Sendable {
  /// A rehearsed link.
  struct Trial: Sendable {
    /// The model's, in 0...1.
    let probability: Double
    /// How often it counts.
    let weight: Double
    let isRight: Bool
  }

  private struct Step {
    let least: Double
    let greatest: Double
    let weight: Double
    let right: Double
    /// Σ of the model's probabilities.
    let modelled: Double

    var share: Double { right / weight }

    /// With the step above it.
    func pooled(_ next: Step) -> Step {
      Step(
        least: least,
        greatest: next.greatest,
        weight: weight + next.weight,
        right: right + next.right,
        modelled: modelled + next.modelled
      )
    }
  }

  /// Where each step begins and ends, ascending.
  private let bounds: [(least: Double, greatest: Double)]
  private let shares: [Double]

  /// - Parameters:
  ///   - trials: by probability, ascending; those of weight 0 do not count.
  ///   - wrongWeight: how often a wrong one counts more.
  init(_ trials: [Trial], wrongWeight: Double = 1) {
    var equals: [Step] = []
    for trial in trials {
      let weight = trial.isRight ? trial.weight : trial.weight * wrongWeight
      if weight <= 0 { continue }
      let step = Step(
        least: trial.probability,
        greatest: trial.probability,
        weight: weight,
        right: trial.isRight ? weight : 0,
        modelled: weight * trial.probability
      )
      if let last = equals.last, last.least == step.least {
        equals[equals.count - 1] = last.pooled(step)
      } else {
        equals.append(step)
      }
    }
    var steps: [Step] = []
    for next in equals {
      var step = next
      while let last = steps.last, last.share >= step.share {
        step = last.pooled(step)
        steps.removeLast()
      }
      steps.append(step)
    }
    bounds = steps.map { ($0.least, $0.greatest) }
    var floor = 0.0
    shares = steps.map { step in
      // A small step shrinks more than the one below it, and still stands no lower.
      floor = max(floor, (step.right + step.modelled / step.weight) / (step.weight + 1))
      return floor
    }
  }

  /// How often a link of that probability is right; without trials as the model has it.
  func callAsFunction(_ probability: Double) -> Double {
    // The last step that begins at or below it.
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle].least <= probability { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return min(probability, shares.first ?? 1) }
    let (share, end) = (shares[low - 1], bounds[low - 1].greatest)
    guard probability > end, low < bounds.count else { return share }
    // Between two steps nothing was tried: their log-odds are joined by a line.
    let (from, to) = (logOdds(end), logOdds(bounds[low].least))
    let part = (logOdds(probability) - from) / max(to - from, 1e-9)
    let odds = exp(logOdds(share) + part * (logOdds(shares[low]) - logOdds(share)))
    return min(max(odds / (1 + odds), share), shares[low])
  }
}

private func logOdds(_ probability: Double) -> Double {
  let bounded = min(max(probability, 1e-15), 1 - 1e-15)
  return log(bounded / (1 - bounded))
}
