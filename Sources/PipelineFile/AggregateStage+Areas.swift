extension AggregateStage {
  /// The files of areas that it names, each as often as it is named.
  package var areaFiles: [AreaFile] {
    (areas.map { [$0] } ?? [])
      + tables.compactMap { table in
        if case .hotSpots(let search) = table.content { search.near } else { nil }
      }
  }

  /// The stage with its files of areas as `read` gives them.
  package func readingAreas<Fault: Error>(
    _ read: (AreaFile) throws(Fault) -> AreaFile
  ) throws(Fault) -> AggregateStage {
    var stage = self
    if let areas { stage.areas = try read(areas) }
    for table in tables.indices {
      guard case .hotSpots(var search) = tables[table].content, let near = search.near else {
        continue
      }
      search.near = try read(near)
      stage.tables[table].content = .hotSpots(search)
    }
    return stage
  }
}
