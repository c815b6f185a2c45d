import PipelineFile
import Tabular

/// What linking clients without their BSN came to, whose BSN tells who they are.
struct Rehearsal: Sendable {
  /// What became of one client.
  struct Outcome: Sendable {
    let client: HiddenClients.Client
    /// Some rule pairs him with his resident.
    var isReached = false
    /// Of the resident that he got, by the model; nil when he got none.
    var probability: Double?
    /// Whether it is his own.
    var isRight = false
  }

  /// Outcomes added up.
  struct Tally: Sendable {
    /// Links by the model's probability.
    var right = Chances()
    var wrong = Chances()
    /// Clients who are no strangers.
    var residents = 0.0
  }

  let outcomes: [Outcome]
  /// By outcome, the step of its probability; -1 without one.
  private let steps: [Int]

  init(_ outcomes: [Outcome]) {
    self.outcomes = outcomes
    steps = outcomes.map { $0.probability.map(Chances.step) ?? -1 }
  }

  /// The share of true pairs that some rule makes.
  var reach: Double {
    let residents = outcomes.filter { !$0.client.isStranger }
    return Double(residents.count { $0.isReached }) / Double(max(1, residents.count))
  }

  /// All outcomes, each once.
  var tally: Tally { tally { _ in 1 } }

  /// Outcomes drawn with replacement (Efron, 1979), each as often as chance has it.
  ///
  /// - Parameter seed: of the draw; the order of the outcomes is irrelevant.
  /// - Returns: the drawn ones added up.
  func drawn(seed: UInt64) -> Tally {
    tally { Double(SplitMix64(seed: $0.client.hash ^ seed).poissonOfMeanOne) }
  }

  private func tally(_ count: (Outcome) -> Double) -> Tally {
    var tally = Tally()
    for number in outcomes.indices {
      let count = count(outcomes[number])
      if !outcomes[number].client.isStranger { tally.residents += count }
      guard steps[number] >= 0 else { continue }
      if outcomes[number].isRight {
        tally.right.add(step: steps[number], count)
      } else {
        tally.wrong.add(step: steps[number], count)
      }
    }
    return tally
  }
}
