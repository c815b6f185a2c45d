extension CellTable {
  /// The same table, of which more is told.
  ///
  /// - Parameters:
  ///   - sensitive: names of figures that say something about health or support.
  ///   - together: names of figures that look at what the dimensions look at.
  /// - Returns: the table with those figures marked.
  package func marking(sensitive: Set<String>, together: Set<String> = []) -> CellTable {
    var table = self
    for place in figures.indices {
      let name = figures[place].name
      if sensitive.contains(name) { table.figures[place].isSensitive = true }
      if together.contains(name) { table.figures[place].hasKnownZeros = true }
    }
    return table
  }
}
