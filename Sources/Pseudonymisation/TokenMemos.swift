import Cryptography
import PipelineFile
import Tabular

/// All values that a run has hashed, by label: a value is hashed once, whichever source brings it.
///
/// - Note: Clear identifiers pass through here.
package struct TokenMemos: Sendable {
  let scope: TokenScope
  let standardisation: Standardisation
  private let memos: [String: ValueMemo]

  /// Prepares a memo for each label of `plans`, and for what stays in memory.
  package init(plans: [SourcePlan], scope: TokenScope, standardisation: Standardisation) {
    self.scope = scope
    self.standardisation = standardisation
    var memos: [String: ValueMemo] = [:]
    for column in plans.flatMap(\.lookUps) where memos[Self.name(column)] == nil {
      memos[Self.name(column)] = ValueMemo(
        kind: Self.kind(column),
        standardisation: standardisation
      )
    }
    self.memos = memos
  }

  func memo(for column: SourcePlan.TokenColumn) -> ValueMemo {
    memos[Self.name(column)]
      ?? ValueMemo(kind: Self.kind(column), standardisation: standardisation)
  }

  /// Values are shared between columns that have the label and the type in common.
  private static func name(_ column: SourcePlan.TokenColumn) -> String {
    "\(column.label) \(column.type.rawValue)"
      + (column.isArrived ? " arrived" : "") + (column.isFilter ? " filter" : "")
      + (column.isSplit ? " split" : "")
  }

  private static func kind(_ column: SourcePlan.TokenColumn) -> ValueKind {
    if column.isArrived { return column.isFilter ? .filter : .token }
    return ValueKind(column.type, label: column.label, isSplit: column.isSplit)
  }
}
