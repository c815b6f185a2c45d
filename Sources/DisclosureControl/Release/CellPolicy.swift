import PipelineFile
import Tabular

/// What a policy says of numbers of nearly all persons of a cell, of all of them, or of none.
struct CellPolicy: Sendable {
  private let group: Protection.GroupShare?
  private let hidesZeros: Bool

  init(_ policy: Protection) {
    group = policy.group
    hidesZeros = policy.hidesZeros
  }

  /// How many of a cell's persons may be told to be alike, where a number tells it of more.
  ///
  /// - Parameters:
  ///   - quantity: of a table.
  ///   - cell: of it.
  ///   - persons: all of the cell.
  /// - Returns: ⌊gN⌋; nil where the number may be told.
  func limit(of quantity: Quantity, _ cell: Int, among persons: Int64) -> Int64? {
    guard quantity.isSensitive, let limit = group?.limit(of: persons) else { return nil }
    return quantity.values[cell] > limit ? limit : nil
  }

  /// Whether a part is of all persons of its cell, and that must not be told.
  ///
  /// Then it is a number apart, though the same persons are behind it: those whom it leaves out are
  /// none, and nobody may know.
  func isApart(_ quantity: Quantity, _ cell: Int, among persons: Int64) -> Bool {
    guard quantity.kind == .part, quantity.values[cell] == persons, persons > 0 else {
      return false
    }
    return hidesZeros && quantity.tellsRest || group != nil && quantity.isSensitive
  }

  /// Whether nobody is behind a number, and that must not be told.
  func isUncertain(_ quantity: Quantity, _ cell: Int, isPiece: Bool) -> Bool {
    hidesZeros && quantity.tellsZero && !isPiece && quantity.contributors.indices.contains(cell)
      && quantity.contributors[cell] == 0
  }
}
