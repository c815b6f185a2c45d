import Diagnostics
import Files
import Linkage
import PipelineFile
import Tabular

/// What `koppel explain` prints: why two records were or were not linked.
package struct ExplanationReport {
  /// What became of the pair.
  package let title: String
  /// Cells: column, level, m, u, bits, total, a bar.
  package let rows: [[String]]
  /// What follows.
  package let remarks: [String]

  /// Links as a night does, in a folder that vanishes, and tells what decided on a pair.
  ///
  /// - Parameters:
  ///   - path: of the pipeline file.
  ///   - pair: as the user named it.
  ///   - options: what the user asked.
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - observer: whom to tell.
  /// - Throws: an error of the module that refused; each is a `KoppelError`.
  package init(
    path: String,
    pair: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws {
    let (pipeline, _) = try loadPipeline(path: path, options, clock: clock)
    let name = try PairName(pair, of: pipeline)
    var asked: AskedPair?
    let explained = try Night.tried(
      path: path,
      options: options,
      clock: clock,
      observer: observer,
      asking: { staged, records in
        let found = try Self.pair(name, staged, records, pipeline.link.spine)
        asked = found
        return [name.source: [found]]
      }
    ) { trial in
      try Self.explained(name, asked, trial)
    }
    title =
      "\(escapedForTerminal("\(name.source) \(name.key)")) – "
      + "\(escapedForTerminal("\(name.other) \(name.otherKey)")): \(explained.decision)"
    rows = explained.explanation.map { Self.rows(of: $0, explained) } ?? Self.rows(of: explained)
    remarks = Self.remarks(of: explained)
  }

  private static func pair(
    _ name: PairName,
    _ staged: [StagedSource],
    _ records: [String: TracedRecords],
    _ spine: String?
  ) throws -> AskedPair {
    guard let others = records[name.source], let residents = records[name.other],
      let source = staged.first(where: { $0.name == name.other })
    else { throw RunError.notStaged(stage: "link", source: name.other) }
    let record = try place(of: name.key, in: others, of: name.source)
    let resident = try place(of: name.otherKey, in: residents, of: name.other)
    guard spine != nil else {
      return AskedPair(
        resident: RecordNumbers(staged).number(others.identities[record], of: name.source),
        identity: RecordNumbers(staged).number(residents.identities[resident], of: name.other)
      )
    }
    let spineRecords = SpineRecords(residents, rowCounts: source.rowCounts)
    return AskedPair(
      resident: Int32(spineRecords.residentOfRecord[resident]),
      identity: others.identities[record]
    )
  }

  private static func place(
    of key: String,
    in records: TracedRecords,
    of source: String
  ) throws -> Int {
    switch try records.find(Array(key.utf8)) {
    case .record(let place): return place
    case .several: throw PairFault.severalRecords(source: source)
    case .lost where records.column == nil: throw PairFault.lost(source: source)
    case .lost, .unknown:
      throw PairFault.noRecord(
        source: source,
        rowCount: records.column == nil ? records.rowCount : nil
      )
    }
  }

  private static func explained(
    _ name: PairName,
    _ asked: AskedPair?,
    _ trial: Trial
  ) throws -> ExplainedPair {
    guard let asked,
      let linked = trial.linked.sources.first(where: { $0.source.name == name.source })
    else { throw RunError.notStaged(stage: "link", source: name.source) }
    guard let joined = trial.linked.deduplication else {
      return explained(name, asked, linked, trial)
    }
    return explained(asked, joined, trial)
  }

  private static func explained(
    _ name: PairName,
    _ asked: AskedPair,
    _ linked: LinkedSources.Linked,
    _ trial: Trial
  ) -> ExplainedPair {
    let stage = trial.pipeline.link
    let decision = LinkDecision(
      name: name,
      stage: stage,
      pair: asked,
      links: linked.links,
      report: linked.report
    )
    let weighed = linked.report?.weighed
    let residents = trial.linked.residents
    return ExplainedPair(
      decision: decision.words,
      explanation: weighed?.explanations.first { $0.pair == asked },
      report: weighed,
      population: "1 of \(counted(residents.table.rowCount, "resident"))",
      agreements: agreements(
        stage,
        weighed,
        (residents, asked.resident),
        (linked.source.identities, asked.identity)
      )
    )
  }

  /// Of two records without a spine.
  private static func explained(
    _ asked: AskedPair,
    _ joined: DeduplicationReport,
    _ trial: Trial
  ) -> ExplainedPair {
    let (stage, sources) = (trial.pipeline.link, trial.linked.sources)
    let numbers = RecordNumbers(sources.map(\.source))
    let (one, other) = (numbers.place(of: asked.resident), numbers.place(of: asked.identity))
    func person(_ place: (source: Int, identity: Int32)) -> Int32 {
      sources[place.source].links.persons[Int(place.identity)]
    }
    let weighed = joined.weighed
    let explanation = weighed?.explanations.first { $0.pair == asked }
    let found = agreements(
      stage,
      weighed,
      (sources[one.source].source.identities, one.identity),
      (sources[other.source].source.identities, other.identity)
    )
    func explained(_ decision: String) -> ExplainedPair {
      ExplainedPair(
        decision: decision,
        explanation: explanation,
        report: weighed,
        population: "any two of \(counted(joined.recordCount, "record"))",
        agreements: found
      )
    }
    let decision = JoinDecision(
      stage: stage,
      isOne: person(one) == person(other),
      isEqual: asked.resident == asked.identity,
      report: weighed,
      probability: explanation?.probability,
      agreements: found,
      block: explained("").blocks.first { $0.lacking.isEmpty }?.number
    )
    return explained(decision.words)
  }

  /// By column that a pass, a rule or a comparison looks at; the number too, for two bar a pair.
  private static func agreements(
    _ stage: LinkStage,
    _ report: ProbabilisticReport?,
    _ left: (table: PseudonymisedTable, record: Int32),
    _ right: (table: PseudonymisedTable, record: Int32)
  ) -> [String: FieldAgreement] {
    let blocked = Set((report?.rules ?? []).flatMap(\.columns))
    let numbers = [left, right].allSatisfy { $0.table.table["bsn"] != nil } ? ["bsn"] : []
    let columns = blocked.union(stage.comparedColumns).union(numbers).sorted()
    let found = Linkage.agreements(
      on: columns,
      left.table,
      Int(left.record),
      right.table,
      Int(right.record)
    )
    return Dictionary(uniqueKeysWithValues: zip(columns, found))
  }
}
