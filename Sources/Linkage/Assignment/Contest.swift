import Tabular

/// Who is whose best candidate, before anything is accepted.
struct Contest {
  /// One a pair of client and resident, the identity that resembles the resident most; by client,
  /// then by resident.
  let candidates: [Candidate]
  let competition: Competition
  /// By candidate, whether the assignment gives its resident to its client.
  let isMatched: [Bool]
  /// By candidate, whether it must not link.
  let conflicts: [Bool]
  /// The candidates of each client that has any, clients ascending.
  let clients: [(client: Int32, candidates: Range<Int>)]
  let isOneToOne: Bool
  /// To be linked, with those who have no candidate.
  let clientCount: Int
  let reachLimit: Double
  /// By identity, Σ 2^weight of pairs that were not kept.
  let rest: [Double]

  /// - Parameters:
  ///   - scored: the candidates of all identities.
  ///   - rest: by right record of the pairs, Σ 2^weight of those that were not kept.
  ///   - pairs: that they come from.
  ///   - clients: of each identity.
  ///   - hasConflict: pairs that must not link, one flag each.
  ///   - residentCount: who may be linked.
  ///   - clientCount: to be linked.
  ///   - isOneToOne: whether clients compete for residents.
  ///   - isTurned: whether clients are on the left of the pairs; then each has one identity.
  ///   - reachLimit: the share of true pairs that rules make at most, in 0...1.
  ///   - residentShare: of the clients, in 0...1; nil when the probabilities shall tell.
  init(
    _ scored: [Candidate],
    rest: [Double],
    _ pairs: BlockedPairs,
    clients: [Int32],
    hasConflict: ([Candidate]) -> [Bool],
    residentCount: Int,
    clientCount: Int,
    isOneToOne: Bool,
    isTurned: Bool,
    reachLimit: Double,
    residentShare: Double? = nil
  ) {
    let candidates = Self.ofClients(scored, clients)
    let conflicts = hasConflict(candidates)
    // Sums of probabilities and ties follow the order of the pairs, whichever side clients are on.
    let order =
      isTurned
      ? candidates.indices.sorted {
        (candidates[$0].left, candidates[$0].right) < (candidates[$1].left, candidates[$1].right)
      } : Array(candidates.indices)
    let ordered = order.map { isTurned ? candidates[$0].turned : candidates[$0] }
    let rights = ordered.map { isTurned ? $0.right : clients[Int($0.right)] }
    let competition = Competition(
      ordered,
      clients: rights,
      rest: rest,
      pairs,
      leftCount: isTurned ? clientCount : residentCount,
      rightCount: isTurned ? residentCount : clientCount,
      isOneToOne: isOneToOne,
      reachLimit: reachLimit,
      matches: residentShare.map { $0 * Double(max(1, clientCount)) }
    )
    let isMatched = Self.matched(
      ordered,
      rights,
      order.map { conflicts[$0] },
      competition,
      isOneToOne
    )
    var ranges: [(client: Int32, candidates: Range<Int>)] = []
    for number in candidates.indices {
      let client = clients[Int(candidates[number].right)]
      if let last = ranges.last, last.client == client {
        ranges[ranges.count - 1].candidates = last.candidates.lowerBound..<number + 1
      } else {
        ranges.append((client, number..<number + 1))
      }
    }
    self.clients = ranges
    self.candidates = candidates
    self.conflicts = conflicts
    self.competition = isTurned ? competition.placed(order) : competition
    self.isMatched = isTurned ? isMatched.placed(order) : isMatched
    self.isOneToOne = isOneToOne
    self.clientCount = clientCount
    self.reachLimit = reachLimit
    self.rest = rest
  }

  /// The candidate that a client got, or its best when it got none.
  func chosen(_ own: Range<Int>) -> (candidate: Int, isMatched: Bool) {
    if let matched = own.first(where: { isMatched[$0] }) { return (matched, true) }
    return (best(own), false)
  }

  /// The likeliest of some candidates, the first of equals.
  func best(_ own: Range<Int>) -> Int {
    own.reduce(own.lowerBound) {
      competition.probabilities[$1] > competition.probabilities[$0] ? $1 : $0
    }
  }

  /// What the model holds of each client that got a resident.
  var chances: [Double] {
    clients.compactMap { _, own in
      own.first { isMatched[$0] }.map { competition.probabilities[$0] }
    }
  }

  /// By candidate: how likely the matched ones are when rivals that got another count no more.
  ///
  /// Nil unless residents are given away.
  var exclusive: [Double]? {
    guard isOneToOne else { return nil }
    var hasMatch: Set<Int32> = []
    for number in candidates.indices where isMatched[number] {
      hasMatch.insert(candidates[number].left)
    }
    var givenOfResident: [Int32: Double] = [:]
    var given = [Double](repeating: 0, count: candidates.count)
    for (_, own) in clients {
      let matched = own.first { isMatched[$0] }
      for number in own where number != matched {
        let odds = competition.probabilities[number] * competition.totals[number]
        if let matched {
          if hasMatch.contains(candidates[number].left) { given[matched] += odds }
          givenOfResident[candidates[number].left, default: 0] += odds
        }
      }
    }
    return candidates.indices.map { number in
      guard isMatched[number] else { return competition.probabilities[number] }
      let odds = competition.probabilities[number] * competition.totals[number]
      let gone = given[number] + (givenOfResident[candidates[number].left] ?? 0)
      return odds / max(competition.totals[number] - gone, 1 + odds)
    }
  }

  /// The best identity of a client for each resident; by client, then by resident.
  private static func ofClients(_ candidates: [Candidate], _ clients: [Int32]) -> [Candidate] {
    let ordered = candidates.sorted { one, other in
      let (first, second) = (clients[Int(one.right)], clients[Int(other.right)])
      if first != second { return first < second }
      if one.left != other.left { return one.left < other.left }
      return one.weight != other.weight ? one.weight > other.weight : one.right < other.right
    }
    var best: [Candidate] = []
    for candidate in ordered {
      if let last = best.last, last.left == candidate.left,
        clients[Int(last.right)] == clients[Int(candidate.right)]
      {
        continue
      }
      best.append(candidate)
    }
    return best
  }

  /// By candidate, whether the assignment gives its resident to its client.
  private static func matched(
    _ candidates: [Candidate],
    _ clients: [Int32],
    _ conflicts: [Bool],
    _ competition: Competition,
    _ isOneToOne: Bool
  ) -> [Bool] {
    var isMatched = [Bool](repeating: false, count: candidates.count)
    guard isOneToOne else {
      // Each takes its best.
      var best = -1
      for number in candidates.indices where !conflicts[number] {
        let client = clients[number]
        if best >= 0, clients[best] == client {
          if candidates[number].weight > candidates[best].weight {
            isMatched[best] = false
            isMatched[number] = true
            best = number
          }
        } else {
          isMatched[number] = true
          best = number
        }
      }
      return isMatched
    }
    let prior = Int32((competition.prior * LinkModel.unit).rounded())
    let open = candidates.indices.filter {
      !conflicts[$0] && candidates[$0].weight + prior >= 0
    }
    let matching = GreatestMatching(
      open.map {
        GreatestMatching.Edge(
          left: candidates[$0].left,
          right: clients[$0],
          weight: candidates[$0].weight + prior
        )
      }
    )
    for (place, number) in open.enumerated() { isMatched[number] = matching.isMatched[place] }
    return isMatched
  }
}
