extension PipelineReading {
  /// What is done when the files of a source are not what it declares.
  func drift(of value: CheckedValue) -> DriftPolicy {
    var policy = DriftPolicy()
    policy.namesAllColumns = value["contract"] != nil || value["drift"]?["new"] != nil
    guard let drift = value["drift"] else { return policy }
    func action(_ name: String, _ standard: DriftPolicy.Action) -> DriftPolicy.Action {
      drift[name]?.text.flatMap(DriftPolicy.Action.init) ?? standard
    }
    policy.new = action("new", policy.new)
    policy.missing = action("missing", policy.missing)
    policy.renamed = action("renamed", policy.renamed)
    policy.retyped = action("retyped", policy.retyped)
    policy.unknownCode = action("unknown-code", policy.unknownCode)
    return policy
  }
}
