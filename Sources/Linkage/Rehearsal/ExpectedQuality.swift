import PipelineFile
import Tabular

/// How right and how complete the links of a night are, told without knowing the truth.
package struct ExpectedQuality: Sendable, Hashable {
  /// A share with the interval that it lies in.
  package struct Estimate: Sendable, Hashable {
    /// In 0...1.
    package let value: Double
    /// In 0...1; nil when nothing tells it.
    package let interval: ClosedRange<Double>?
  }

  /// What the intervals come from.
  package enum Basis: String, Sendable {
    /// 95 % of draws of rehearsed clients, and of what may happen by chance.
    case rehearsal
    /// What the EM run of each blocking rule would say by itself.
    case runs
  }

  /// The share of the links that are right.
  package let precision: Estimate
  /// The share of the clients who are residents that are linked, and rightly.
  package let recall: Estimate
  package let basis: Basis

  private static let drawCount = 200
  private static let seed: UInt64 = 0x6472_6177

  /// What rehearsal tells.
  ///
  /// - Parameters:
  ///   - night: what probabilities are worth.
  ///   - rehearsal: that says so.
  ///   - chances: of all clients that got a resident, by the model.
  ///   - accepted: of those that are linked.
  ///   - clientCount: of the night.
  ///   - workers: how many threads may draw.
  init(
    _ night: CalibratedNight,
    _ rehearsal: Rehearsal,
    chances: Chances,
    accepted: Chances,
    clientCount: Int,
    workers: Int
  ) {
    let links = accepted.total
    let draws = concurrentChunks(Self.drawCount, workers: workers) { number in
      let seed = SplitMix64.hash(Self.seed &+ UInt64(number))
      let drawn = CalibratedNight(
        rehearsal.drawn(seed: seed),
        chances: chances,
        clientCount: clientCount,
        isWary: true
      )
      var random = SplitMix64(seed: seed)
      let found = accepted.sum { drawn.calibration($0) }
      // What is expected and what happens differ by chance.
      let right = links - min(random.poisson(mean: max(0, links - found)), links)
      let missed = random.poisson(mean: max(0, drawn.expectedMatches - found))
      return (precision: right / max(1, links), recall: right / max(1, right + missed))
    }
    let found = accepted.sum { night.calibration($0) }
    precision = Estimate(
      found / max(1, links),
      draws.map(\.precision).sorted()
    )
    recall = Estimate(
      min(1, found / max(night.expectedMatches, 1)),
      draws.map(\.recall).sorted()
    )
    basis = .rehearsal
  }

  /// What the model itself tells.
  ///
  /// - Parameters:
  ///   - precision: the mean probability of the links.
  ///   - recall: the links' probabilities over all clients who are residents.
  ///   - runs: the same by the model of each EM run alone.
  init(
    precision: Double,
    recall: Double,
    runs: [(precision: Double, recall: Double)]
  ) {
    func estimate(_ value: Double, _ others: [Double]) -> Estimate {
      guard let least = others.min(), let greatest = others.max(), others.count > 1 else {
        return Estimate(value: value, interval: nil)
      }
      return Estimate(value: value, interval: min(least, value)...max(greatest, value))
    }
    self.precision = estimate(precision, runs.map(\.precision))
    self.recall = estimate(recall, runs.map(\.recall))
    basis = .runs
  }
}

extension ExpectedQuality.Estimate {
  /// The middle 95 % of sorted draws, widened to hold the value.
  fileprivate init(_ value: Double, _ draws: [Double]) {
    let tail = draws.count / 40
    let (low, high) = (draws[tail], draws[draws.count - 1 - tail])
    self.init(value: value, interval: min(low, value)...max(high, value))
  }
}
