extension AggregateStage {
  /// The stage with only those of its tables; what nobody publishes need not be computed.
  package func keeping(_ names: [String]) -> AggregateStage {
    var stage = self
    stage.tables = tables.filter { names.contains($0.name) }
    return stage
  }
}
