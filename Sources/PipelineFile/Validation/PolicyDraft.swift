/// What becomes of a column, as far as it could be read.
struct PolicyDraft {
  let column: String
  let span: SourceSpan
  /// Nil when something about it is wrong.
  let policy: ColumnPolicy?
  /// It stays no longer than the reading.
  var isDropped: Bool { policy.map { !$0.leavesSomething } ?? false }
}
