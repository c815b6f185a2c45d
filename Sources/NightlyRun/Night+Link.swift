import Diagnostics
import Files
import Linkage
import PipelineFile
import Pseudonymisation
import Tabular

/// The persons of a night, and who of each source belongs to them.
struct LinkedSources {
  struct Linked {
    let source: StagedSource
    let links: Links
    /// Nil for the spine.
    let report: LinkReport?
  }

  let residents: PseudonymisedTable
  /// Who they are from night to night.
  let persons: NightPersons
  let duplicateCount: Int
  let sources: [Linked]
  /// Over all kept columns of class quasi, of all sources together.
  let uniqueness: Uniqueness
  /// What joining records came to, where no spine tells who the persons are.
  var deduplication: DeduplicationReport?
}

extension [LinkedSources.Linked] {
  /// The names of those whose deliveries are so.
  func names(where isSo: (DeliveryReceipt) -> Bool) -> Set<String> {
    Set(map(\.source).filter { isSo($0.receipt) }.map(\.name))
  }
}

extension Night {
  /// Makes the persons from the spine source and links the others to them.
  ///
  /// - Parameters:
  ///   - staged: all sources.
  ///   - key: of the run; nil for a trial, which knows nobody from an earlier night.
  ///   - log: of the run.
  /// - Returns: the persons, and the links of each source.
  /// - Throws: `RunError.gates` when too much is unlinked, and what files and log throw.
  mutating func link(
    _ staged: consuming [StagedSource],
    _ key: NightKey?,
    _ log: NightLog
  ) throws -> LinkedSources {
    // What staging used and freed lies about in pieces that nothing large fits into.
    returnFreedMemory()
    guard let name = pipeline.link.spine else { return try deduplicate(staged, key, log) }
    guard let number = staged.firstIndex(where: { $0.name == name }), let source = pipeline.spine
    else { throw RunError.notStaged(stage: "link", source: name) }
    let persons = try residents(as: staged[number])
    let identified = persons.keeping(staged[number].identities.table.names)
    let records = PersonRecords(identified, of: source, in: pipeline)
    let known = try correcting(&staged, records, key)
    let judged = try judgedPairs(staged, spine: staged[number], key)
    // From here on residents stand for them, and tokens are the largest thing in memory.
    staged[number].identities = staged[number].identities.withoutTokens
    let (staged, spine) = (staged, staged[number])
    let numbers = pipeline.spine?.declaredColumns.filter { $0.type == .bsn }.map(\.name) ?? []
    let (stage, workers, asked) = (pipeline.link, options.workers, asked)
    let residents = ComparedSide(
      persons,
      filters: Self.filters(of: spine, stage).mapValues {
        residentFilters($0, rowCounts: spine.rowCounts)
      }
    )
    // Sources do not depend on each other, nor do the duplicates of the register on them. Weighing
    // keeps all workers busy itself: within threads of its own it would get one.
    let (models, digest) = try keptModels()
    let sourcesAtOnce = stage.probabilistic == nil ? workers : 1
    let found = try concurrentChunks(staged.count, workers: sourcesAtOnce) { number in
      let source = staged[number]
      guard source.name != spine.name else {
        let duplicates = spineDuplicates(persons, on: numbers)
        return Found(links: Self.spineLinks(spine), report: nil, duplicates: duplicates)
      }
      let (links, report) = try Self.link(
        source,
        to: residents,
        by: stage,
        known: models.model(of: source.name, digest: digest),
        workers: workers,
        explaining: asked[source.name] ?? [],
        judged: judged[source.name] ?? []
      )
      return Found(links: links, report: report, duplicates: [])
    }
    var sources: [LinkedSources.Linked] = []
    var gates: [Diagnostic] = []
    for (source, found) in zip(staged, found) {
      sources.append(.init(source: source, links: found.links, report: found.report))
      guard let report = found.report else { continue }
      guard report.accepted.rows == source.account.accepted else {
        throw RunError.unbalanced(
          source: source.name,
          account: "accepted \(source.account.accepted), linked \(report.linked.rows), "
            + "unlinked \(report.unlinked.rows)"
        )
      }
      observer.note(
        "\(source.name): \(grouped(report.linked.rows)) rows linked, "
          + "\(grouped(report.unlinked.rows)) unlinked\(Self.shares(report))"
      )
      gates += judge(report, of: source)
      report.deduplicated.map { tell($0, of: source.name) }
      tell(report.passes, of: source)
      report.weighed.map { tell($0, of: source) }
      linkFigures[source.name] = report.json(pipeline.link)
      try write(report.reviews, of: source, identified)
    }
    let settled = try settle(sources, persons, records, known, key)
    let linked = LinkedSources(
      residents: persons,
      persons: settled,
      duplicateCount: found.flatMap(\.duplicates).count { $0 },
      sources: sources,
      uniqueness: uniqueness(of: persons, sources)
    )
    tell(linked.uniqueness, of: counted(persons.table.rowCount, "resident"))
    observer.note(settled.sentence)
    if linked.duplicateCount > 0 {
      warn(
        Diagnostic(
          .warning,
          "\(grouped(linked.duplicateCount)) residents share their BSN with another; they are "
            + "flagged, not merged, and nothing is linked to them by it",
          hint: "the register is to be corrected where it is kept"
        )
      )
    }
    try log.linked(linked)
    if !gates.isEmpty { throw RunError.gates(gates) }
    try keep(sources, in: models, digest: digest)
    try deleteFilters(of: staged, log)
    return linked
  }

