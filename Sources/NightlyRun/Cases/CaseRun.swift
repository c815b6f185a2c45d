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
/// asked, and nothing is kept of it. Tables are looked at before protection: nobody is in them.
struct CaseRun: Sendable {
  /// Of `Pipeline.onTrial` and `readingGivenRows`.
  private let pipeline: Pipeline
  private let night: Night
  private let key: NightKey
  private let digester: MessageDigester
  private let plans: [SourcePlan]
  private let folder: WorkFolder
  /// One a source, without rows: most cases give most sources none.
  private var empty: [StagedSource] = []

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
    // Cases are run beside each other.
    options.workers = 1
    (night, key, _) = try Night.begun(pipeline, in: folder, options, clock, Silence())
    digester = MessageDigester(key: try DeliveryLedger.Keys(key.root).messages)
    for number in plans.indices {
      empty.append(try stage(number, [], memos, in: folder.staging))
    }
  }

  private var memos: TokenMemos {
    TokenMemos(plans: plans, scope: key.scope, standardisation: key.standardisation)
  }

  /// Runs a case.
  ///
  /// - Parameters:
  ///   - tested: the case.
  ///   - number: no other case of the run has it.
  /// - Returns: what does not hold; empty when all does.
  /// - Throws: an error of the stage that refused; each is a `KoppelError`.
  func differences(of tested: PipelineCase, number: Int) throws -> [RowComparison] {
    let place = "\(folder.staging)/\(number)"
    try makeFolder(place)
    defer { try? removeTree(place) }
    let staged = try stage(tested, in: place)
    let expected = tested.expected
    var comparisons = [comparison(ofRejects: staged, expected.rejects)]
    let names = expected.tables.map(\.name)
    if !(expected.links.isEmpty && names.isEmpty) {
      let linked = try link(staged)
      if !expected.links.isEmpty {
        comparisons.append(comparison(of: linked?.sources ?? [], expected.links))
      }
      let tables =
        try linked.map {
          try night.tables(named: names, $0.residents, $0.sources, protectedBy: .ofNobody)
        } ?? []
      for (name, rows) in expected.tables {
        comparisons.append(
          comparison(of: tables.first { $0.name == name }, named: name, rows)
        )
      }
    }
    return comparisons.filter { !$0.holds }
  }

  private func stage(_ tested: PipelineCase, in place: String) throws -> [StagedSource] {
    let memos = memos
    return try plans.indices.map { number in
      let source = pipeline.sources[number]
      guard let rows = tested.given.first(where: { $0.source == source.name })?.rows else {
        return empty[number]
      }
      let path = "\(place)/\(source.name).csv"
      let file = try OpenFile(creating: path, mode: 0o600)
      try file.write(
        rows.flatMap { row in csvLine(source.givenColumns.map { row[$0.name] ?? "" }) }
      )
      return try stage(number, [InboxFile(path: path)], memos, in: place)
    }
  }

  private func stage(
    _ number: Int,
    _ files: [InboxFile],
    _ memos: TokenMemos,
    in place: String
  ) throws -> StagedSource {
    let staging = SourceStaging(
      source: pipeline.sources[number],
      plan: plans[number],
      received: files,
      lastDay: pipeline.latestBirthDay,
      folder: place,
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

  /// - Returns: nil when there are no records that could be persons.
  private func link(
    _ staged: [StagedSource]
  ) throws -> (residents: PseudonymisedTable, sources: [LinkedSources.Linked])? {
    let stage = pipeline.link
    guard let name = stage.spine else {
      guard staged.contains(where: { !$0.rowCounts.isEmpty }) else { return nil }
      let (count, links, _) = try Night.persons(of: staged, stage, 1, explaining: [], judged: [])
      let persons = joinedPersons(
        zip(staged, links).map { PersonSource($0.identities, links: $1, rowCounts: $0.rowCounts) },
        count: count
      )
      let sources = zip(staged, links).map { source, links in
        let report = LinkReport(
          of: links,
          rowCounts: source.rowCounts,
          passCount: stage.exact.count
        )
        return LinkedSources.Linked(source: source, links: links, report: report)
      }
      return (persons, sources)
    }
    guard let spine = staged.first(where: { $0.name == name }) else {
      throw RunError.notStaged(stage: "link", source: name)
    }
    let persons = try night.residents(as: spine)
    let residents = ComparedSide(
      persons,
      filters: Night.filters(of: spine, stage).mapValues {
        residentFilters($0, rowCounts: spine.rowCounts)
      }
    )
    let sources = try staged.map { source in
      guard source.name != name else {
        return LinkedSources.Linked(source: source, links: Night.spineLinks(spine), report: nil)
      }
      let (links, report) = try Night.link(
        source,
        to: residents,
        by: stage,
        known: nil,
        workers: 1,
        explaining: [],
        judged: []
      )
      return LinkedSources.Linked(source: source, links: links, report: report)
    }
    return (persons, sources)
  }
}

/// What is expected beside what was found.
extension CaseRun {
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
    of linked: [LinkedSources.Linked],
    _ expected: [CaseExpectation.Row]
  ) -> RowComparison {
    RowComparison(
      "link",
      columns: ["source", "linked", "unlinked"],
      keyCount: 1,
      expected,
      found: pipeline.sources.map { source in
        let report = linked.first { $0.source.name == source.name }?.report
        return [
          source.name, String(report?.linked.rows ?? 0), String(report?.unlinked.rows ?? 0),
        ]
      },
      isWhole: false
    )
  }

  private func comparison(
    of table: ProtectedTable?,
    named name: String,
    _ expected: [CaseExpectation.Row]
  ) -> RowComparison {
    let published = table.map { PublishedRows(csvBytes($0, columns: .full, coverage: [])) }
    let definition = pipeline.aggregate.tables.first { $0.name == name }
    let by = definition?.by ?? []
    return RowComparison(
      name,
      columns: published?.columns ?? by + (definition?.measures.map(\.name) ?? []),
      keyCount: table?.dimensions.count ?? by.count,
      expected,
      found: published?.rows ?? [],
      isWhole: expected.isEmpty
    )
  }
}
