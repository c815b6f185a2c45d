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

  /// By the model's probability, ascending, those that got nobody first.
  private(set) var outcomes: [Outcome]

  init(_ outcomes: [Outcome]) {
    self.outcomes = outcomes.sorted {
      let (one, other) = ($0.probability ?? -1, $1.probability ?? -1)
      return one != other ? one < other : $0.client.hash < $1.client.hash
    }
  }

  var residentCount: Int { outcomes.count { !$0.client.isStranger } }
  var strangerCount: Int { outcomes.count { $0.client.isStranger } }

  /// The share of true pairs that some rule makes.
  var reach: Double {
    Double(outcomes.count { !$0.client.isStranger && $0.isReached })
      / Double(max(1, residentCount))
  }
}
