import PipelineFile
import Tabular

/// What is rehearsed.
extension ProbabilisticLinker {
  /// By comparison, the level shares among the pairs of hidden clients with their residents; nil where
  /// too few have both values.
  func shares(
    of hidden: [HiddenClients.Client],
    _ columns: [ComparedColumn],
    _ comparer: PairComparer
  ) -> [[Double]?] {
    var counts = columns.map { [Double](repeating: 0, count: $0.levels.count + 1) }
    let pairs = hidden.map { pair(resident: $0.resident, identity: $0.identity) }
    for pattern in comparer.patterns(pairs) {
      for comparison in columns.indices {
        let state = comparer.space.state(of: comparison, in: Int(pattern))
        if state < counts[comparison].count { counts[comparison][state] += 1 }
      }
    }
    return counts.map {
      $0.reduce(0, +) >= Double(HiddenClients.least) ? LevelShares.smoothed($0) : nil
    }
  }

  /// What either half of the hidden clients is linked by: the other half teaches it.
  func halfModels(
    _ columns: [ComparedColumn],
    _ comparer: PairComparer,
    _ learning: ModelLearning,
    _ outcome: ModelLearning.Outcome
  ) -> [LinkModel] {
    guard stage.learnsFromExact else { return [outcome.model, outcome.model] }
    return [false, true].map { half in
      let teachers = passes.unlinked.filter { $0.isInFirstHalf == half }
      return learning.model(outcome, proof: shares(of: teachers, columns, comparer))
    }
  }

  /// Links each half of the clients whose BSN is hidden by what the other half teaches.
  ///
  /// - Parameters:
  ///   - rules: the columns of the blocking rules with their codes.
  ///   - comparer: of all records.
  ///   - models: what agreement is worth; the first for clients of the first half.
  ///   - residentShare: of the clients of the night: both are judged by the same prior.
  /// - Returns: what became of each.
  func rehearsed(
    _ rules: [(columns: [String], codes: CodedColumn)],
    _ comparer: PairComparer,
    _ models: [LinkModel],
    residentShare: Double
  ) -> Rehearsal {
    let hidden = passes.unlinked
    let isFree = freeResidents
    let strangers = passes.outcomes.map(\.client).filter(\.isStranger)
    let alone = (0..<Int32(source.table.rowCount)).map { $0 }
    var outcomes: [Rehearsal.Outcome] = []
    for (model, isFirst) in zip(models, [true, false]) {
      let half = hidden.filter { $0.isInFirstHalf == isFirst }
      var isLeft = isFree
      for client in half { isLeft[Int(client.resident)] = true }
      for client in strangers { isLeft[Int(client.resident)] = false }
      var isRight = [Bool](repeating: false, count: source.table.rowCount)
      for client in half { isRight[Int(client.identity)] = true }
      let pairs = BlockedPairs(
        rules: rules.map {
          BlockIndex(
            columns: $0.columns,
            $0.codes,
            isActiveLeft: isTurned ? isRight : isLeft,
            isActiveRight: isTurned ? isLeft : isRight,
            isWithin: false
          )
        },
        isWithin: false,
        rightCount: right.table.rowCount
      )
      let contest = contest(
        pairs,
        comparer,
        model,
        clients: alone,
        residentCount: isLeft.count { $0 },
        clientCount: half.count,
        residentShare: residentShare,
        hasConflict: { $0.map { _ in false } }
      ).contest
      let own = Dictionary(uniqueKeysWithValues: contest.clients.map { ($0.client, $0.candidates) })
      for client in half {
        var outcome = Rehearsal.Outcome(client: client)
        let (left, right) = pair(resident: client.resident, identity: client.identity)
        outcome.isReached = pairs.ruleCount(left, right) > 0
        if let own = own[client.identity], case let (chosen, true) = contest.chosen(own) {
          outcome.probability = contest.competition.probabilities[chosen]
          outcome.isRight = contest.candidates[chosen].left == client.resident
        }
        outcomes.append(outcome)
      }
    }
    return Rehearsal(outcomes)
  }
}
