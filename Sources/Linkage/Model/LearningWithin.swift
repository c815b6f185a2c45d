import PipelineFile
import Tabular

/// Learns the model of a set of records against itself.
///
/// A pair is of one person, of strangers or of relatives. Strangers agree as often as is counted over all
/// pairs; how often the other two agree, and how many there are, is learnt by expectation-maximisation
/// from the patterns of all pairs that some rule makes. A model without relatives takes families for
/// persons: on a list there are far more brothers than duplicates.
struct LearningWithin {
  let columns: [ComparedColumn]
  let pairs: BlockedPairs
  let comparer: PairComparer
  let coincidence: Coincidence
  /// Columns of first names and birth dates.
  ///
  /// Relatives share them by chance alone, or as twins and namesakes do; all else may be of the
  /// household. Without any, nobody is taken for relatives.
  let personal: Set<String>
  let workers: Int
  let seed: UInt64

  /// Pairs that are looked at, about.
  private static let pairLimit = 20_000_000
  private static let roundLimit = 500
  private static let precision = 1e-6
  /// So many of them are twins, or namesakes, at least and at most: where there are few duplicates, a
  /// son of his father's name would make us think that birth dates are badly kept.
  private static let namesakes = 0.01...0.05
  /// At most so many are born in one year.
  private static let mostNear = 0.1
  /// At most so often one person has birth dates of two years: errors leave most of a date as it is.
  private static let mostOtherYears = 0.02
  /// Of so many pairs of one person there is at least one of relatives where these are reckoned with.
  private static let leastRelatives = 0.1

  /// What was learnt, and how.
  struct Outcome: Sendable {
    let model: LinkModel
    /// The share of all pairs that are true.
    let trueShare: Double
    let hasSettled: Bool
  }

  /// What is thought of all pairs.
  private struct State {
    var m: LevelShares
    var trueShare: Double
    var relatives: [Relatives]
    var u: LevelShares
  }

  func learn() -> Outcome {
    let (states, counts) = patterns()
    let recordCount = Double(pairs.rightCount)
    let pairCount = max(1, recordCount * (recordCount - 1) / 2)
    let guess = LevelShares.guess(stateCounts: comparer.space.stateCounts)
    let strangers = LevelShares(columns: coincidence.shares)
    let share = 0.1 * recordCount / pairCount
    // Those of one house, and those of one street.
    let near = LevelShares(
      columns: zip(guess.columns, strangers.columns).map { zip($0, $1).map { ($0 + $1) / 2 } }
    )
    var state = State(
      m: guess,
      trueShare: share,
      relatives: [(guess, Self.namesakes), (near, 0...0)].map {
        Relatives(shares: bounded($0, strangers, $1), share: share, namesakes: $1)
      },
      u: strangers
    )
    if !columns.contains(where: { personal.contains($0.name) }) { state.relatives = [] }
    var hasSettled = false
    while true {
      hasSettled = settle(&state, states, counts, pairCount)
      // So few are rather badly kept records of one person.
      let few = state.relatives.firstIndex { $0.share < Self.leastRelatives * state.trueShare }
      guard let few else { break }
      state.relatives.remove(at: few)
      state.m = guess
    }
    let model = LinkModel(
      columns,
      m: state.m,
      u: state.u,
      joints: [],
      relatives: state.relatives,
      isWithin: true
    )
    return Outcome(model: model, trueShare: state.trueShare, hasSettled: hasSettled)
  }

  /// Goes round until nothing moves, or too long.
  private func settle(
    _ state: inout State,
    _ states: [UInt8],
    _ counts: [Double],
    _ pairCount: Double
  ) -> Bool {
    state.u = corrected(state)
    for _ in 0..<Self.roundLimit {
      let next = self.next(state, states, counts, pairCount)
      let hasSettled = Self.distance(state, next) < Self.precision
      state = next
      if hasSettled { return true }
    }
    return false
  }

  /// The patterns that occur: their states, pattern after pattern, and how many pairs have each.
  private func patterns() -> (states: [UInt8], counts: [Double]) {
    let (found, share) = pairs.patternCounts(
      comparer,
      limit: Self.pairLimit,
      seed: seed,
      workers: workers
    )
    var states: [UInt8] = []
    var counts: [Double] = []
    for pattern in found.indices where found[pattern] > 0 {
      counts.append(Double(found[pattern]) / share)
      for comparison in columns.indices {
        states.append(UInt8(clamping: comparer.space.state(of: comparison, in: pattern)))
      }
    }
    return (states, counts)
  }

