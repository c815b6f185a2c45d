import PipelineFile
import Tabular

/// What the exact passes link of the hidden clients when they have no BSN.
struct RehearsedPasses: Sendable {
  struct Outcome: Sendable {
    let client: HiddenClients.Client
    /// The pass that links him, or -1.
    var pass = -1
    /// Whether to his own resident.
    var isRight = false
  }

  /// One a hidden client.
  private(set) var outcomes: [Outcome]

  /// Runs the passes that ask for no BSN, in order, each on whom none before it links.
  ///
  /// - Parameters:
  ///   - passes: all of them.
  ///   - hidden: who is rehearsed.
  ///   - spine: one row a resident.
  ///   - source: one row an identity.
  ///   - persons: of each identity, as linked; in one-to-one a resident of another stays his.
  ///   - assignment: whether residents are given away.
  init(
    _ passes: [ExactPass],
    _ hidden: HiddenClients,
    spine: Table,
    source: Table,
    persons: [Int32],
    assignment: Assignment
  ) {
    outcomes = hidden.clients.map { Outcome(client: $0) }
    if outcomes.isEmpty { return }
    let strangers = hidden.clients.filter(\.isStranger).map(\.resident)
    var isTaken = [Bool](repeating: false, count: spine.rowCount)
    if assignment == .oneToOne {
      for person in persons where person >= 0 { isTaken[Int(person)] = true }
      for client in hidden.clients { isTaken[Int(client.resident)] = false }
    }
    for (number, pass) in passes.enumerated() where !pass.on.contains("bsn") {
      let columns = pass.on.compactMap { KeyColumn.pair($0, left: spine, right: source) }
      guard columns.count == pass.on.count, !columns.isEmpty else { continue }
      let open = outcomes.indices.filter { outcomes[$0].pass < 0 }
      let met = KeyMeetings(
        of: open.map { outcomes[$0].client.identity },
        sourceKeys: RecordKeys(columns.map(\.right), rowCount: source.rowCount),
        spineKeys: RecordKeys(columns.map(\.left), rowCount: spine.rowCount).without(strangers)
      )
      let vetoed = (pass.unless?.differ ?? []).map {
        KeyColumn.pair($0, left: spine, right: source)
      }
      var linked: [(place: Int, resident: Int32)] = []
      var clientCounts: [Int32: Int] = [:]
      for (place, resident) in zip(open, met.residents)
      where resident >= 0 && !isTaken[Int(resident)] {
        let identity = Int(outcomes[place].client.identity)
        if ExactLinker.differs(in: vetoed, Int(resident), identity) { continue }
        linked.append((place, resident))
        clientCounts[resident, default: 0] += 1
      }
      for (place, resident) in linked {
        if assignment == .oneToOne {
          // Two clients that meet one resident in the same pass go on.
          guard clientCounts[resident] == 1 else { continue }
          isTaken[Int(resident)] = true
        }
        outcomes[place].pass = number
        outcomes[place].isRight = resident == outcomes[place].client.resident
      }
    }
  }

  /// Whom no pass links: they are weighed.
  var unlinked: [HiddenClients.Client] { outcomes.filter { $0.pass < 0 }.map(\.client) }

  /// The share of a pass's links that are false, when strangers come as often as given.
  ///
  /// - Parameters:
  ///   - pass: its number.
  ///   - residentShare: how many of the clients without a BSN are residents, in 0...1.
  /// - Returns: nil for a pass that rehearsal says nothing of.
  func falseShare(ofPass pass: Int, residentShare: Double) -> Double? {
    let strangers = Double(outcomes.count { $0.client.isStranger })
    let residents = Double(outcomes.count) - strangers
    let linked = outcomes.filter { $0.pass == pass }
    guard !linked.isEmpty, residents > 0, strangers > 0 else { return nil }
    let weight = (1 - residentShare) / max(residentShare, 0.01) * residents / strangers
    var (all, wrong) = (0.0, 0.0)
    for outcome in linked {
      let one = outcome.client.isStranger ? weight : 1
      all += one
      if !outcome.isRight { wrong += one }
    }
    return all > 0 ? wrong / all : nil
  }
}
