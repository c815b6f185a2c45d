import Cryptography
import Diagnostics
import DisclosureControl
import Files
import PipelineFile
import PopulationTables
import Pseudonymisation
import Publication
import Statistics
import Tabular

extension Night {
  /// Computes the tables and protects them: what comes back is all that the rest of the run sees.
  ///
  /// - Returns: the tables; and what is to be remembered of them, nil where they are not protected
  ///   together with those of other nights.
  mutating func aggregate(
    _ linked: LinkedSources,
    _ key: NightKey,
    _ log: NightLog
  ) throws -> (tables: [ProtectedTable], releases: ReleasesTonight?) {
    let stage = pipeline.aggregate
    let lacking = leftOut(linked)
    let names = pipeline.publish.tables.filter { !(lacking?.tables.contains($0) ?? false) }
    if let lacking, names.isEmpty { throw RunError.missingDeliveries([nothingLeft(lacking)]) }
    let regions = try otherRegions(of: names)
    let segments = names.contains(Segment.report) ? try segmentsBefore() : [:]
    var releases = try openReleases(linked.persons, key, log)
    pipeline = pipeline.with(
      try stage.readingDominance { name throws(KeyError) in
        try KeptShare.load(credential: name, percentage)
      }
    )
    let keys =
      stage.protect.asksWho || stage.protect.isAcrossReleases || options.isAuditing
      ? try setKeys(of: linked.persons, key) : []
    var findings: [AggregateFinding] = []
    var made: [ProtectedTable]?
    while made == nil {
      findings = []
      do {
        made = try self.tables(
          named: names,
          linked.residents,
          linked.sources,
          protectedBy: pipeline.aggregate.protect,
          keys: keys,
          providerKey: pipeline.aggregate.protect.asksForProviders
            ? try key.scope.root.key("koppel/providers/v1", [pipeline.name]) : nil,
          beside: regions,
          since: segments,
          earlier: { try releases?.earlier(since: $0) ?? [] },
          inspect: { release, protected, earlier in
            let open = Set(stage.protect.open.map(\.name))
            measures = release.cells.map { table in
              (table.name, table.dimensions.map(\.name), PublishedMeasures(of: table, open: open))
            }
            reasons = release.reasons
            audit = try inspected(release, protected, since: earlier)
            try releases?.record(release, protected, pipeline.aggregate.protect, since: earlier)
          }
        ) { findings.append($0) }
      } catch {
        try recode(after: error)
      }
    }
    let tables = made ?? []
    for finding in findings { tell(finding) }
    if let lacking, !lacking.sentence.isEmpty { observer.note("left out: \(lacking.sentence)") }
    observer.note(
      "\(counted(tables.count, "table")), \(counted(tables.reduce(0) { $0 + $1.cellCount }, "cell")), "
        + counted(linked.residents.table.rowCount, "resident")
    )
    return (tables, releases)
  }

