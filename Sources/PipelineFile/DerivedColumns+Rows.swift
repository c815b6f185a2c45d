extension [DerivedColumn] {
  /// The columns that need linked rows, by themselves or through others.
  package var needingRows: Set<String> {
    var names: Set<String> = []
    for column in self where column.expression.expression.needsRows(beside: names) {
      names.insert(column.name)
    }
    return names
  }
}

extension Expression {
  /// Whether it looks at linked rows, or at a column that does.
  package func needsRows(beside columns: Set<String>) -> Bool {
    !accumulators.isEmpty
      || columnNames.contains { name in
        columns.contains(name) || name.hasPrefix(EpisodeDefinition.columnPrefix)
      }
  }
}
