import Tabular

extension PipelineReading {
  /// What the stages after pseudonymise see of a source.
  func scope(of source: SourceDraft, owner: String) -> ColumnScope {
    var scope = ColumnScope(owner: owner)
    for column in source.columns {
      if doubtfulColumns.contains(column.name) || !policiesAreComplete && !isNamed(column.name) {
        scope[column.name] = .uncertain
        continue
      }
      guard let draft = policies.first(where: { $0.column == column.name }) else {
        scope[column.name] = .dropped
        continue
      }
      guard let policy = draft.policy else {
        scope[column.name] = .uncertain
        // What would stay of it is as uncertain.
        scope[column.name + "_year"] = .uncertain
        scope[column.name + "_pc4"] = .uncertain
        continue
      }
      add(policy, of: column, to: &scope)
    }
    scope.isComplete = source.columnsAreComplete && policiesAreComplete
    return scope
  }

  func draft(_ name: String) -> SourceDraft? { sources.first { $0.name == name } }

  private func isNamed(_ column: String) -> Bool { policies.contains { $0.column == column } }

  private func add(_ policy: ColumnPolicy, of column: ColumnDraft, to scope: inout ColumnScope) {
    let name = column.name
    let kept = policy.keep == .value ? nil : policy.keptName
    if policy.token != nil {
      scope[name] = .token(kept: kept)
    } else if let kept {
      scope[name] = .generalised(kept)
    } else if policy.keep == .value {
      if let type = column.type {
        scope[name] = type.stagedKind.map { .value($0, domain: column.domain) } ?? .uncertain
      } else {
        scope[name] = .uncertain
      }
    } else {
      scope[name] = policy.bloom == nil ? .dropped : .filter
    }
    if let kept { scope[kept] = .value(.integer, domain: nil) }
  }
}
