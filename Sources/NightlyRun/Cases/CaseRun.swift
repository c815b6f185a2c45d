import DisclosureControl
import Files
import Ingest
import Linkage
import PipelineFile
import Pseudonymisation
import Publication
import Tabular

/// Runs cases: their rows go through the stages of a night, in a folder that vanishes.
///
/// Rows are written as lines with the columns of their source and read, pseudonymised, linked and
/// counted as in a night. Whether a delivery came, is large enough or is like the one before is not
/// asked. Tables are looked at before protection: nobody is in them.
struct CaseRun {
  /// Of `Pipeline.onTrial` and `readingGivenRows`.
  private let pipeline: Pipeline
  private let night: Night
  private let key: NightKey
  private let log: NightLog
  private let folder: WorkFolder
  private let plans: [SourcePlan]

  init(
    _ original: Pipeline,
    in folder: WorkFolder,
    _ options: RunOptions,
    _ clock: @escaping @Sendable () -> Int64
  ) throws {
    pipeline = original.readingGivenRows.onTrial(
      keyFile: "\(folder.path)/demo.key",
      output: "\(folder.path)/out"
    )
    plans = pipeline.sources.map { [pipeline] in SourcePlan(source: $0, in: pipeline) }
    self.folder = folder
    var options = options
    // What one case learnt of its sources is no other's concern.
    options.fresh = true
    (night, key, log) = try Night.begun(pipeline, in: folder, options, clock, Silence())
  }

  /// What does not hold of a case; empty when all does.
  ///
  /// - Throws: an error of the stage that refused; each is a `KoppelError`.
  func differences(of tested: PipelineCase) throws -> [RowComparison] {
    let staged = try stage(tested)
    let expected = tested.expected
    var comparisons = [comparison(ofRejects: staged, expected.rejects)]
    let names = expected.tables.map(\.name)
    if !(expected.links.isEmpty && names.isEmpty) {
      let linked = try link(staged)
      if !expected.links.isEmpty { comparisons.append(comparison(of: linked, expected.links)) }
      let tables = try linked.map { try night.cells(of: names, $0) } ?? []
      for (name, rows) in expected.tables {
        comparisons.append(
          try comparison(of: tables.first { $0.name == name }, named: name, rows)
        )
      }
    }
    return comparisons.filter { !$0.holds }
  }

  private func stage(_ tested: PipelineCase) throws -> [StagedSource] {
    let memos = TokenMemos(plans: plans, scope: key.scope, standardisation: key.standardisation)
    let digester = MessageDigester(key: try DeliveryLedger.Keys(key.root).messages)
    return try zip(pipeline.sources, plans).map { source, plan in
      var files: [InboxFile] = []
      if let rows = tested.given.first(where: { $0.source == source.name })?.rows {
        let path = "\(folder.path)/\(source.name).csv"
        let lines = rows.flatMap { row in
          csvLine(source.givenColumns.map { row[$0.name] ?? "" })
        }
        try AtomicFile.write(path, lines, mode: 0o600)
        files.append(InboxFile(path: path))
      }
      let staging = SourceStaging(
        source: source,
        plan: plan,
        received: files,
        lastDay: pipeline.latestBirthDay,
        folder: folder.staging,
        workers: 1,
        definition: "",
        key: key.tokenFingerprint,
        minimumPersons: 0,
        objections: nil,
        objectionsMark: "",
        digester: digester,
        observer: night.observer,
        isOfSourceLevel: pipeline.handsOver
      )
      var staged = try staging.run(memos: memos, verdicts: [:], known: [])
      staged.filterFiles = staging.filterFiles
      return staged
    }
  }

  /// - Returns: nil when there are no records that could be persons.
  private func link(_ staged: [StagedSource]) throws -> LinkedSources? {
    guard pipeline.link.spine != nil || staged.contains(where: { !$0.rowCounts.isEmpty }) else {
      return nil
    }
    var night = night
    return try night.link(staged, nil, log)
  }

  /// All that was rejected must be expected: a row that is lost explains every other difference.
  private func comparison(
    ofRejects staged: [StagedSource],
    _ expected: [CaseExpectation.Row]
  ) -> RowComparison {
    RowComparison(
      "rejects",
      columns: ["source", "row", "column", "reason"],
      keyCount: 2,
      expected,
      found: staged.flatMap { source in
        source.account.rejects.map {
          [source.name, String($0.line), $0.column, $0.reason.rawValue]
        }
      },
      isWhole: true
    )
  }

  private func comparison(
    of linked: LinkedSources?,
    _ expected: [CaseExpectation.Row]
  ) -> RowComparison {
    RowComparison(
      "link",
      columns: ["source", "linked", "unlinked"],
      keyCount: 1,
      expected,
      found: pipeline.sources.map { source in
        let report = linked?.sources.first { $0.source.name == source.name }?.report
        return [
          source.name, String(report?.linked.rows ?? 0), String(report?.unlinked.rows ?? 0),
        ]
      },
      isWhole: false
    )
  }

  private func comparison(
    of cells: CellTable?,
    named name: String,
    _ expected: [CaseExpectation.Row]
  ) throws -> RowComparison {
    guard let cells else {
      let definition = pipeline.aggregate.tables.first { $0.name == name }
      let by = definition?.by ?? []
      return RowComparison(
        name,
        columns: by + (definition?.measures.map(\.name) ?? []),
        keyCount: by.count,
        expected,
        found: [],
        isWhole: expected.isEmpty
      )
    }
    let shown = try protect(cells, .ofNobody)
    let rows = PublishedRows(csvBytes(shown, columns: .full, coverage: []))
    return RowComparison(
      name,
      columns: rows.columns,
      keyCount: cells.dimensions.count,
      expected,
      found: rows.rows,
      isWhole: expected.isEmpty
    )
  }
}
