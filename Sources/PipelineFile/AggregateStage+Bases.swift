/// What the columns and figures of tables are made of: which of them hang together by what they look at.
extension AggregateStage {
  /// Dimensions of a table that look at the same columns, as two bands of one age.
  ///
  /// Some combinations of their labels cannot be, and everyone knows it. Levels of areas are among
  /// them.
  ///
  /// - Parameter table: one of the stage.
  /// - Returns: names, as the table shows them and in its order; groups of two and more.
  package func dimensionsTogether(in table: TableDefinition) -> [[String]] {
    var groups: [(names: [String], bases: Set<String>)] = []
    for name in table.by {
      var (names, bases) = ([name], bases(of: name))
      for group in groups where !group.bases.isDisjoint(with: bases) {
        names = group.names + names
        bases.formUnion(group.bases)
      }
      groups.removeAll { !$0.bases.isDisjoint(with: bases) }
      groups.append((names, bases))
    }
    return groups.map { group in table.by.filter(group.names.contains) }.filter { $0.count > 1 }
      .map(printed)
  }

  /// The figures of a table that look at what its dimensions look at: where nobody is counted, that may
  /// be because nobody can be.
  ///
  /// - Parameter table: one of the stage.
  /// - Returns: names, as the figures have them.
  package func figuresTogether(in table: TableDefinition) -> Set<String> {
    let bases = table.by.reduce(into: Set<String>()) { $0.formUnion(self.bases(of: $1)) }
    let found = table.measures.filter { measure in
      measure.kind.expression.map { !self.bases(of: $0.expression).isDisjoint(with: bases) }
        ?? false
    }
    return Set(found.map(\.name))
  }

  /// The kept columns and the sources that a column of persons is made of.
  private func bases(of column: String) -> Set<String> {
    if AreaLevel(rawValue: column) != nil || column == "region" { return ["areas"] }
    if let derived = persons.first(where: { $0.name == column }) {
      return bases(of: derived.expression.expression)
    }
    if column == Segment.column, !segments.isEmpty {
      return segments.reduce(into: []) { found, segment in
        if let rule = segment.rule { found.formUnion(bases(of: rule.expression)) }
      }
    }
    if let strata = strata.first(where: { $0.name == column }) {
      return strata.conditions.reduce(into: []) { $0.formUnion(bases(of: $1)) }
    }
    return [column]
  }

  /// Derived columns use those before them, so that this ends.
  private func bases(of expression: Expression) -> Set<String> {
    expression.columnNames.reduce(into: Set(expression.accumulators.map { "rows of \($0.source)" }))
    {
      $0.formUnion(bases(of: $1))
    }
  }
}
