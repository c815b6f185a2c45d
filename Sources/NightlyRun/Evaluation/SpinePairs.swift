/// The true pairs of residents and records of one source.
struct SpinePairs {
  private enum Kind {
    /// spine record · 2³² + record.
    case pairs(Set<UInt64>)
    /// The cluster of each record, or -1.
    case clusters(spine: [Int32], source: [Int32])
  }

  private var kind = Kind.pairs([])
  /// By spine record, pairs of it, lost ones too.
  private(set) var countBySpineRecord: [Int]
  private(set) var count = 0
  /// Pairs of which a record was refused or skipped.
  private(set) var lostCount = 0

  /// - Parameters:
  ///   - truth: of all sources.
  ///   - spine: which source the residents are, and how many accepted records it has.
  ///   - source: which source is linked to them, and how many it has.
  init(
    _ truth: Truth.Content,
    spine: (number: Int, count: Int),
    source: (number: Int, count: Int)
  ) {
    countBySpineRecord = Array(repeating: 0, count: spine.count)
    switch truth {
    case .pairs(let all):
      var pairs: Set<UInt64> = []
      for (left, right) in all where left.source == spine.number && right.source == source.number {
        guard let resident = left.record, let record = right.record else {
          if let resident = left.record { countBySpineRecord[resident] += 1 }
          lostCount += 1
          count += 1
          continue
        }
        guard pairs.insert(UInt64(resident) << 32 | UInt64(record)).inserted else { continue }
        countBySpineRecord[resident] += 1
        count += 1
      }
      kind = .pairs(pairs)
    case .clusters(let clusters):
      var labels = [Int32](repeating: -1, count: source.count)
      var spineLabels = [Int32](repeating: -1, count: spine.count)
      for (label, members) in clusters.enumerated() {
        let records = members.filter { $0.source == source.number }
        let residents = members.filter { $0.source == spine.number }
        for record in records.compactMap(\.record) { labels[record] = Int32(label) }
        for resident in residents.compactMap(\.record) {
          spineLabels[resident] = Int32(label)
          countBySpineRecord[resident] += records.count
        }
        let whole = records.count { $0.record != nil } * residents.count { $0.record != nil }
        count += records.count * residents.count
        lostCount += records.count * residents.count - whole
      }
      kind = .clusters(spine: spineLabels, source: labels)
    }
  }

  /// Whether a resident and a record are one person.
  func contains(_ resident: Int, _ record: Int) -> Bool {
    switch kind {
    case .pairs(let pairs): return pairs.contains(UInt64(resident) << 32 | UInt64(record))
    case .clusters(let spine, let source):
      return source[record] >= 0 && spine[resident] == source[record]
    }
  }
}
