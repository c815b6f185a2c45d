import Diagnostics
import Linkage
import PipelineFile
import Pseudonymisation
import Tabular

/// A night without a spine: persons are the records that fit together.
extension Night {
  /// Joins the records of all sources to persons.
  mutating func deduplicate(
    _ staged: [StagedSource],
    _ key: NightKey?,
    _ log: NightLog
  ) throws -> LinkedSources {
    let stage = pipeline.link
    let name = staged.map(\.name).joined(separator: ", ")
    guard staged.contains(where: { !$0.rowCounts.isEmpty }) else {
      throw RunError.gates([
        Diagnostic(
          "found no record in \(name), expected the records of persons",
          hint: "the deliveries are empty: ask for them again"
        )
      ])
    }
    let (personCount, links, report) = try Self.persons(
      of: staged,
      stage,
      options.workers,
      explaining: asked.values.flatMap(\.self),
      judged: judgedRecords(staged, key)
    )
    let residents = joinedPersons(
      zip(staged, links).map { PersonSource($0.identities, links: $1, rowCounts: $0.rowCounts) },
      count: personCount
    )
    var sources: [LinkedSources.Linked] = []
    for (source, links) in zip(staged, links) {
      let report = LinkReport(of: links, rowCounts: source.rowCounts, passCount: stage.exact.count)
      guard report.accepted.rows == source.account.accepted, report.unlinked.rows == 0 else {
        throw RunError.unbalanced(
          source: source.name,
          account: "accepted \(source.account.accepted), linked \(report.linked.rows), "
            + "unlinked \(report.unlinked.rows)"
        )
      }
      sources.append(.init(source: source, links: links, report: report))
    }
    tell(report, of: name)
    linkFigures[name] = report.weighed.map { JSONValue.object(["weighed": $0.json]) }
    try write(report.reviews, ofAll: staged)
    let settled = try settle(clusters: sources, count: personCount, key)
    let linked = LinkedSources(
      residents: residents,
      persons: settled,
      duplicateCount: 0,
      sources: sources,
      uniqueness: uniqueness(of: residents, sources),
      deduplication: report
    )
    tell(linked.uniqueness, of: counted(personCount, "person"))
    observer.note(settled.sentence)
    try log.linked(linked)
    try deleteFilters(of: staged, log)
    return linked
  }

  static func persons(
    of staged: [StagedSource],
    _ stage: LinkStage,
    _ workers: Int,
    explaining asked: [AskedPair],
    judged: [JudgedPair]
  ) throws(RunError) -> (personCount: Int, links: [Links], report: DeduplicationReport) {
    do throws(LinkageError) {
      return try Linkage.deduplicate(
        staged.map { ComparedSide($0.identities, filters: filters(of: $0, stage)) },
        rowCounts: staged.map(\.rowCounts),
        by: stage,
        workers: workers,
        explaining: asked,
        judged: judged
      )
    } catch {
      throw .gates([
        diagnostic(of: error, source: staged.map(\.name).joined(separator: ", "), stage)
      ])
    }
  }

  /// Says what joining records to persons came to, and what of it is doubtful.
  mutating func tell(_ report: DeduplicationReport, of name: String) {
    for (number, pass) in report.passes.enumerated() where pass.isSkipped {
      warn(
        Diagnostic(
          .warning,
          at: pipeline.link.exact[number].place,
          "\(name): pass \(number + 1) joins nothing, for a column of it is lacking"
        )
      )
    }
    if let weighed = report.weighed { tell(weighed, of: name, report) }
    let sizes = report.sizes.keys.sorted().map { size in
      "\(grouped(report.sizes[size] ?? 0)) of \(size)"
    }
    observer.note(
      "\(name): \(counted(report.recordCount, "record")) are \(counted(report.personCount, "person"))"
        + " (\(sizes.prefix(8).joined(separator: ", "))\(sizes.count > 8 ? ", …" : ""))"
    )
  }

  private mutating func tell(
    _ weighed: ProbabilisticReport,
    of name: String,
    _ report: DeduplicationReport
  ) {
    tellDoubts(weighed, of: "source '\(name)'")
    guard weighed.idle == nil else { return }
    if pipeline.link.probabilistic?.personal.isEmpty ?? false {
      warn(
        Diagnostic(
          .warning,
          "\(name): weighed without first names or birth dates, expected one of them: a family may be "
            + "taken for a person",
          hint: "add such a column, with a token of first-name, initials or birth-date"
        )
      )
    }
    observer.note(
      "\(name): weighed \(grouped(weighed.rules.reduce(0) { $0 + $1.pairCount })) pairs, joined at a "
        + "probability of \(fixed(weighed.accept, places: 2)) or more; of the pairs within persons "
        + "expected precision \(fixed(weighed.quality?.precision.value ?? 1, places: 4)), expected recall "
        + "\(fixed(weighed.quality?.recall.value ?? 0, places: 4))"
    )
    observer.note(
      "\(name): \(percent(report.density ?? 1)) of the pairs within persons are likely by themselves; "
        + "\(counted(report.bridgeCount, "pair")) alone hold a person together; not joined: "
        + "\(counted(report.refusedCount, "pair")) whose other records do not fit, "
        + "\(grouped(report.largeCount)) that would make a person of more than 20"
    )
  }
}
