extension AggregateStage {
  /// The stage with only those of its tables; what nobody publishes need not be computed.
  package func keeping(_ names: [String]) -> AggregateStage {
    var stage = self
    stage.tables = tables.filter { names.contains($0.name) }
    return stage
  }

  /// The stage without tables that are put together of others.
  package var countingOnce: AggregateStage {
    var stage = self
    stage.tables = tables.filter { table in
      switch table.content {
      case .progress, .benchmark: false
      default: true
      }
    }
    return stage
  }
}
