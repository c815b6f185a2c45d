import PipelineFile
import Tabular

/// Which side is left.
extension ProbabilisticLinker {
  /// Whether the source is left and the spine right.
  ///
  /// One-to-one means the same in both directions, so the links must not depend on which file is
  /// called the spine: the larger side is left, of equal ones that whose values sum to more. Where a
  /// client has several identities, or a resident several clients, the sides are not alike.
  static func isTurned(
    spine: Table,
    source: Table,
    clients: [Int32],
    _ comparisons: [Comparison],
    _ assignment: Assignment
  ) -> Bool {
    guard assignment == .oneToOne, clients.indices.allSatisfy({ clients[$0] == $0 }) else {
      return false
    }
    if spine.rowCount != source.rowCount { return source.rowCount > spine.rowCount }
    func sum(_ table: Table) -> UInt64 {
      comparisons.reduce(0) { sum, comparison in
        guard case .tokens(let tokens)? = table[comparison.column] else { return sum }
        return tokens.reduce(sum) { $0 &+ SplitMix64.hash($1.high ^ sum) }
      }
    }
    return sum(source) > sum(spine)
  }

  var left: ComparedSide { isTurned ? source : spine }
  var right: ComparedSide { isTurned ? spine : source }

  /// A resident and an identity as the records that are compared.
  func pair(resident: Int32, identity: Int32) -> (left: Int, right: Int) {
    isTurned ? (Int(identity), Int(resident)) : (Int(resident), Int(identity))
  }
}
