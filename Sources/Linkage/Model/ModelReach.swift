import PipelineFile

/// How many true pairs some blocking rule makes, as the model has it.
///
/// What two rules find tells how much none finds, but only as a least number (Chao, 1987): rules that
/// ask for the same columns miss the same pairs. How often true pairs agree on these tells more.
enum ModelReach {
  /// - Parameters:
  ///   - rules: the columns of each rule; one that is not compared is taken to agree.
  ///   - columns: the comparisons.
  ///   - m: how often true pairs agree.
  /// - Returns: a share, in 0...1.
  static func share(_ rules: [[String]], _ columns: [ComparedColumn], _ m: LevelShares) -> Double {
    let space = PatternSpace(columns)
    let chances = zip(columns, m.columns).map { column, m in
      let present =
        Double(column.codes.leftPresent) / Double(max(1, column.codes.left.count))
        * Double(column.codes.rightPresent) / Double(max(1, column.codes.right.count))
      return m.map { $0 * present } + [1 - present]
    }
    // By rule: the comparisons that it asks for and, as bits, the states that satisfy it.
    let demands = rules.map { rule in
      rule.flatMap { name in
        columns.indices.compactMap { number -> (comparison: Int, states: UInt64)? in
          let levels = columns[number].levels
          if columns[number].name == name { return (number, Self.exact(levels)) }
          guard let part = levels.firstIndex(of: .part(column: name)) else { return nil }
          return (number, Self.exact(levels) | 1 << UInt64(part))
        }
      }
    }
    var reached = 0.0
    for pattern in 0..<space.count {
      let isMade = demands.contains { demand in
        demand.allSatisfy {
          $0.states >> UInt64(space.state(of: $0.comparison, in: pattern)) & 1 == 1
        }
      }
      guard isMade else { continue }
      reached += columns.indices.reduce(1.0) {
        $0 * chances[$1][space.state(of: $1, in: pattern)]
      }
    }
    return min(1, reached)
  }

  private static func exact(_ levels: [Comparison.Level]) -> UInt64 {
    levels.firstIndex(of: .exact).map { 1 << UInt64($0) } ?? 0
  }
}
