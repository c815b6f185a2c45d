extension AggregateStage {
  /// The paths of all files that its tables are made of beside the deliveries: areas, risks, who
  /// invested and who pays, and what other regions published.
  package var filesBeside: [String] {
    var paths = areaFiles.map(\.path) + riskFiles.map(\.path) + standards.map(\.path)
    for table in tables {
      switch table.content {
      case .savings(let savings):
        paths += [savings.invested?.path, savings.payers?.path].compactMap(\.self)
      case .benchmark(let benchmark):
        paths += benchmark.from.flatMap { ["\($0)/manifest.json", "\($0)/\(benchmark.table).csv"] }
      default: continue
      }
    }
    return paths
  }

  /// The files of risks by score that it names.
  package var riskFiles: [RiskFile] {
    strata.compactMap { strata in
      if case .file(let file)? = strata.expected { file } else { nil }
    }
  }
}
