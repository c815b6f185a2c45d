/// What a row is to the others of its source.
package enum RowRole: UInt8, Sendable {
  /// A row of its own; where it tells of a person, others may be completed from it.
  case ordinary
  /// A row that tells little of its person: what it lacks is completed from the others.
  case event
  /// No row at all: it only completes others, and counts as skipped (`other-type`).
  case person
}

/// What a row does to earlier rows of its source that are about the same thing.
///
/// - Note: Both texts are clear: they are hashed with a key where tokens are made, and forgotten.
package struct RowCorrection: Sendable {
  /// What becomes of the rows of equal key that come before it in the order.
  package enum Action: UInt8, Sendable {
    /// It stands beside them.
    case add
    /// It stands in their place.
    case replace
    /// They are taken back, and so is itself.
    case remove
  }

  /// The row in its batch.
  package var row: Int
  package let action: Action
  /// The text cell of what the row is about; rows of equal text are about the same thing.
  package let key: Int64
  /// The text cell of when it holds: texts compare byte by byte, the later is greater.
  package let order: Int64

  package init(row: Int, action: Action, key: Int64, order: Int64) {
    self.row = row
    self.action = action
    self.key = key
    self.order = order
  }
}
