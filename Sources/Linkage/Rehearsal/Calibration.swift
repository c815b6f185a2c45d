import Glibc

/// What a probability of the model is worth, as rehearsal showed.
///
/// Isotonic regression by pooling adjacent violators (Ayer et al., 1955): the likelier the model
/// holds a link, the more often it was right. Each step is shrunk by one pseudo-pair.
struct Calibration: Sendable {
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
  ///   - right: rehearsed links that were right.
  ///   - wrong: those that were not.
  ///   - wrongWeight: how often a wrong one counts.
  ///   - isWary: the pseudo-pair is half wrong; else it is right as often as the model has it.
  init(right: Chances, wrong: Chances, wrongWeight: Double = 1, isWary: Bool = false) {
    var steps: [Step] = []
    for number in 0..<Chances.stepCount {
      let weight = right.counts[number] + wrongWeight * wrong.counts[number]
      if weight <= 0 { continue }
      let probability = Chances.probability(ofStep: number)
      var step = Step(
        least: probability,
        greatest: probability,
        weight: weight,
        right: right.counts[number],
        modelled: weight * probability
      )
      while let last = steps.last, last.share >= step.share {
        step = last.pooled(step)
        steps.removeLast()
      }
      steps.append(step)
    }
    var floor = 0.0
    bounds = steps.map { ($0.least, $0.greatest) }
    shares = steps.map { step in
      let pseudo = isWary ? 0.5 : step.modelled / step.weight
      // A small step shrinks more than the one below it, and still stands no lower.
      floor = max(floor, (step.right + pseudo) / (step.weight + 1))
      return floor
    }
  }

  /// How often a link of that probability is right; as the model has it where nothing was tried.
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
    let (from, to) = (Self.logOdds(end), Self.logOdds(bounds[low].least))
    let part = (Self.logOdds(probability) - from) / max(to - from, 1e-9)
    let (below, above) = (Self.logOdds(share), Self.logOdds(shares[low]))
    let odds = exp(below + part * (above - below))
    return min(max(odds / (1 + odds), share), shares[low])
  }

  private static func logOdds(_ probability: Double) -> Double {
    let bounded = min(max(probability, 1e-15), 1 - 1e-15)
    return log(bounded / (1 - bounded))
  }
}
