import Tabular

/// A column as far as it could be read.
struct ColumnDraft {
  let name: String
  /// Nil when a mistake hides it.
  let type: ColumnType?
  let privacyClass: PrivacyClass?
  /// The only texts it can be, when these are known.
  let domain: [String]?
  /// Nil when something about it is wrong.
  let column: SourceColumn?
}

/// A source as far as it could be read.
struct SourceDraft {
  let name: String
  let nameSpan: SourceSpan
  let columns: [ColumnDraft]
  /// False when a mistake hides which columns there are.
  let columnsAreComplete: Bool
  /// Nil when something about it is wrong.
  let source: Source?

  func column(_ name: String) -> ColumnDraft? { columns.first { $0.name == name } }
}
