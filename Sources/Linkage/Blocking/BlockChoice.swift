import PipelineFile
import Tabular

/// Chooses blocking rules where the pipeline names none.
///
/// A rule is a set of columns and kept parts, each of another comparison. Small sets come first, for
/// they miss fewest true pairs, and of equally many columns those that make most pairs: as long as a
/// rule, and all of them, make no more pairs a record than can be afforded. How many pairs a rule makes
/// is estimated from how often its columns agree each; what it makes is counted when it is used.
enum BlockChoice {
  /// Pairs a record that one rule may make.
  static let pairsPerRule = 60.0
  /// Pairs a record that all rules may make together.
  static let pairsTogether = 300.0
  /// Rules that are chosen at most.
  static let ruleLimit = 12
  private static let widest = 3

  /// A column or part that a rule may ask for.
  private struct Key {
    let name: String
    /// Number of its comparison.
    let comparison: Int
    /// Whether it is the whole column: who agrees on that agrees on each part.
    let isWhole: Bool
    /// The share of all pairs that agree on it, in 0...1.
    let share: Double
  }

  private struct Candidate {
    /// Numbers of keys, ascending.
    let keys: [Int]
    /// Estimated, a record.
    let pairs: Double
  }

  /// - Parameters:
  ///   - columns: the comparisons.
  ///   - isWithin: both sides are one.
  /// - Returns: the rules, in the order in which they are to be used.
  static func rules(for columns: [ComparedColumn], isWithin: Bool) -> [BlockingRule] {
    let keys = keys(of: columns, isWithin: isWithin)
    let fellowCount = Double(columns.first?.codes.left.count ?? 0)
    var chosen: [Candidate] = []
    var together = 0.0
    for width in 1...widest {
      let candidates = sets(of: width, keys)
        .map { Candidate(keys: $0, pairs: $0.reduce(fellowCount) { $0 * keys[$1].share }) }
        .filter { $0.pairs <= pairsPerRule }
        .sorted { ($1.pairs, $0.keys.description) < ($0.pairs, $1.keys.description) }
      for candidate in candidates {
        if chosen.count == ruleLimit { break }
        let isKnown = chosen.contains { implies(candidate.keys, $0.keys, keys) }
        if isKnown || together + candidate.pairs > pairsTogether { continue }
        chosen.append(candidate)
        together += candidate.pairs
      }
    }
    return chosen.map { BlockingRule(columns: $0.keys.map { keys[$0].name }) }
  }

  private static func keys(of columns: [ComparedColumn], isWithin: Bool) -> [Key] {
    columns.enumerated().flatMap { number, column in
      var parts = column.parts[...]
      let whole = Key(
        name: column.name,
        comparison: number,
        isWhole: true,
        share: share(column.codes, isWithin: isWithin)
      )
      return [whole]
        + column.levels.compactMap { level in
          guard case .part(let name) = level, let part = parts.popFirst() else { return nil }
          return Key(
            name: name,
            comparison: number,
            isWhole: false,
            share: share(part, isWithin: isWithin)
          )
        }
    }
  }

  /// The share of all pairs that agree, those without a value among them.
  private static func share(_ column: CodedColumn, isWithin: Bool) -> Double {
    let present =
      Double(column.leftPresent) / Double(max(1, column.left.count))
      * Double(column.rightPresent) / Double(max(1, column.right.count))
    return Coincidence.equalShare(column, isWithin: isWithin) * present
  }

  /// Every set of so many keys of different comparisons.
  private static func sets(of width: Int, _ keys: [Key]) -> [[Int]] {
    (1..<max(width, 1)).reduce(keys.indices.map { [$0] }) { sets, _ in
      sets.flatMap { set in
        keys.indices.filter { $0 > set[set.count - 1] }
          .filter { next in set.allSatisfy { keys[$0].comparison != keys[next].comparison } }
          .map { set + [$0] }
      }
    }
  }

  /// Whether who agrees on the one set agrees on the other.
  private static func implies(_ narrow: [Int], _ broad: [Int], _ keys: [Key]) -> Bool {
    broad.allSatisfy { other in
      narrow.contains {
        $0 == other || keys[$0].isWhole && keys[$0].comparison == keys[other].comparison
      }
    }
  }
}
