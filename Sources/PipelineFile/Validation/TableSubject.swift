/// What a table counts.
enum TableSubject {
  case persons
  /// Rows of these sources.
  case rows([SourceDraft])
  /// Episodes, cut by columns of their rows, which are of these sources.
  case episodes(EpisodeDefinition, [SourceDraft])
  /// Rows, but a mistake hides whose.
  case uncertainRows
}
