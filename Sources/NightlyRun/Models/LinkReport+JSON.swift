import Linkage
import PipelineFile
import Tabular

/// What linking a source came to, for the manifest of the run; it stays in the work folder.
extension LinkReport {
  /// By pass of a stage what it did, and what weighing came to.
  func json(_ stage: LinkStage) -> JSONValue {
    var members: [String: JSONValue] = [
      "passes": .array(zip(stage.exact, passes).map { $1.json(on: $0.on) })
    ]
    members["weighed"] = weighed?.json
    return .object(members)
  }
}

extension LinkReport.Pass {
  fileprivate func json(on columns: [String]) -> JSONValue {
    var members: [String: JSONValue] = [
      "on": .array(columns.map { .string($0) }), "linked": .integer(Int64(linked.identities)),
      "vetoes": .integer(Int64(vetoes)), "bsn_conflicts": .integer(Int64(bsnConflicts)),
      "ambiguous_keys": .integer(Int64(ambiguousKeys)), "taken": .integer(Int64(taken)),
      "skipped": .boolean(skipped),
    ]
    members["false_share"] = falseShare.map { .string(fixed($0, places: 4)) }
    return .object(members)
  }
}
