/// What a table counts.
enum TableSubject {
  case persons
  /// Rows of these sources.
  case rows([SourceDraft])
  /// Rows, but a mistake hides whose.
  case uncertainRows
}
