import PipelineFile

/// Which blocking rules make a pair, as far as its pattern tells.
///
/// A rule holds where its columns are equal. Of a column that is compared, the state tells it: `exact`
/// comes first, and equal values have equal parts.
struct RulesByPattern: Sendable {
  /// By pattern: the rules that hold, as bits.
  private let held: [UInt64]
  /// Rules that no pattern tells of; the records are asked.
  private let untold: [Int]

  init(_ pairs: BlockedPairs, _ columns: [ComparedColumn]) {
    let space = PatternSpace(columns)
    var held = [UInt64](repeating: 0, count: space.count)
    var untold: [Int] = []
    for (number, rule) in pairs.rules.enumerated() {
      let demands = rule.columns.map { Self.demand(of: $0, columns) }
      guard number < UInt64.bitWidth, demands.allSatisfy({ $0 != nil }) else {
        untold.append(number)
        continue
      }
      for pattern in held.indices
      where demands.allSatisfy({ demand in
        demand.map { space.state(of: $0.comparison, in: pattern) <= $0.lastState } ?? false
      }) {
        held[pattern] |= 1 << UInt64(number)
      }
    }
    self.held = held
    self.untold = untold
  }

  /// Whether no earlier rule makes the pair too.
  func isFirst(
    _ rule: Int,
    in pattern: Int,
    _ pairs: BlockedPairs,
    _ left: Int,
    _ right: Int
  ) -> Bool {
    if held[pattern] & (1 << UInt64(rule) &- 1) != 0 { return false }
    for other in untold {
      if other >= rule { break }
      if pairs.rules[other].holds(left, right) { return false }
    }
    return true
  }

  /// The comparison whose states up to `lastState` mean that a column is equal, and no other does.
  private static func demand(
    of name: String,
    _ columns: [ComparedColumn]
  ) -> (comparison: Int, lastState: Int)? {
    for (number, column) in columns.enumerated() where column.levels.first == .exact {
      if column.name == name { return (number, 0) }
      if column.levels.dropFirst().first == .part(column: name), column.hasPart(0) {
        return (number, 1)
      }
    }
    return nil
  }
}

extension ComparedColumn {
  /// Whether equal values have an equal part everywhere, and who has a value has the part.
  fileprivate func hasPart(_ part: Int) -> Bool {
    let byCode = partsByCode[part]
    func holds(_ codes: [Int32], _ parts: [Int32]) -> Bool {
      codes.indices.allSatisfy {
        codes[$0] < 0 ? parts[$0] < 0 : parts[$0] >= 0 && byCode[Int(codes[$0])] == parts[$0]
      }
    }
    return holds(codes.left, parts[part].left) && holds(codes.right, parts[part].right)
  }
}
