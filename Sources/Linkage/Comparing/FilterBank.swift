package import Tabular

/// The Bloom filters of one side of a column, with their bits counted.
package struct FilterBank: Sendable {
  /// `FieldFilters.wordCount` words a filter; not copied from the staged filters.
  private let words: [UInt64]
  /// Bits set in each filter.
  private let weights: [Int32]
  /// Bits set in the second half of each filter.
  private let tails: [Int32]
  /// Bits set in the filter that has fewest.
  private let leastWeight: Int32

  /// Words of the first half of a filter: a line of the cache.
  private static let headCount = FieldFilters.wordCount / 2

  /// Counts the bits of the filters of a column.
  package init(_ filters: FieldFilters) {
    words = filters.words
    var weights: [Int32] = []
    var tails: [Int32] = []
    weights.reserveCapacity(filters.count)
    tails.reserveCapacity(filters.count)
    for number in 0..<filters.count {
      let filter = filters.filter(number)
      let tail = filter.dropFirst(Self.headCount).reduce(0) { $0 + $1.nonzeroBitCount }
      let head = filter.prefix(Self.headCount).reduce(0) { $0 + $1.nonzeroBitCount }
      weights.append(Int32(truncatingIfNeeded: head + tail))
      tails.append(Int32(truncatingIfNeeded: tail))
    }
    self.weights = weights
    self.tails = tails
    leastWeight = weights.min() ?? 0
  }

  package var count: Int { weights.count }

  @inline(__always)
  func firstWord(_ number: Int) -> UInt64 { words[number * FieldFilters.wordCount] }

  /// How alike two values are (Dice, 1945), as a fraction; nothing when they are not alike enough.
  ///
  /// - Parameters:
  ///   - number: of a filter here.
  ///   - other: the filters of the other side.
  ///   - otherNumber: of a filter there.
  ///   - hundredths: of the Dice coefficient that matters.
  /// - Returns: 2|l∧r| and |l|+|r|, or nil below that coefficient.
  @inline(__always)
  func dice(
    _ number: Int,
    _ other: FilterBank,
    _ otherNumber: Int,
    atLeast hundredths: Int32
  ) -> (twiceShared: Int32, total: Int32)? {
    let count = FieldFilters.wordCount
    let first = words.span.extracting(number * count..<(number + 1) * count)
    let second = other.words.span.extracting(otherNumber * count..<(otherNumber + 1) * count)
    let total = weights[number] + other.weights[otherNumber]
    let least = hundredths * total
    var shared: Int32 = 0
    for word in 0..<Self.headCount {
      shared += Int32(truncatingIfNeeded: (first[word] & second[word]).nonzeroBitCount)
    }
    // Most pairs are out here: even if one's second half held all bits of the other's.
    if 200 * (shared + min(tails[number], other.tails[otherNumber])) < least { return nil }
    for word in Self.headCount..<FieldFilters.wordCount {
      shared += Int32(truncatingIfNeeded: (first[word] & second[word]).nonzeroBitCount)
    }
    return 200 * shared < least ? nil : (2 * shared, total)
  }

  /// Visits the filters of the other side that are at least so much like one of these.
  ///
  /// - Parameters:
  ///   - number: of a filter here.
  ///   - other: the filters of the other side.
  ///   - hundredths: of the Dice coefficient.
  ///   - visit: gets the number of the filter there, 2|l∧r| and |l|+|r|.
  package func forEachAlike(
    _ number: Int,
    in other: FilterBank,
    atLeast hundredths: Int32,
    _ visit: (_ number: Int, _ dice: (twiceShared: Int32, total: Int32)) -> Void
  ) {
    let count = FieldFilters.wordCount
    let own = words.span.extracting(number * count..<(number + 1) * count)
    // Fewer shared bits are too few for any filter, whatever its weight.
    let fewest = (hundredths * (weights[number] + other.leastWeight) + 199) / 200
    // One filter after the other without checks between: three times as fast.
    unsafe other.words.withUnsafeBufferPointer { filters in
      guard var filter = filters.baseAddress else { return }
      for otherNumber in 0..<other.count {
        var shared = 0
        for word in 0..<FieldFilters.wordCount {
          unsafe shared &+= (own[word] & filter[word]).nonzeroBitCount
        }
        unsafe filter += count
        if shared < fewest { continue }
        let twice = Int32(truncatingIfNeeded: 2 &* shared)
        let total = weights[number] + other.weights[otherNumber]
        if 100 * twice >= hundredths * total { visit(otherNumber, (twice, total)) }
      }
    }
  }
}
