extension AggregateStage {
  /// The stage with only those of its tables; what nobody publishes need not be computed.
  package func keeping(_ names: [String]) -> AggregateStage {
    var stage = self
    stage.tables = tables.filter { names.contains($0.name) }
    return stage
  }

  /// The names of tables, with those that they are put together of.
  package func putTogether(for names: [String]) -> [String] {
    let asked = tables.filter { names.contains($0.name) }
    return asked.reduce(into: names) { names, table in
      switch table.content {
      case .benchmark(let benchmark): names.append(benchmark.table)
      case .savings(let savings): names += savings.quality.map(\.name)
      default: return
      }
    }
  }

  /// The stage without tables that are put together of others.
  package var countingOnce: AggregateStage {
    var stage = self
    stage.tables = tables.filter { table in
      switch table.content {
      case .progress, .benchmark, .savings: false
      default: true
      }
    }
    return stage
  }
}
