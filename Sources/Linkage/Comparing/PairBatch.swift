/// Pairs that are compared together, and the patterns that come of it; filled again and again.
struct PairBatch {
  /// So many pairs are worth a round of comparing; their records fit the cache of a core.
  static let fullCount = 1024

  private(set) var lefts: [Int32] = []
  private(set) var rights: [Int32] = []
  /// One a pair, once they are compared.
  var patterns: [Int32] = []
  /// Bits of what was called to the cache; of no use, but what is kept must be read.
  var called: UInt64 = 0

  var count: Int { lefts.count }
  var isFull: Bool { lefts.count >= Self.fullCount }

  mutating func append(_ fellows: some Sequence<Int32>, ofRight record: Int) {
    lefts.append(contentsOf: fellows)
    rights.append(
      contentsOf: repeatElement(
        Int32(truncatingIfNeeded: record),
        count: lefts.count - rights.count
      )
    )
  }

  /// Appends a pair that was compared before.
  mutating func append(_ left: Int32, ofRight record: Int, pattern: UInt16) {
    lefts.append(left)
    rights.append(Int32(truncatingIfNeeded: record))
    patterns.append(Int32(pattern))
  }

  mutating func removeAll() {
    patterns.removeAll(keepingCapacity: true)
    lefts.removeAll(keepingCapacity: true)
    rights.removeAll(keepingCapacity: true)
  }
}
