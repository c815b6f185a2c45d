import Files
import Linkage
import PipelineFile
import Pseudonymisation
import Publication
import Tabular

/// The ids that persons keep from night to night.
extension Night {
  /// Opens the ledger of tonight's release.
  mutating func openPersons(_ key: NightKey) throws -> (file: PersonsFile, ledger: PersonLedger) {
    let (file, ledger, warning) = try PersonsFile.open(
      in: folder,
      pipeline: pipeline.name,
      release: pipeline.pseudonymise.release,
      key
    )
    if let warning { warn(warning) }
    return (file, ledger)
  }

  /// The same sources, in which numbers that the register has corrected are as it has them.
  func correcting(_ staged: [StagedSource], _ known: PersonLedger) -> [StagedSource] {
    guard known.personCount > 0,
      let spine = staged.first(where: { $0.name == pipeline.link.spine }),
      numberColumn(of: spine.name) != nil
    else { return staged }
    let tonight = PersonsTonight(
      spine: personRecords(of: spine),
      rowCounts: spine.rowCounts,
      ledger: known
    )
    let corrections = tonight.corrections
    guard !corrections.isEmpty else { return staged }
    return staged.map { source in
      guard source.name != spine.name, let number = numberColumn(of: source.name) else {
        return source
      }
      var corrected = source
      corrected.identities = source.identities.replacing(number, corrections)
      return corrected
    }
  }

  /// Finds out who tonight's persons are, and keeps the links of each source with their ids.
  func settle(
    _ sources: [LinkedSources.Linked],
    _ residents: PseudonymisedTable,
    _ known: PersonLedger
  ) throws -> NightPersons {
    guard let spine = sources.first(where: { $0.report == nil })?.source else {
      return NightPersons(events: [], count: 0)
    }
    var tonight = PersonsTonight(
      spine: personRecords(of: spine),
      rowCounts: spine.rowCounts,
      ledger: known
    )
    let others = sources.filter { $0.report != nil }
    let records = others.map { personRecords(of: $0.source) }
    tonight.add(zip(records, others).map { ($0, $1.links.persons) })
    let settlement = PersonSettlement(tonight)
    let ids = zip(records, others).map { records, other in
      tonight.persons(of: records, linked: other.links.persons).map { person in
        person < 0 ? 0 : settlement.ids[Int(person)]
      }
    }
    try write(
      residents.persons(ids: Array(settlement.ids.prefix(tonight.residentCount))),
      of: spine,
      as: "persons"
    )
    for (other, ids) in zip(others, ids) {
      let (source, links) = (other.source, other.links)
      let all = PseudonymisedTable.links(links, ids: ids, rowCounts: source.rowCounts)
      try write(all, of: source, as: "links")
      let apart = source.identities.apart(links, ids: ids, rowCounts: source.rowCounts)
      try write(apart, of: source, as: "apart")
    }
    return NightPersons(events: settlement.events, count: settlement.ids.count)
  }

  /// Adds what a night tells of persons to their ledger; nothing when nothing happened.
  func add(_ persons: NightPersons, to file: PersonsFile) throws -> Journal? {
    if persons.events.isEmpty { return nil }
    return try file.add(
      persons.events,
      NightFacts(
        run: id,
        started: started,
        period: pipeline.period?.label ?? "",
        manifest: absolutePath("\(pipeline.publish.to)/\(Release.manifestName)")
      )
    )
  }

  func write(
    _ table: PseudonymisedTable,
    of source: StagedSource,
    as kind: String
  ) throws {
    let writer = try StagedTableWriter(
      // With a point, which no source has in its name: 'care-links' may be another source.
      path: "\(folder.staging)/\(source.name).\(kind).staged",
      facts: ["source": .string(source.name), "made_from": .string(source.digest)],
      identities: table,
      rowColumns: nil
    )
    try writer.finish()
  }

  private func personRecords(of source: StagedSource) -> PersonRecords {
    PersonRecords(
      source.identities,
      source: source.name,
      number: numberColumn(of: source.name),
      birthDate: tokenColumn(labelled: "birth-date", of: source.name)
    )
  }

  /// The column that holds tokens of a BSN.
  private func numberColumn(of source: String) -> String? {
    tokenColumn(labelled: "person", of: source)
  }

  private func tokenColumn(labelled label: String, of name: String) -> String? {
    pipeline.source(named: name).flatMap { source in
      SourcePlan(source: source, in: pipeline).tokens.first { $0.isStaged && $0.label == label }?
        .name
    }
  }
}
