/// What is explained.
extension ProbabilisticLinker {
  /// Takes apart the pairs that were asked for.
  func explanations(_ explainer: PairExplainer, _ judged: JudgedCandidates) -> [Explanation] {
    let contest = judged.contest
    return asked.map { pair in
      let (left, right) = self.pair(resident: pair.resident, identity: pair.identity)
      let parts = explainer.weight(left, right)
      let client = clients[Int(pair.identity)]
      let own = contest.clients.first { $0.client == client }?.candidates ?? 0..<0
      let verdict = judged.verdict(ofClient: Int(client))
      func probability(_ number: Int) -> Double {
        number == verdict?.candidate
          ? verdict?.probability ?? 0 : contest.competition.probabilities[number]
      }
      let rivals = own.filter { contest.candidates[$0].left != pair.resident }
        .map {
          Explanation.Rival(weight: contest.candidates[$0].weight, probability: probability($0))
        }
        .sorted { ($1.probability, $1.weight) < ($0.probability, $0.weight) }
      return Explanation(
        pair: pair,
        steps: parts.steps,
        joint: parts.joint,
        weight: parts.weight,
        probability: own.first { contest.candidates[$0].left == pair.resident }.map(probability),
        rivals: rivals,
        nobody: own.isEmpty ? nil : max(0, 1 - own.reduce(0) { $0 + probability($1) })
      )
    }
  }
}
