import Tabular

/// How right persons are that are made of records, without a spine.
///
/// Every two records of one person are a pair. Truth is taken through: who is one with a second and a
/// third says that these are one too.
struct ClusterEvaluation {
  /// A record of any source.
  struct Record {
    let source: Int
    /// The person that the run made it part of.
    let person: Int32
  }

  /// A record's cluster and group, to be counted.
  private struct Row {
    let cluster: UInt64
    let group: Int32
    let source: Int32
  }

  /// Of which sources a pair is.
  enum Scope: Equatable {
    case all
    case within(Int)
    case between(Int, Int)
  }

  let counts: PairCounts
  /// True pairs of which a record was refused or skipped.
  let lostCount: Int
  let subgroups: [Evaluation.Subgroups]

  /// - Parameters:
  ///   - records: of all sources, one source after the other.
  ///   - firsts: by source, where its records begin.
  ///   - groups: columns, one group a record.
  ///   - truth: of the same sources.
  init(
    _ records: [Record],
    firsts: [Int],
    groups: [RecordGroups],
    _ truth: Truth.Content
  ) {
    let scope = Self.scope(of: truth)
    let (labels, lostCount) = Self.labels(truth, firsts, count: records.count)
    let columns = [nil] + groups.map { Optional($0) }
    var subgroups: [Evaluation.Subgroups] = []
    var all = PairCounts()
    for column in columns {
      func rows(_ cluster: (Int) -> UInt64?) -> [Row] {
        records.indices.compactMap { record in
          cluster(record).map {
            Row(
              cluster: $0,
              group: Int32(column?.groups[record] ?? 0),
              source: Int32(records[record].source)
            )
          }
        }
      }
      let count = (column?.names.count ?? 0) + 1
      func counted(_ rows: [Row]) -> [Int] {
        Self.pairs(rows, groupCount: count, sourceCount: firsts.count, scope)
      }
      let person = { (record: Int) in UInt64(UInt32(bitPattern: records[record].person)) }
      let truths = counted(rows { labels[$0] < 0 ? nil : UInt64(labels[$0]) })
      let founds = counted(rows { person($0) })
      let rights = counted(
        rows { labels[$0] < 0 ? nil : UInt64(labels[$0]) << 32 | person($0) }
      )
      let told = truths.indices.map {
        PairCounts(truth: truths[$0], found: founds[$0], right: rights[$0])
      }
      if let column {
        subgroups.append(
          .init(
            column: column.column,
            groups: Evaluation.pooled(column.names + ["unequal"], told)
          )
        )
      } else {
        all = told.reduce(into: PairCounts()) { $0 += $1 }
      }
    }
    all.truth += lostCount
    counts = all
    self.lostCount = lostCount
    self.subgroups = subgroups
  }

  private static func scope(of truth: Truth.Content) -> Scope {
    guard case .pairs(let pairs) = truth, let first = pairs.first else { return .all }
    return first.left.source == first.right.source
      ? .within(first.left.source) : .between(first.left.source, first.right.source)
  }

  /// The true cluster of each record, or -1; and how many pairs are lost.
  private static func labels(
    _ truth: Truth.Content,
    _ firsts: [Int],
    count: Int
  ) -> (labels: [Int], lostCount: Int) {
    var labels = [Int](repeating: -1, count: count)
    var lostCount = 0
    switch truth {
    case .clusters(let clusters):
      for (label, members) in clusters.enumerated() {
        for member in members {
          if let record = member.record { labels[firsts[member.source] + record] = label }
        }
        let whole = members.count { $0.record != nil }
        lostCount += members.count * (members.count - 1) / 2 - whole * (whole - 1) / 2
      }
    case .pairs(let pairs):
      var parents = Array(labels.indices)
      func root(_ record: Int) -> Int {
        var record = record
        while parents[record] != record {
          parents[record] = parents[parents[record]]
          record = parents[record]
        }
        return record
      }
      for (left, right) in pairs {
        guard let first = left.record, let second = right.record else {
          lostCount += 1
          continue
        }
        let roots = (root(firsts[left.source] + first), root(firsts[right.source] + second))
        parents[max(roots.0, roots.1)] = min(roots.0, roots.1)
      }
      labels = labels.indices.map { root($0) }
    }
    return (labels, lostCount)
  }

  /// The pairs within clusters by group; last those of records of unlike groups.
  private static func pairs(
    _ rows: [Row],
    groupCount: Int,
    sourceCount: Int,
    _ scope: Scope
  ) -> [Int] {
    let sorted = rows.sorted { ($0.cluster, $0.group) < ($1.cluster, $1.group) }
    var counts = [Int](repeating: 0, count: groupCount)
    var first = 0
    while first < sorted.count {
      var all = [Int](repeating: 0, count: sourceCount)
      var equalCount = 0
      var place = first
      while place < sorted.count, sorted[place].cluster == sorted[first].cluster {
        var own = [Int](repeating: 0, count: sourceCount)
        let group = sorted[place].group
        while place < sorted.count, sorted[place].cluster == sorted[first].cluster,
          sorted[place].group == group
        {
          own[Int(sorted[place].source)] += 1
          all[Int(sorted[place].source)] += 1
          place += 1
        }
        let pairs = pairs(own, scope)
        counts[min(Int(group), groupCount - 1)] += pairs
        equalCount += pairs
      }
      counts[groupCount - 1] += pairs(all, scope) - equalCount
      first = place
    }
    return counts
  }

  private static func pairs(_ counts: [Int], _ scope: Scope) -> Int {
    switch scope {
    case .all:
      let count = counts.reduce(0, +)
      return count * (count - 1) / 2
    case .within(let source): return counts[source] * (counts[source] - 1) / 2
    case .between(let left, let right): return counts[left] * counts[right]
    }
  }
}
