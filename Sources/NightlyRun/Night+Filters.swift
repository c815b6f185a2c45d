import Diagnostics
import Files
import PipelineFile
import Pseudonymisation
import Tabular

/// Bloom filters live from staging until the link stage commits, and no longer.
extension Night {
  /// Removes the filters of sources that are linked or handed over, and says so in the log.
  func deleteFilters(
    of staged: [StagedSource],
    as outcome: String = "linked",
    _ log: NightLog
  ) throws {
    let names = staged.flatMap { $0.filterFiles?.names ?? [] }
    try deleteFilters(names, as: outcome, log)
  }

  /// Removes filters that no source of this pipeline has: what an earlier one left when it failed.
  func removeStrayFilters(_ plans: [SourcePlan], _ log: NightLog) throws {
    let known = Set(
      plans.flatMap {
        FilterFiles(folder: folder.staging, source: $0.source, columns: $0.filters).names
      }
    )
    let stray = try namesInFolder(folder.staging).filter {
      $0.hasSuffix(FilterFiles.suffix) && !known.contains($0)
    }
    try deleteFilters(stray, as: "stray", log)
    let records = Set(
      plans.filter { $0.recordForm != nil }.flatMap {
        RecordFilterFiles(folder: folder.staging, source: $0.source).names
      }
    )
    let others = try namesInFolder(folder.staging).filter { !records.contains($0) }
    try deleteRecords(in: others, as: "stray", log)
  }

  /// Removes all filters of a run that fails: the next one makes them anew.
  func deleteAllFilters(_ log: NightLog) throws {
    let names = try namesInFolder(folder.staging).filter { $0.hasSuffix(FilterFiles.suffix) }
    try deleteFilters(names, as: "failed", log)
    try deleteRecords(in: namesInFolder(folder.staging), as: "failed", log)
  }

  private func deleteFilters(_ names: [String], as outcome: String, _ log: NightLog) throws {
    var counts: [String: [String: Int]] = [:]
    for name in names {
      let path = "\(folder.staging)/\(name)"
      guard somethingStands(at: path) else { continue }
      let header = (try? StagedFilters(path: path))?.header
      try removeTree(path)
      let source = header?["source"]?.stringValue ?? "unknown"
      let column = header?["column"]?.stringValue ?? "unknown"
      counts[source, default: [:]][column, default: 0] += Int(
        header?["filters"]?.integerValue ?? 0
      )
    }
    guard !counts.isEmpty else { return }
    try synchroniseFolder(folder.staging)
    try log.filtersDeleted(outcome, counts)
  }
}
