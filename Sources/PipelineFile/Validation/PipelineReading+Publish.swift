import Diagnostics

extension PipelineReading {
  mutating func publish(aggregate: CheckedValue?) -> PublishStage? {
    guard let stage = root["publish"], !stage.isFaulty else { return nil }
    let tables = aggregate?["tables"]
    var known = tables?.entries.map(\.name) ?? []
    if aggregate?["segments"] != nil, !known.contains(Segment.report) {
      known.append(Segment.report)
    }
    known += aggregate?["strata"]?.entries.map(\.name) ?? []
    let isCertain =
      aggregate.map { aggregate in
        ["tables", "segments", "strata"].allSatisfy {
          !aggregate.isUncertain($0) && aggregate[$0]?.suspects.isEmpty != false
        }
      } ?? false
    var names: [String] = []
    for element in stage["tables"]?.elements ?? [] {
      guard let name = element.text else { continue }
      if names.contains(name) {
        faults.report(at: element.span, "found the table '\(name)' twice", hint: "remove one")
      } else if known.contains(name) || !isCertain {
        names.append(name)
      } else {
        names.append(name)
        let near = nearestName(to: name, among: known)
        faults.report(
          at: element.span,
          "there is no table '\(name)'",
          hint: near.map { "did you mean '\($0)'?" }
            ?? "'aggregate' has \(known.formattedNames)"
        )
      }
    }
    if stage["tables"] != nil {
      for entry in tables?.entries ?? [] where !names.contains(entry.name) {
        faults.report(.warning, at: entry.keySpan, "table '\(entry.name)' is not published")
      }
    }
    guard let to = stage["to"], to.text != nil else { return nil }
    return PublishStage(
      to: path(to),
      tables: names,
      columns: stage["columns"]?.text.flatMap(PublishStage.Columns.init) ?? .full
    )
  }
}
