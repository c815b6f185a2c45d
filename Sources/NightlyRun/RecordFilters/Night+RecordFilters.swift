import Diagnostics
import Files
import Glibc
import PipelineFile
import Pseudonymisation
import Tabular

/// Filters of records for a partner: they leave when the run commits, or not at all.
extension Night {
  /// What is about to leave, and where it lies.
  struct LeavingRecords {
    let form: RecordFilterForm
    let facts: RecordFacts
    let files: RecordFilterFiles
    let file: PendingFile
  }

  /// Removes what a killed run left where the filters are to stand.
  func cleanRecords() {
    if let form = pipeline.pseudonymise.clk { PendingFile.clean(form.to) }
  }

  /// Refuses filters that are fuller or emptier than they may be; under a demo key it warns.
  mutating func judgeRecords(
    _ staged: StagedSource,
    _ key: NightKey,
    _ log: NightLog
  ) throws {
    guard let form = pipeline.pseudonymise.clk, form.source == staged.name,
      let facts = recordFiles(form).facts(madeFrom: staged.digest)
    else { return }
    if facts.unfit > 0 {
      warn(
        Diagnostic(
          .warning,
          "source '\(staged.name)': of \(counted(facts.unfit, "row")) no filter could be made: no whole "
            + "number stands where the schema has one",
          hint: "these rows are not in the partner's file"
        )
      )
    }
    guard facts.records > 0, !RecordFilterForm.fill.contains(facts.fill) else { return }
    let error = RunError.recordFilters(source: staged.name, .fill(facts.fill))
    guard key.protectsNobody else {
      try log.blocked(recordFilters: "record-fill", of: staged.name)
      throw error
    }
    for diagnostic in error.diagnostics {
      warn(Diagnostic(.warning, diagnostic.sentence, hint: diagnostic.hint))
    }
  }

  /// Copies the filters beside the place where they are to stand.
  ///
  /// - Returns: nil where no partner gets any, or the run took what was staged without them.
  func preparedRecords(_ staged: [StagedSource]) throws -> LeavingRecords? {
    guard let form = pipeline.pseudonymise.clk,
      let source = staged.first(where: { $0.name == form.source })
    else { return nil }
    let files = recordFiles(form)
    guard let facts = files.facts(madeFrom: source.digest) else {
      observer.note(
        "\(form.source): no filters for the partner: they are made when the extract is read"
      )
      return nil
    }
    let file = try PendingFile(copying: files.leaving, to: form.to)
    return LeavingRecords(form: form, facts: facts, files: files, file: file)
  }

  /// Puts the filters in their place, and keeps whose they are with the run.
  func place(_ leaving: LeavingRecords, _ log: NightLog) throws {
    try leaving.file.place()
    let kept = folder.run(id) + "/clk-rows.csv"
    guard unsafe rename(leaving.files.rows, kept) == 0 else {
      throw FilesError.system(.rename, path: kept, code: errno)
    }
    try deleteRecords(of: [leaving.files], as: "handed-over", log)
    observer.note(
      "\(leaving.form.source): filters of \(counted(leaving.facts.records, "record")) and "
        + "\(grouped(leaving.facts.madeUp)) made up for the partner, "
        + "\(escapedForTerminal(leaving.form.to))"
    )
  }

  /// Removes the filters of sources that have none any more, or all of them.
  func deleteRecords(
    in names: [String],
    as outcome: String,
    _ log: NightLog
  ) throws {
    let sources = Set(
      names.compactMap { name in
        RecordFilterFiles.suffixes.first { name.hasSuffix($0) }.map { name.dropLast($0.count) }
      }
    )
    let files = sources.sorted().map {
      RecordFilterFiles(folder: folder.staging, source: String($0))
    }
    try deleteRecords(of: files, as: outcome, log)
  }

  private func deleteRecords(
    of files: [RecordFilterFiles],
    as outcome: String,
    _ log: NightLog
  ) throws {
    var counts: [String: [String: Int]] = [:]
    for source in files {
      for name in source.names where somethingStands(at: "\(folder.staging)/\(name)") {
        try removeTree("\(folder.staging)/\(name)")
        counts[source.source] = ["clk": 1]
      }
    }
    guard !counts.isEmpty else { return }
    try synchroniseFolder(folder.staging)
    try log.filtersDeleted(outcome, counts)
  }

  private func recordFiles(_ form: RecordFilterForm) -> RecordFilterFiles {
    RecordFilterFiles(folder: folder.staging, source: form.source)
  }

  /// Refuses a place for the filters where they would remove, or be removed with, something else.
  static func checkRecordFile(of pipeline: Pipeline, _ folder: WorkFolder) throws {
    guard let form = pipeline.pseudonymise.clk else { return }
    func refuse(_ found: String, _ hint: String) -> RunError {
      .folders(Diagnostic(at: Place(file: form.to), "found \(found)", hint: hint))
    }
    if Files.folder(pipeline.publish.to, holds: form.to) {
      throw refuse(
        "the file for the partner within the output folder, which is replaced as a whole",
        "name another folder in 'clk: to'"
      )
    }
    if Files.folder(folder.path, holds: form.to) {
      throw refuse(
        "the file for the partner within the work folder, which nobody else may look into",
        "name another folder in 'clk: to'"
      )
    }
    guard somethingStands(at: form.to) else { return }
    let opening = Array("{\"clks\": [".utf8)
    let file = try? OpenFile(reading: form.to, followingLinks: false)
    let start = try? file?.bytes(at: 0, count: opening.count)
    guard start == opening else {
      throw refuse(
        "another file where the filters for the partner are to stand",
        "name another file in 'clk: to'; what stands there is left as it is"
      )
    }
  }
}
