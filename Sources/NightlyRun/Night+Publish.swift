import Cryptography
import Diagnostics
import DisclosureControl
import Files
import Linkage
import PipelineFile
import PopulationTables
import Pseudonymisation
import Publication
import Tabular

extension Night {
  /// Writes the protected tables and their manifest to the disk and puts them in place together.
  mutating func publish(
    _ tables: [ProtectedTable],
    _ linked: LinkedSources,
    _ key: NightKey,
    _ log: NightLog,
    remembering releases: ReleasesTonight?
  ) throws -> RunOutcome {
    let ordered = pipeline.publish.tables.compactMap { name in tables.first { $0.name == name } }
    for table in ordered {
      for doubt in labelDoubts(of: table) { warn(doubt.diagnostic(in: table.name)) }
    }
    let coverage = try coverage(of: linked.sources, linked.residents)
    let release = try Release(
      ordered,
      columns: pipeline.publish.columns,
      coverage: coverage,
      measures: Dictionary(uniqueKeysWithValues: ordered.map { ($0.name, measures(of: $0)) })
    )
    // The log says what leaves, and that is signed, before it leaves. What the published manifest
    // proves of the log ends there; the run's own copy proves its last line too.
    let leaving = try preparedRecords(linked.sources.map(\.source))
    var journal: Journal?
    do {
      if let leaving {
        let rules = key.standardisation.identifier
        try log.recordFiltersWritten(leaving.form, leaving.facts, rules)
      }
      try log.released(release, linked.uniqueness, leftOut(linked))
      journal = try add(linked.persons)
      if let releases {
        // What is remembered of a release stays, whatever becomes of its tables: later nights are only
        // stricter. So do the ids that its sets of persons are known by.
        try journal?.stay()
        journal = nil
        try releases.write()
        releaseCount += 1
      }
      _ = try release.publish(manifest(linked, coverage, key, log), to: pipeline.publish.to)
    } catch {
      try? journal?.withdraw()
      try? log.blocked(
        exitStatus: (error as? any KoppelError)?.exitStatus ?? .internalFault
      )
      throw error
    }
    // The tables stand: what goes wrong from here is told, and does not undo them.
    do {
      try journal?.stay()
      if let leaving { try place(leaving, log) }
      try log.ended(.published, exitStatus: .success)
      try writeOwnManifest(manifest(linked, coverage, key, log).json(tables: release.tables))
    } catch {
      for diagnostic in (error as? any KoppelError)?.diagnostics ?? [] {
        warn(
          Diagnostic(
            .warning,
            at: diagnostic.place,
            "published, but the run could not be closed: \(diagnostic.sentence)",
            hint: diagnostic.hint
          )
        )
      }
    }
    return RunOutcome(
      exitStatus: options.strict && warningCount > 0 ? .warnings : .success,
      publishedFolder: pipeline.publish.to,
      tables: release.tables.map { ($0.name, $0.fileName, $0.cellCount, $0.hiddenCellCount) },
      warningCount: warningCount
    )
  }

  /// What everyone may know of the numbers of a table; those of one that was laid out afresh are looked
  /// at by themselves.
  private func measures(of table: ProtectedTable) -> PublishedMeasures {
    let own = measures.filter { $0.table == table.name }
    let figures = Set(table.figures.map(\.name))
    guard own.count == 1, let counted = own.first,
      counted.dimensions == table.dimensions.map(\.name),
      counted.measures.figures.allSatisfy({ figures.contains($0.name) })
    else { return .alone }
    return counted.measures
  }

  /// How much of each source stands in the tables, and how many could stand there.
  func coverage(
    of sources: [LinkedSources.Linked],
    _ residents: PseudonymisedTable
  ) throws -> [Coverage] {
    let persons = try CoveredPersons(pipeline.aggregate, residents: residents)
    return sources.compactMap { linked in
      linked.report.map {
        Coverage(
          source: linked.source.name,
          linkedRows: $0.linked.rows,
          acceptedRows: $0.accepted.rows,
          deliveries: linked.source.receipt.deliveries,
          persons: persons.covered[linked.source.name].map {
            Coverage.Persons(covered: $0, residents: persons.residents)
          }
        )
      }
    }
  }

  private func manifest(
    _ linked: LinkedSources,
    _ coverage: [Coverage],
    _ key: NightKey,
    _ log: NightLog
  ) -> Manifest {
    Manifest(
      pipeline: pipeline,
      pipelineDigest: log.pipelineDigest,
      key: Manifest.Key(name: key.name, fingerprint: key.fingerprint, isDemo: key.isDemo),
      standardisation: key.standardisation.identifier,
      inputs: linked.sources.flatMap { linked in
        inputs(of: linked.source)
      },
      sources: linked.sources.map { source in
        let account = source.source.account
        return ManifestSource(
          name: source.source.name,
          rowsRead: account.read,
          rowsAccepted: account.accepted,
          rejected: account.rejectedByReason,
          skipped: account.skipped,
          blanked: account.blanked,
          unknownCodes: account.unknownCodes,
          identityCount: source.source.rowCounts.count,
          completed: account.completed,
          contradicting: account.contradicting,
          linkage: source.report.map(linkage),
          stalePeriod: source.source.receipt.stalePeriod,
          absentPeriods: source.source.receipt.absentPeriods,
          coveredPercent: coverage.first { $0.source == source.source.name }?.personPercent
        )
      },
      residentCount: linked.residents.table.rowCount,
      duplicateCount: linked.duplicateCount,
      versions: [
        "koppel": Version.number, "libcrypto": cryptographyVersion(), "clp": clpVersion(),
      ],
      run: manifestRun(log, linked.persons),
      leftOut: leftOut(linked),
      madeFrom: madeFrom
    )
  }

  private func inputs(of source: StagedSource) -> [ManifestInput] {
    source.account.deliveries.enumerated().map { number, delivery in
      let files = source.receipt.files
      let file = files.indices.contains(number) ? files[number] : .init(state: "accepted")
      return ManifestInput(
        source: source.name,
        fileName: delivery.stored,
        digest: delivery.sha256,
        byteCount: delivery.byteCount,
        state: file.state,
        counted: file.counted,
        countedPeriod: file.countedPeriod,
        otherPeriod: file.otherPeriod,
        replaces: file.replaces
      )
    }
  }

  private func linkage(_ report: LinkReport) -> ManifestLinkage {
    func count(_ volume: LinkReport.Volume) -> ManifestLinkage.Count {
      ManifestLinkage.Count(rows: volume.rows, identities: volume.identities)
    }
    return ManifestLinkage(
      linked: count(report.linked),
      unlinked: count(report.unlinked),
      passes: zip(pipeline.link.exact, report.passes).map { ($0.on, count($1.linked)) },
      unlinkedReasons: report.reasons.mapValues(count)
    )
  }
}