  /// One round: who the pairs are by what is thought, and what follows from that.
  private func next(
    _ state: State,
    _ states: [UInt8],
    _ counts: [Double],
    _ pairCount: Double
  ) -> State {
    let width = columns.count
    let classes = [(state.trueShare, state.m)] + state.relatives.map { ($0.share, $0.shares) }
    let u = state.u.columns
    var found = classes.map { $0.1.columns.map { $0.map { _ in 0.0 } } }
    var totals = [Double](repeating: 0, count: classes.count)
    var chances = totals
    for pattern in counts.indices {
      let levels = states[pattern * width..<(pattern + 1) * width]
      func chance(_ shares: [[Double]]) -> Double {
        zip(shares, levels).reduce(1) { product, pair in
          pair.0.indices.contains(Int(pair.1)) ? product * pair.0[Int(pair.1)] : product
        }
      }
      for number in classes.indices {
        chances[number] = classes[number].0 * chance(classes[number].1.columns)
      }
      let each = counts[pattern] / max(chances.reduce(chance(u), +), 1e-300)
      for number in classes.indices {
        let count = chances[number] * each
        totals[number] += count
        for (comparison, level) in zip(0..<width, levels) where Int(level) < u[comparison].count {
          found[number][comparison][Int(level)] += count
        }
      }
    }
    let shares = totals.map { min(max($0 / pairCount, 1e-12), 0.5) }
    let learnt = found.map { LevelShares(columns: $0.map(LevelShares.smoothed)) }
    var next = State(
      m: dated(learnt[0]),
      trueShare: shares[0],
      relatives: zip(state.relatives, zip(learnt, shares).dropFirst()).map { kin, found in
        Relatives(
          shares: bounded(found.0, state.u, kin.namesakes),
          share: found.1,
          namesakes: kin.namesakes
        )
      },
      u: state.u
    )
    next.u = corrected(next)
    return next
  }

  /// True pairs that would have other birth dates too often, made to have them less.
  private func dated(_ m: LevelShares) -> LevelShares {
    var m = m
    for number in columns.indices
    where personal.contains(columns[number].name) && !columns[number].parts.isEmpty {
      let last = m.columns[number].count - 1
      let other = min(m.columns[number][last], Self.mostOtherYears)
      let scale = (1 - other) / (1 - m.columns[number][last])
      for level in 0..<last { m.columns[number][level] *= scale }
      m.columns[number][last] = other
    }
    return m
  }

  /// Relatives who are like strangers in what is personal, but for some twins and namesakes.
  private func bounded(
    _ q: LevelShares,
    _ u: LevelShares,
    _ namesakes: ClosedRange<Double>
  ) -> LevelShares {
    var q = q
    for number in columns.indices where personal.contains(columns[number].name) {
      let own = u.columns[number]
      let equal = ((q.columns[number][0] - own[0]) / (1 - own[0])).clamped(to: namesakes)
      var shares = own.map { (1 - equal) * $0 }
      shares[0] += equal
      // Brothers are near in age, and couples.
      for part in columns[number].partStates {
        let near = min(max(q.columns[number][part], shares[part]), Self.mostNear)
        shares[shares.count - 1] -= near - shares[part]
        shares[part] = near
      }
      q.columns[number] = shares
    }
    return q
  }

  /// Takes what is no pair of strangers out of what was counted over all pairs.
  private func corrected(_ state: State) -> LevelShares {
    LevelShares(
      columns: columns.indices.map { comparison in
        let least = 0.5 / max(1, coincidence.pairCounts[comparison])
        let rest = coincidence.shares[comparison].indices.map { level in
          let known = state.relatives.reduce(
            state.trueShare * state.m.columns[comparison][level]
          ) { $0 + $1.share * $1.shares.columns[comparison][level] }
          return max(least, coincidence.shares[comparison][level] - known)
        }
        let total = rest.reduce(0, +)
        return rest.map { $0 / total }
      }
    )
  }

  /// The most that any share has moved.
  private static func distance(_ one: State, _ other: State) -> Double {
    func most(_ one: LevelShares, _ other: LevelShares) -> Double {
      zip(one.columns.joined(), other.columns.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    return zip(one.relatives, other.relatives).reduce(
      max(most(one.m, other.m), abs(other.trueShare / one.trueShare - 1))
    ) { max($0, most($1.0.shares, $1.1.shares)) }
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
