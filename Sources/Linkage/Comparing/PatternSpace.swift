/// Numbers the patterns of agreement: one state a comparison, in mixed radix.
struct PatternSpace: Sendable {
  /// Levels, `else` and `missing` of each comparison.
  let stateCounts: [Int]
  let strides: [Int]
  /// How many patterns there are.
  let count: Int

  init(_ columns: [ComparedColumn]) { self.init(stateCounts: columns.map(\.stateCount)) }

  init(stateCounts: [Int]) {
    var strides: [Int] = []
    var count = 1
    for states in stateCounts {
      strides.append(count)
      count *= states
    }
    self.stateCounts = stateCounts
    self.strides = strides
    self.count = count
  }

  /// The state of one comparison in a pattern.
  func state(of comparison: Int, in pattern: Int) -> Int {
    pattern / strides[comparison] % stateCounts[comparison]
  }
}