  /// Computes those tables and protects them.
  ///
  /// - Parameters:
  ///   - names: of tables of the pipeline.
  ///   - residents: the persons.
  ///   - sources: linked to them.
  ///   - policy: that of the pipeline, but for rows that are made up.
  ///   - keys: one a resident, where the policy asks who is behind a figure.
  ///   - providerKey: names providers; nil where nobody asks for them.
  ///   - regions: that tables compare with, by the name of the table.
  ///   - segments: the persons of each in the period before, as they are published.
  ///   - earlier: gives the releases of earlier nights that tables are protected together with.
  ///   - inspect: called with all tables before and after protection, as they were counted, and those
  ///     releases.
  ///   - observe: called with what is found beside the tables.
  /// - Returns: one a name, not in their order.
  /// - Throws: what files, tables and their protection throw.
  func tables(
    named names: [String],
    _ residents: PseudonymisedTable,
    _ sources: [LinkedSources.Linked],
    protectedBy policy: Protection,
    keys: [SetKey] = [],
    providerKey: SecretBytes? = nil,
    beside regions: [String: [PublishedRegion]] = [:],
    since segments: [String: Int64] = [:],
    earlier: (CountedRelease) throws -> [EarlierRelease] = { _ in [] },
    inspect: (CountedRelease, [ProtectedTable], [EarlierRelease]) throws -> Void = { _, _, _ in },
    observe: @escaping (AggregateFinding) -> Void = { _ in }
  ) throws -> [ProtectedTable] {
    let rows = sources.map { linked in
      SourceRows(
        name: linked.source.name,
        domain: pipeline.source(named: linked.source.name)?.domain ?? "",
        identities: linked.source.identities,
        links: linked.links,
        groupCount: linked.source.groupCount
      ) { try linked.source.group($0) }
    }
    let levels = pipeline.aggregate.levels.map(Confidence.init(level:))
    let absent = sources.names(where: \.isAbsent)
    let stale = sources.names(where: { $0.stalePeriod != nil })
    func cells(
      _ stage: AggregateStage,
      _ observe: (AggregateFinding) -> Void
    ) throws -> [CellTable] {
      let tables = try PopulationTables.aggregate(
        stage,
        residents: residents,
        sources: rows,
        keys: keys,
        powerTerms: policy.isAcrossReleases
          ? PowerSums.termCount(minimum: policy.minimum) : 0,
        workers: options.workers,
        observe: observe
      )
      return try providerKey.map { try tables.namingProviders(by: $0) } ?? tables
    }
    // Counted first, all of them: protection looks at the release as one.
    let stage = pipeline.aggregate.keeping(pipeline.aggregate.putTogether(for: names))
    var release = CountedRelease(hidesZeros: policy.hidesZeros)
    let (whole, pieces) =
      policy.method == .suppress
      ? stage.countingOnce.addingPieces(cyclicCores) : (stage.countingOnce, [])
    let counted = try cells(whole, observe)
    let printed = try release.add(counted.filter { !pieces.contains($0.name) }, of: whole)
    release.add(pieces: counted.filter { pieces.contains($0.name) }, of: whole)
    var places: [String: Range<Int>] = [:]
    for table in stage.tables {
      switch table.content {
      case .progress(let progress):
        let start = release.cells.count
        for period in progress.periods {
          let own = try self.stage(of: period) { $0.counting(progressOf: table.name) }
          let isOther = period != stage.period
          let scope = CellTable.Scope.apart(isOther ? "in \(period.label)" : "")
          _ = try release.add(try cells(own) { _ in }.map { $0.counting(scope) }, of: own)
        }
        places[table.name] = start..<release.cells.count
      case .savings(let savings):
        guard let period = stage.period else { continue }
        let counts = try (savings.baseline + [period]).flatMap { period in
          try cells(self.stage(of: period) { $0.counting(savingsOf: table.name) }) { _ in }
        }
        guard let now = counts.last else { continue }
        let saved = try savingsCells(
          named: table.name,
          savings,
          now: now,
          before: counts.dropLast()
        )
        places[table.name] = try release.add([saved], of: stage)
      default: continue
      }
    }
    let before = try earlier(release)
    var reasons: [ProtectedNumber] = []
    let protected = try protect(
      release.cells,
      pieces: release.pieces,
      policy,
      since: before,
      levels: levels
    ) { reasons = $0 }
    release.reasons = reasons
    try inspect(release, protected, before)
    let streams = try ScanStreams.streams(of: stage)
    let finished = protected.enumerated().map { place, protected in
      let (cells, stage) = (release.cells[place], release.stages[place])
      guard let table = stage.tables.first(where: { $0.name == cells.name }) else {
        return protected
      }
      let marked = protected.marking(
        table,
        absent: SourceNeeds(of: absent, in: stage),
        stale: SourceNeeds(of: stale, in: stage)
      )
      if case .hotSpots(let search) = table.content {
        return hotSpotTable(
          marked,
          search,
          levels: levels,
          streams: streams[table.name] ?? [],
          workers: options.workers
        )
      }
      return laidOut(marked, of: cells, as: table.content)
    }
    var tables = Array(finished[printed])
    for table in stage.tables {
      let own = places[table.name].map { Array(finished[$0]) } ?? []
      switch table.content {
      case .progress(let progress):
        tables.append(progressTable(named: table.name, progress, of: own, levels: levels))
      case .benchmark(let benchmark):
        guard let own = tables.first(where: { $0.name == benchmark.table }) else { continue }
        tables.append(
          benchmarkTable(
            named: table.name,
            benchmark,
            own: (
              pipeline.name, own, try coverage(of: sources, residents).compactMap(\.least).min()
            ),
            others: regions[table.name] ?? [],
            levels: levels
          )
        )
      case .segmentsReport:
        tables = tables.map { $0.name == table.name ? $0.withChange(since: segments) : $0 }
      default: continue
      }
    }
    for table in stage.tables {
      guard case .savings(let savings) = table.content,
        let saved = places[table.name].map({ finished[$0.lowerBound] })
      else { continue }
      let quality = savings.quality.compactMap { progress in
        tables.first { $0.name == progress.name }
      }
      tables.append(savingsTable(saved, savings, quality: quality))
    }
    return tables.filter { names.contains($0.name) }
  }

  /// What counts a table in a period: the same file, read for that period.
  private func stage(
    of period: Period,
    counting table: (AggregateStage) -> AggregateStage?
  ) throws -> AggregateStage {
    var settings = options.settings
    settings["period"] = period.label
    let other = try loadPipeline(
      path: pipeline.path,
      settings: settings,
      today: day(ofMilliseconds: clock()),
      countingOnePeriod: true
    )
    guard other.files.map(\.bytes) == pipeline.files.map(\.bytes),
      let stage = table(other.aggregate)
    else { throw FilesError.changedWhileRead(path: pipeline.path) }
    return stage
  }

  /// What needs deliveries that have not come; nil when all have.
  func leftOut(_ linked: LinkedSources) -> LeftOut? {
    let absent = linked.sources.names(where: \.isAbsent)
    return absent.isEmpty
      ? nil : LeftOut(absent, of: pipeline.publish.tables, in: pipeline.aggregate)
  }

  private func nothingLeft(_ lacking: LeftOut) -> Diagnostic {
    let names = lacking.sources.map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic(
      "every table needs \(names), of which nothing has come: nothing is left to publish",
      hint: "run again when it has come"
    )
  }

  private mutating func tell(_ finding: AggregateFinding) {
    switch finding {
    case .segmentsAddUp(let persons, let areas):
      observer.note(
        "segments: \(counted(persons, "resident")), each in exactly one; the sizes add up in "
          + counted(areas, "area")
      )
    case .scoresWithoutRisk(let scores, let name):
      guard
        case .file(let file)? = pipeline.aggregate.strata.first(where: { $0.name == name })?
          .expected
      else { return }
      warn(
        Diagnostic(
          .warning,
          at: file.place,
          "strata '\(name)': the file of risks says nothing of \(scores.count == 1 ? "score" : "scores") "
            + "\(scores.map { String($0) }.joined(separator: ", ")), which persons have: what they are "
            + "in has no calibration",
          hint: "add a line for each score to \(escapedForTerminal(lastPart(of: file.path)))"
        )
      )
    case .emptySegment(let name):
      warn(
        Diagnostic(
          .warning,
          at: Place(file: pipeline.path),
          "nobody is in segment '\(name)': its rule was never reached, or holds for nobody",
          hint: "'meets' and 'taken' in '\(Segment.report)' tell which"
        )
      )
    }
  }
}
