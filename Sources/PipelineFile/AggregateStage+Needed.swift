extension AggregateStage {
  /// The stage with one stratification, and of the columns those alone that it needs.
  package func needed(for one: Stratification) -> AggregateStage {
    var stage = self
    stage.tables = []
    stage.strata = [one]
    var names = Set((one.conditions + one.foretold).flatMap(\.columnNames))
    names.formUnion(covers.values.flatMap(\.expression.columnNames))
    if !one.isWithinSegments, !names.contains(Segment.column) {
      stage.segments = []
    }
    names.formUnion(stage.segments.compactMap(\.rule?.expression).flatMap(\.columnNames))
    // Each column is made of earlier ones alone: one walk from the last finds them all.
    stage.persons = persons.reversed().filter { column in
      guard names.contains(column.name) else { return false }
      names.formUnion(column.expression.expression.columnNames)
      return true
    }.reversed()
    return stage
  }

  /// The stage without person columns, segments and strata that these columns do not need.
  func keepingColumns(_ names: Set<String>) -> AggregateStage {
    var stage = self
    var names = names.union(covers.values.flatMap(\.expression.columnNames))
    stage.strata = strata.filter { names.contains($0.name) }
    for strata in stage.strata {
      names.formUnion(
        strata.conditions.flatMap(\.columnNames) + strata.outcome.expression.columnNames
      )
      names.formUnion(strata.cost?.expression.columnNames ?? [])
      if strata.isWithinSegments { names.insert(Segment.column) }
    }
    if names.contains(Segment.column) {
      for segment in segments { names.formUnion(segment.rule?.expression.columnNames ?? []) }
    } else {
      stage.segments = []
    }
    stage.persons = persons.reversed().filter { column in
      guard names.contains(column.name) else { return false }
      names.formUnion(column.expression.expression.columnNames)
      return true
    }.reversed()
    return stage
  }
}

extension Stratification {
  /// What is looked at when the time of the outcome is over.
  var foretold: [Expression] {
    [outcome.expression] + (cost.map { [$0.expression] } ?? [])
  }
}
