import Linkage
import Tabular

/// How right links are.
struct Evaluation {
  /// The threshold that would have done best.
  struct Best: Equatable {
    let f1: Double
    /// The least probability that links.
    let accept: Double
  }

  /// Of one kept column.
  struct Subgroups {
    let column: String
    /// Groups of fewer than ten pairs are put together as `others`.
    let groups: [(name: String, counts: PairCounts)]
  }

  /// What is linked to what.
  let title: String
  let counts: PairCounts
  /// True pairs of which a record was refused or skipped.
  let lostCount: Int
  /// What the run told of itself; nil where nothing was weighed.
  let expected: (precision: Double?, recall: Double?)
  let best: Best?
  let subgroups: [Subgroups]

  private static let leastPairs = 10
}

/// Of one source to the spine.
extension Evaluation {
  /// - Parameters:
  ///   - linked: the source and its links.
  ///   - records: of the source.
  ///   - spine: the residents.
  ///   - groups: that the records of the spine fall into.
  ///   - truth: the pairs of both.
  ///   - title: of the evaluation.
  init(
    _ linked: LinkedSources.Linked,
    _ records: TracedRecords,
    _ spine: SpineRecords,
    _ groups: [RecordGroups],
    _ truth: SpinePairs,
    title: String
  ) {
    var counts = PairCounts(truth: truth.count)
    var (foundBySpine, rightBySpine) = (
      [Int](repeating: 0, count: spine.recordOfResident.count),
      [Int](repeating: 0, count: spine.recordOfResident.count)
    )
    for (record, identity) in records.identities.enumerated() {
      let person = Int(linked.links.persons[Int(identity)])
      guard person >= 0 else { continue }
      let resident = spine.recordOfResident[person]
      counts.found += 1
      foundBySpine[resident] += 1
      guard truth.contains(resident, record) else { continue }
      counts.right += 1
      rightBySpine[resident] += 1
    }
    self.title = title
    self.counts = counts
    lostCount = truth.lostCount
    let weighed = linked.report?.weighed
    expected = (weighed?.quality?.precision.value, weighed?.quality?.recall.value)
    best = Self.best(linked.links, records, spine, truth)
    subgroups = groups.map { column in
      var groups = column.names.map { _ in PairCounts() }
      for resident in foundBySpine.indices {
        groups[column.groups[resident]] += PairCounts(
          truth: truth.countBySpineRecord[resident],
          found: foundBySpine[resident],
          right: rightBySpine[resident]
        )
      }
      return Subgroups(column: column.column, groups: Self.pooled(column.names, groups))
    }
  }

  /// Puts groups of few pairs together.
  static func pooled(
    _ names: [String],
    _ groups: [PairCounts]
  ) -> [(name: String, counts: PairCounts)] {
    var others = PairCounts()
    var told: [(name: String, counts: PairCounts)] = []
    for (name, counts) in zip(names, groups) {
      if max(counts.truth, counts.found) < leastPairs {
        others += counts
      } else {
        told.append((name, counts))
      }
    }
    if others != PairCounts() { told.append(("others", others)) }
    return told
  }

  /// Where the threshold should have been, of the candidates that no other rule than it decides on.
  private static func best(
    _ links: Links,
    _ records: TracedRecords,
    _ spine: SpineRecords,
    _ truth: SpinePairs
  ) -> Best? {
    guard let weighed = links.weighed else { return nil }
    var counts = PairCounts(truth: truth.count)
    var candidates: [(probability: Float, isRight: Bool)] = []
    for (record, identity) in records.identities.enumerated() {
      let identity = Int(identity)
      let isWeighed = links.passes[identity] < 0
      let candidate = Int(isWeighed ? weighed.candidates[identity] : links.persons[identity])
      guard candidate >= 0 else { continue }
      let isRight = truth.contains(spine.recordOfResident[candidate], record)
      guard isWeighed else {
        counts.found += 1
        if isRight { counts.right += 1 }
        continue
      }
      switch links.reasons[identity] {
      case nil, .uncertain, .belowReview:
        candidates.append((weighed.probabilities[identity], isRight))
      default: continue
      }
    }
    candidates.sort { $0.probability > $1.probability }
    var best: Best?
    for place in candidates.indices {
      counts.found += 1
      if candidates[place].isRight { counts.right += 1 }
      let probability = candidates[place].probability
      // Equals stand or fall together.
      if place + 1 < candidates.count, candidates[place + 1].probability == probability { continue }
      guard let f1 = counts.f1, f1 > best?.f1 ?? -1 else { continue }
      best = Best(f1: f1, accept: Double(probability))
    }
    return best
  }
}
