import Diagnostics
import Files
package import PipelineFile
import Pseudonymisation
import Tabular

/// What a run would do, and why: a line a step, for `koppel plan`.
///
/// Opens no extract and no key: whether a staged table is current is told from its header, the names
/// and the sizes of the files.
///
/// - Parameters:
///   - pipeline: as loaded.
///   - workFolder: nil for the standard one.
/// - Returns: rows of cells: step, what is done, why.
/// - Throws: `FilesError`, `StandardisationError`, `CryptographyError`.
package func planRows(_ pipeline: Pipeline, workFolder: String?) throws -> [[String]] {
  let folder = WorkFolder(workFolder, of: pipeline)
  let standardisation = try Standardisation()
  var rows: [[String]] = []
  for source in pipeline.sources {
    let (files, stalePeriod) = try Inbox.lying(in: source, pipeline.period?.label ?? "")
    let ownCount = files.count { $0.otherPeriod == nil }
    let others = files.compactMap(\.otherPeriod).reduce(into: [String]()) { periods, period in
      if periods.last != period { periods.append(period) }
    }
    let definition = try StageDigest.definition(
      of: source,
      in: pipeline,
      standardisation: standardisation.identifier
    )
    let filters = FilterFiles(
      folder: folder.staging,
      source: source.name,
      columns: SourcePlan(source: source, in: pipeline).filters
    )
    let reason = try stagingReason(
      path: "\(folder.staging)/\(source.name).staged",
      definition: definition,
      files: files.map { ($0.path, $0.pattern) },
      filters
    )
    rows.append([
      source.name, reason == nil ? "take what is staged" : "read and pseudonymise",
      "\(counted(ownCount, "file"))\(stalePeriod.map { " of \($0), stale" } ?? "")"
        + (others.isEmpty
          ? ""
          : ", \(grouped(files.count - ownCount)) more of \(periodsInWords(others))") + "; "
        + (reason ?? "definition, names and sizes are the same"),
    ])
  }
  if let form = pipeline.pseudonymise.clk {
    rows.append([
      "partner", escapedForTerminal(form.to),
      "filters of the records of \(form.source), \(form.encoding), a quarter made up",
    ])
  }
  if let folder = pipeline.pseudonymise.handOver {
    rows.append([
      "hand over", escapedForTerminal(folder),
      "tokens of the first level, scope '\(pipeline.pseudonymise.sourceRelease)'",
    ])
    return rows
  }
  let others = pipeline.sources.map(\.name).filter { $0 != pipeline.link.spine }
  rows.append([
    "link",
    pipeline.link.spine.map { "\(others.joined(separator: ", ")) to \($0)" }
      ?? "the records of \(others.joined(separator: ", ")) that fit together are persons",
    linkSteps(pipeline.link).joined(separator: ", then "),
  ])
  if let weighed = pipeline.link.probabilistic {
    rows.append(try WeighingCost(weighed, in: folder).row)
  }
  if pipeline.endsWithLinks { return rows }
  for table in pipeline.aggregate.tables where pipeline.publish.tables.contains(table.name) {
    rows.append(tableStep(table))
  }
  let protection = pipeline.aggregate.protect
  let method =
    switch protection.method {
    case .hide: "hide"
    case .suppress: "suppress"
    case .round(let base): "hide, then round to \(base)"
    case .cellKey(let noise): "move by at most \(noise.atMost), then hide"
    }
  rows.append(["protect", method, "cells of fewer than \(protection.minimum) persons"])
  for step in protection.recode {
    rows.append(["recode", step.text, "where that leaves a number that can be worked out"])
  }
  rows.append(["publish", escapedForTerminal(pipeline.publish.to), "all tables together"])
  return rows
}

/// What is counted for a table, or put together.
private func tableStep(_ table: TableDefinition) -> [String] {
  switch table.content {
  case .progress(let progress):
    [
      table.name, "count \(counted(progress.periods.count, "period"))",
      "'\(progress.rate.name)' since \(progress.periods[progress.changed].label)",
    ]
  case .benchmark(let benchmark):
    [
      table.name, "compare regions",
      "'\(benchmark.table).\(benchmark.rate.name)' with \(counted(benchmark.from.count, "other"))",
    ]
  case .savings(let savings):
    [
      table.name, "count \(counted(savings.baseline.count + 1, "period"))",
      "what \(savings.costs.map(\.name).joined(separator: ", ")) saved since "
        + (savings.baseline.last?.label ?? ""),
    ]
  default:
    [
      table.name,
      "count \(table.rows.isEmpty ? "persons" : table.rows.joined(separator: ", ") + " rows")",
      "by \(table.by.joined(separator: ", ")): "
        + table.measures.map(\.name).joined(separator: ", "),
    ]
  }
}

/// What is linked by, in order.
private func linkSteps(_ stage: LinkStage) -> [String] {
  stage.exact.map { $0.on.joined(separator: "+") }
    + (stage.probabilistic.map { model in
      ["weighed by \(model.comparisons.map(\.column).joined(separator: ", "))"]
    } ?? [])
}

/// Why a source must be read; nil when its staged table will do.
private func stagingReason(
  path: String,
  definition: String,
  files: [(path: String, pattern: String)],
  _ filters: FilterFiles
) throws -> String? {
  guard !files.isEmpty else { return "no file is there: the run will refuse" }
  guard somethingStands(at: path) else { return "it is not staged yet" }
  guard let staged = try? StagedTable(path: path),
    let account = staged.header["account"].flatMap(SourceAccount.init)
  else { return "what is staged cannot be used" }
  guard staged.header["definition"]?.stringValue == definition else {
    return "its definition changed"
  }
  guard
    account.deliveries.map({ KeptNames.withoutDigest($0.stored) })
      == files.map({ KeptNames.shaped($0.path, pattern: $0.pattern) })
  else {
    return "other files are there"
  }
  for (delivery, file) in zip(account.deliveries, files)
  where try OpenFile(reading: file.path).size() != delivery.byteCount {
    return "\(escapedForTerminal(maskedName(lastPart(of: file.path)))) changed"
  }
  for column in filters.columns where !somethingStands(at: filters.path(of: column)) {
    return "the Bloom filters of '\(column.name)' were deleted when they had been used"
  }
  return nil
}

/// `1 file`, `2 files`.
package func counted(_ number: Int, _ thing: String) -> String {
  "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")"
}
