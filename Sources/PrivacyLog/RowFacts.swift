import Tabular

/// What became of the rows of a source in one run: read = accepted + rejected + skipped.
struct RowFacts: Hashable {
  var accepted = 0
  var unlinked = 0
  var rejected = BoundedCounts()
  var skipped = BoundedCounts()

  init() {}

  /// What a line says of a source; counts that are none are taken for 0.
  init(_ value: JSONValue) {
    accepted = value.count("accepted")
    for (reason, count) in value["rejected"]?.objectValue ?? [:] {
      rejected.add(reason, count.count)
    }
    for (reason, count) in value["skipped"]?.objectValue ?? [:] { skipped.add(reason, count.count) }
  }

  mutating func add(_ other: RowFacts) {
    accepted = accepted.plus(other.accepted)
    unlinked = unlinked.plus(other.unlinked)
    rejected.add(other.rejected)
    skipped.add(other.skipped)
  }

  /// Each count that follows from no other; `read` is their sum.
  var parts: [Int] {
    [accepted] + rejected.counts.values + skipped.counts.values + [rejected.others, skipped.others]
  }

  var rejectedParts: [Int] { rejected.counts.values + [rejected.others] }
  var skippedParts: [Int] { skipped.counts.values + [skipped.others] }
}

extension JSONValue {
  /// A count; 0 for whatever is none.
  var count: Int { max(0, integerValue.flatMap { Int(exactly: $0) } ?? 0) }

  func count(_ name: String) -> Int { self[name]?.count ?? 0 }

  func text(_ name: String) -> String { BoundedCounts.shortened(self[name]?.stringValue ?? "") }

  var isTrue: Bool { self == .boolean(true) }
}
