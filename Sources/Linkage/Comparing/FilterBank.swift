import Tabular

/// Bloom filters one after the other, ready to be compared.
struct FilterBank: Sendable {
  /// `FieldFilters.wordCount` words a filter.
  private(set) var words: [UInt64] = []
  /// Bits set in each filter.
  private(set) var weights: [Int32] = []

  /// Adds the filters of a column.
  ///
  /// - Returns: by code, the number that its filter has here; -1 without one.
  mutating func add(_ filters: CodedFilters) -> [Int32] {
    let first = Int32(weights.count)
    words += filters.bank.words
    weights += filters.bank.weights
    return filters.numbers.map { $0 < 0 ? -1 : $0 + first }
  }

  mutating func append(_ filter: ArraySlice<UInt64>) {
    words.append(contentsOf: filter)
    weights.append(Int32(filter.reduce(0) { $0 + $1.nonzeroBitCount }))
  }

  /// How alike two values are (Dice, 1945), as a fraction.
  ///
  /// - Returns: 2|l∧r| and |l|+|r|; nil when one has no filter.
  func dice(_ left: Int32, _ right: Int32) -> (twiceShared: Int32, total: Int32)? {
    if left < 0 || right < 0 { return nil }
    let (one, other) = (Int(left), Int(right))
    let count = FieldFilters.wordCount
    let span = words.span
    let first = span.extracting(one * count..<(one + 1) * count)
    let second = span.extracting(other * count..<(other + 1) * count)
    var shared = 0
    for word in 0..<FieldFilters.wordCount {
      shared += (first[word] & second[word]).nonzeroBitCount
    }
    return (Int32(truncatingIfNeeded: 2 * shared), weights[one] + weights[other])
  }
}