  func residents(as spine: StagedSource) throws -> PseudonymisedTable {
    let groups = try concurrentChunks(spine.groupCount, workers: options.workers) { number in
      try spine.group(number)
    }
    return Pseudonymisation.residents(
      identities: spine.identities,
      groups: groups,
      workers: options.workers
    )
  }

  func tell(_ uniqueness: Uniqueness, of persons: String) {
    observer.note(
      "\(persons): by all that is kept of them together, \(grouped(uniqueness.alone)) stand alone, "
        + "\(grouped(uniqueness.underTen)) are in groups under ten"
    )
  }

  /// How alone residents stand by the kept columns that could single them out.
  func uniqueness(
    of persons: PseudonymisedTable,
    _ sources: [LinkedSources.Linked]
  ) -> Uniqueness {
    let sides = sources.map { linked -> Uniqueness.Side in
      let columns =
        pipeline.source(named: linked.source.name)
        .map { SourcePlan(source: $0, in: pipeline).quasiColumns } ?? []
      return linked.report == nil
        ? .init(spine: persons, columns: columns)
        : .init(source: linked.source.identities, links: linked.links, columns: columns)
    }
    return Uniqueness(sides: sides, personCount: persons.table.rowCount)
  }

  /// What earlier nights of the release learnt, unless all is to be learnt anew.
  private mutating func keptModels() throws -> (models: KeptModels, digest: String) {
    let digest = try KeptModels.digest(of: pipeline.link, in: pipeline)
    if options.fresh || pipeline.link.probabilistic == nil { return (KeptModels(), digest) }
    let (models, warning) = try KeptModels.load(path: folder.models)
    warning.map { warn($0) }
    return (models, digest)
  }

  /// Keeps what was learnt of sources that no earlier night knows.
  private func keep(
    _ sources: [LinkedSources.Linked],
    in models: KeptModels,
    digest: String
  ) throws {
    var models = models
    var isNew = false
    for linked in sources {
      guard let weighed = linked.report?.weighed, !weighed.isKept, let learnt = weighed.learnt
      else {
        continue
      }
      models.keep(learnt, of: linked.source.name, digest: digest)
      isNew = true
    }
    if isNew { try models.write(to: folder.models) }
  }

  /// What linking one source gave.
  private struct Found: Sendable {
    let links: Links
    /// Nil for the spine.
    let report: LinkReport?
    /// One a resident, for the spine: whether another has the same BSN.
    let duplicates: [Bool]
  }

  /// Each row of the spine is its own person.
  static func spineLinks(_ spine: StagedSource) -> Links {
    var first: Int32 = 0
    let persons = spine.rowCounts.map { count in
      defer { first += count }
      return first
    }
    return Links(
      persons: persons,
      passes: Array(repeating: -1, count: persons.count),
      reasons: Array(repeating: nil, count: persons.count)
    )
  }

  private mutating func judge(_ report: LinkReport, of source: StagedSource) -> [Diagnostic] {
    let share = report.unlinkedShare
    let reasons = UnlinkedReason.allCases.compactMap { reason in
      report.reasons[reason].map { "\(grouped($0.rows)) \(reason.rawValue)" }
    }.joined(separator: ", ")
    let sentence =
      "source '\(source.name)': no resident was found for \(grouped(report.unlinked.rows)) of "
      + "\(grouped(report.accepted.rows)) rows (\(percent(report.unlinkedRowShare))) and "
      + "\(grouped(report.unlinked.identities)) of \(grouped(report.accepted.identities)) clients "
      + "(\(percent(report.unlinkedIdentityShare))): \(reasons)"
    if let limit = pipeline.link.unlinked.failAbove, share > limit {
      return [Diagnostic(sentence + "; at most \(percent(limit)) may be", hint: hint(report))]
    }
    if let limit = pipeline.link.unlinked.warnAbove, share > limit {
      warn(Diagnostic(.warning, sentence, hint: hint(report)))
    }
    return []
  }

  /// Of rows and of clients: many rows may be one client's, and the worse of the two is judged.
  private static func shares(_ report: LinkReport) -> String {
    guard report.unlinked.identities > 0 else { return "" }
    return " (\(percent(report.unlinkedRowShare)) of rows, "
      + "\(percent(report.unlinkedIdentityShare)) of clients)"
  }

  /// What the reason of most unlinked rows means.
  private func hint(_ report: LinkReport) -> String? {
    let most = UnlinkedReason.allCases.filter { report.reasons[$0] != nil }
      .max { (report.reasons[$0]?.rows ?? 0) < (report.reasons[$1]?.rows ?? 0) }
    guard let most else { return nil }
    let meaning =
      switch most {
      case .belowReview: "their best candidate is too unlikely to be looked at"
      case .uncertain: "their best candidate is likely, but not likely enough"
      case .byExclusion: "their candidate is likely only because likelier ones have other clients"
      case .noBlock:
        "nobody in '\(pipeline.link.spine ?? "")' has the same values; are both of one region and "
          + "period?"
      case .judgedDifferent: "a person said that their resident is somebody else"
      case .duplicateBSN: "their BSN is that of several residents"
      case .veto: "a resident was found, and refused by 'unless'"
      case .bsnConflict: "a resident was found who has another BSN"
      case .taken: "their resident belongs to another client"
      case .tie: "several residents fit equally"
      case .largeCluster: "they resemble a person of more than twenty records"
      }
    return "\(most.rawValue): \(meaning)"
  }
}
