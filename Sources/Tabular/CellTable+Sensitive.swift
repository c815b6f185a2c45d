extension CellTable {
  /// The same table, of which these figures say something about health or support.
  ///
  /// - Parameter names: of figures.
  /// - Returns: the table with those figures marked.
  package func marking(sensitive names: Set<String>) -> CellTable {
    var table = self
    for place in figures.indices where names.contains(figures[place].name) {
      table.figures[place].isSensitive = true
    }
    return table
  }
}
