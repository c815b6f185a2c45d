import Diagnostics
import Files
import Linkage
import PipelineFile
import Pseudonymisation
import Publication
import Tabular

/// The ids that persons keep from night to night.
extension Night {
  /// What is known of tonight's persons before they are linked.
  struct KnownPersons {
    var tonight: PersonsTonight
    /// Nil for a trial, which knows nobody from an earlier night.
    let file: PersonsFile?
    let warning: Diagnostic?
  }

  /// Looks persons up in the ledger of tonight's release.
  private func knownPersons(
    _ key: NightKey?,
    _ persons: (PersonLedger) -> PersonsTonight
  ) throws -> KnownPersons {
    guard let key else {
      return KnownPersons(tonight: persons(PersonLedger()), file: nil, warning: nil)
    }
    let (file, ledger, warning) = try PersonsFile.open(
      in: folder,
      pipeline: pipeline.name,
      release: pipeline.pseudonymise.release,
      key
    )
    return KnownPersons(tonight: persons(ledger), file: file, warning: warning)
  }

  private func knownPersons(_ spine: PersonRecords, _ key: NightKey?) throws -> KnownPersons {
    try knownPersons(key) { PersonsTonight(spine: spine, ledger: $0, workers: options.workers) }
  }

  /// Makes the sources what they are to be linked as: numbers that the register has corrected are as it
  /// has them.
  ///
  /// - Returns: what is known of persons; nil where no number can be corrected, so that all memory is for
  ///   linking.
  func correcting(
    _ staged: inout [StagedSource],
    _ spine: PersonRecords,
    _ key: NightKey?
  ) throws -> KnownPersons? {
    guard spine.number != nil else { return nil }
    let known = try knownPersons(spine, key)
    let corrections = known.tonight.corrections
    guard !corrections.isEmpty else { return known }
    for place in staged.indices where staged[place].name != spine.source {
      guard let number = personRecords(of: staged[place])?.number else { continue }
      staged[place].identities = staged[place].identities.replacing(number, corrections)
    }
    return known
  }

  /// Finds out who tonight's persons are, and keeps the links of each source with their ids.
  mutating func settle(
    _ sources: [LinkedSources.Linked],
    _ residents: PseudonymisedTable,
    _ spine: PersonRecords,
    _ known: consuming KnownPersons?,
    _ key: NightKey?
  ) throws -> NightPersons {
    var known = try known ?? knownPersons(spine, key)
    if let warning = known.warning { warn(warning) }
    let others = sources.filter { $0.report != nil }
    let records = others.compactMap { personRecords(of: $0.source) }
    known.tonight.add(zip(records, others).map { ($0, $1.links.persons) })
    let (tonight, settlement) = (known.tonight, PersonSettlement(known.tonight))
    let (folder, digest) = (folder, sources.first { $0.report == nil }?.source.digest ?? "")
    _ = try concurrentChunks(others.count + 1, workers: options.workers) { number in
      guard number < others.count else {
        let table = residents.persons(ids: Array(settlement.ids.prefix(tonight.residentCount)))
        return try Self.write(table, of: spine.source, digest, as: "persons", to: folder)
      }
      let (source, links) = (others[number].source, others[number].links)
      let ids = tonight.persons(of: records[number], linked: links.persons).map { person in
        person < 0 ? 0 : settlement.ids[Int(person)]
      }
      let all = PseudonymisedTable.links(links, ids: ids, rowCounts: source.rowCounts)
      try Self.write(all, of: source.name, source.digest, as: "links", to: folder)
      let apart = source.identities.apart(links, ids: ids, rowCounts: source.rowCounts)
      try Self.write(apart, of: source.name, source.digest, as: "apart", to: folder)
    }
    return NightPersons(
      events: settlement.events,
      ids: Array(settlement.ids.prefix(tonight.residentCount)),
      count: settlement.ids.count,
      file: known.file
    )
  }

  /// The same without a spine: everybody is in exactly one cluster.
  mutating func settle(
    clusters sources: [LinkedSources.Linked],
    count: Int,
    _ key: NightKey?
  ) throws -> NightPersons {
    let members = sources.compactMap { linked in
      personRecords(of: linked.source).map { (records: $0, persons: linked.links.persons) }
    }
    let known = try knownPersons(key) {
      PersonsTonight(clusters: members, personCount: count, ledger: $0)
    }
    if let warning = known.warning { warn(warning) }
    let settlement = PersonSettlement(known.tonight)
    for linked in sources {
      let (source, links) = (linked.source, linked.links)
      let ids = links.persons.map { settlement.ids[Int($0)] }
      let all = PseudonymisedTable.links(links, ids: ids, rowCounts: source.rowCounts)
      try Self.write(all, of: source.name, source.digest, as: "links", to: folder)
    }
    return NightPersons(
      events: settlement.events,
      ids: Array(settlement.ids.prefix(count)),
      count: count,
      file: known.file
    )
  }

  /// Adds what a night tells of persons to their ledger; nothing when nothing happened.
  func add(_ persons: NightPersons) throws -> Journal? {
    guard let file = persons.file, !persons.counts.isEmpty else { return nil }
    return try file.add(
      persons.events,
      NightFacts(
        run: id,
        started: started,
        period: pipeline.period?.label ?? "",
        manifest: pipeline.endsWithLinks
          ? nil : absolutePath("\(pipeline.publish.to)/\(Release.manifestName)")
      )
    )
  }

  private static func write(
    _ table: PseudonymisedTable,
    of source: String,
    _ digest: String,
    as kind: String,
    to folder: WorkFolder
  ) throws {
    let writer = try StagedTableWriter(
      // With a point, which no source has in its name: 'care-links' may be another source.
      path: "\(folder.staging)/\(source).\(kind).staged",
      facts: ["source": .string(source), "made_from": .string(digest)],
      identities: table,
      rowColumns: nil
    )
    try writer.finish()
  }

  private func personRecords(of staged: StagedSource) -> PersonRecords? {
    pipeline.source(named: staged.name).map {
      PersonRecords(staged.identities, of: $0, in: pipeline)
    }
  }
}
