import Diagnostics

extension PipelineReading {
  mutating func publish(aggregate: CheckedValue?) -> PublishStage? {
    guard let stage = root["publish"], !stage.isFaulty else { return nil }
    let tables = aggregate?["tables"]
    let known = tables?.entries.map(\.name) ?? []
    let isCertain = tables.map { !$0.isFaulty && $0.suspects.isEmpty } ?? false
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

  /// Notes what leaves pseudonymise and is looked at by nothing.
  mutating func tellUnused() {
    let unused = policies.filter { draft in
      guard let policy = draft.policy, !draft.isDropped else { return false }
      let names = [policy.token == nil ? nil : policy.column, policy.keptName].compactMap { $0 }
      return names.allSatisfy { !usedColumns.contains($0) }
    }
    guard let first = unused.first else { return }
    faults.report(
      .note,
      at: first.span,
      "\(unused.map(\.column).formattedNames) stay, but neither link nor aggregate uses them",
      hint: "what is not needed is best dropped"
    )
  }
}

extension Expression {
  /// Adds every column that it looks at, those of rows too.
  func collectColumns(into names: inout Set<String>) {
    switch self {
    case .integer, .decimal, .text, .date, .boolean: break
    case .column(let name): names.insert(name)
    case .accumulator(let accumulator):
      if let column = accumulator.column { names.insert(column) }
      accumulator.condition?.collectColumns(into: &names)
    case .negate(let operand), .not(let operand), .isMissing(let operand), .band(let operand, _),
      .membership(let operand, _):
      operand.collectColumns(into: &names)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .years(let left, let right):
      left.collectColumns(into: &names)
      right.collectColumns(into: &names)
    case .minimum(let values), .maximum(let values), .coalesce(let values):
      for value in values { value.collectColumns(into: &names) }
    }
  }
}
