import PipelineFile
import Pseudonymisation
import Tabular

extension NightLog {
  /// What became of each column of a source, and why numbers in it may stay.
  func columns(of source: String, _ plan: SourcePlan) -> JSONValue {
    func names(_ columns: [String]) -> JSONValue { .array(columns.sorted().map { .string($0) }) }
    let kept = plan.identityColumns + plan.rowColumns
    let declared = pipeline.source(named: source)?.columns.map(\.name) ?? []
    var fates: [String: JSONValue] = [
      "token": names(plan.tokens.filter(\.isStaged).map(\.name)),
      "encoded": names(plan.filters.map(\.name) + plan.recordFeatures),
      "generalised": names(kept.filter { $0.keep != .value }.map(\.name)),
      "kept": names(kept.filter { $0.keep == .value }.map(\.name)),
      "dropped": names(declared.filter { !plan.isNamed($0) }),
    ]
    let reviewed = kept.filter(\.isReviewed).compactMap { column in
      pipeline.pseudonymise.policy(for: column.name)?.reviewed.map {
        (column.name, JSONValue.string($0))
      }
    }
    if !reviewed.isEmpty {
      fates["reviewed"] = .object(Dictionary(reviewed, uniquingKeysWith: { first, _ in first }))
    }
    return .object(fates)
  }
}
