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
        let found = try Self.pair(name, staged, records, spine: name.spine)
        asked = found
        return [name.source: [found]]
      }
    ) { trial in
      try Self.explained(name, asked, trial)
    }
    title =
      "\(escapedForTerminal("\(name.source) \(name.key)")) – "
      + "\(escapedForTerminal("\(name.spine) \(name.spineKey)")): \(explained.decision)"
    rows = explained.explanation.map { Self.rows(of: $0, explained) } ?? Self.rows(of: explained)
    remarks = Self.remarks(of: explained)
  }

  private static func pair(
    _ name: PairName,
    _ staged: [StagedSource],
    _ records: [String: TracedRecords],
    spine: String
  ) throws -> AskedPair {
    guard let residents = records[spine], let others = records[name.source],
      let source = staged.first(where: { $0.name == spine })
    else { throw RunError.notStaged(stage: "link", source: spine) }
    let record = try place(of: name.key, in: others, of: name.source)
    let resident = try place(of: name.spineKey, in: residents, of: spine)
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
    let weighed = linked.report?.weighed
    let blocked = (weighed?.rules ?? []).flatMap(\.columns)
    let columns = Set(blocked).union(trial.pipeline.link.comparedColumns).sorted()
    let found = agreements(
      on: columns,
      trial.linked.residents,
      Int(asked.resident),
      linked.source.identities,
      Int(asked.identity)
    )
    let passes = linked.report?.passes ?? []
    let pass = Int(linked.links.passes[Int(asked.identity)])
    let falseShare = passes.indices.contains(pass) ? passes[pass].falseShare : nil
    return ExplainedPair(
      name: name,
      stage: trial.pipeline.link,
      pair: asked,
      links: linked.links,
      report: weighed,
      falseShare: falseShare,
      residentCount: trial.linked.residents.table.rowCount,
      agreements: Dictionary(uniqueKeysWithValues: zip(columns, found))
    )
  }
}
