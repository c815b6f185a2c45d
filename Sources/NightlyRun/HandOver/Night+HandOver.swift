import Cryptography
import Diagnostics
import Files
import Ingest
import PipelineFile
import Pseudonymisation
import Tabular

/// The last step at a supplier: pseudonyms of the first level, as packages for the region.
extension Night {
  /// Most of the bytes are tokens, which no level makes smaller; the least is the fastest.
  private static let gzipLevel: Int32 = 1
  /// Whose pseudonyms they are is known to supplier and region; to nobody else.
  private static let folderMode: UInt32 = 0o700
  private static let fileMode: UInt32 = 0o600

  /// The file that a folder of packages always has: the note of the first source.
  static func handOverMark(of pipeline: Pipeline) -> String {
    (pipeline.sources.first?.name ?? "") + DeliveryNote.ending
  }

  /// Writes a package for each source; all appear together, in place of those before.
  ///
  /// The log says what is handed over before it stands there.
  func handOver(_ staged: [StagedSource], _ key: NightKey, _ log: NightLog) throws -> RunOutcome {
    guard let target = pipeline.pseudonymise.handOver else { return try handedOver(log, []) }
    let folder = try AtomicFolder(
      target: target,
      run: id,
      mark: Self.handOverMark(of: pipeline),
      mode: Self.folderMode
    )
    var notes: [DeliveryNote] = []
    for (source, result) in zip(pipeline.sources, staged) {
      let path = "\(folder.stagingFolder)/\(source.name)\(DeliveryNote.linesEnding)"
      let columns = try writeLines(of: source, result, to: path)
      var note = DeliveryNote(
        source: source.name,
        period: pipeline.period?.label ?? "",
        scope: pipeline.pseudonymise.sourceRelease,
        fingerprint: key.fingerprint,
        standardisation: key.standardisation.identifier,
        encodings: columns.contains { $0.kind == .encoded } ? [FieldEncoding.name] : [],
        columns: columns,
        counts: Self.counts(of: result.account),
        byteCount: try OpenFile(reading: path).size(),
        sha256: try fileDigest(path),
        policy: log.pipelineDigest,
        toolVersion: Version.number,
        created: started
      )
      note.signature = try log.signature(of: note.signedBytes)
      try folder.write(note.bytes, to: source.name + DeliveryNote.ending, mode: Self.fileMode)
      notes.append(note)
    }
    let leaving = try preparedRecords(staged)
    do {
      if let leaving {
        let rules = key.standardisation.identifier
        try log.recordFiltersWritten(leaving.form, leaving.facts, rules)
      }
      try log.handOverWritten(notes)
      try folder.publish()
      if let leaving { try place(leaving, log) }
    } catch {
      try? log.blocked(exitStatus: (error as? any KoppelError)?.exitStatus ?? .internalFault)
      throw error
    }
    // What was handed over is the region's; here nobody compares names.
    try deleteFilters(of: staged, as: "handed-over", log)
    return try handedOver(log, notes)
  }

  private func handedOver(_ log: NightLog, _ notes: [DeliveryNote]) throws -> RunOutcome {
    try finish(log)
    for note in notes {
      observer.note(
        "\(note.source): \(grouped(note.counts.accepted)) rows handed over, "
          + "\(note.source)\(DeliveryNote.linesEnding)"
      )
    }
    return RunOutcome(
      exitStatus: options.strict && warningCount > 0 ? .warnings : .success,
      publishedFolder: nil,
      tables: [],
      warningCount: warningCount
    )
  }

  /// Writes the lines of a source in the order of their bytes.
  ///
  /// - Returns: their columns.
  private func writeLines(
    of source: Source,
    _ staged: StagedSource,
    to path: String
  ) throws -> [DeliveryNote.Column] {
    let empty = try staged.groupCount > 0 ? staged.group(0).rows.table.names : []
    var filters: [String: FieldFilters] = [:]
    for column in staged.filterFiles?.columns ?? [] {
      guard let found = staged.filters(of: column.name) else {
        throw RunError.notStaged(stage: "hand_over", source: source.name)
      }
      filters[column.name] = found
    }
    let lines = HandOverLines(
      source: source,
      stage: pipeline.pseudonymise,
      identities: staged.identities.table,
      rowNames: empty,
      filters: filters
    )
    var sorter = try LineSorter(in: folder.staging)
    let wave = options.workers * 2
    for first in stride(from: 0, to: staged.groupCount, by: wave) {
      let count = min(wave, staged.groupCount - first)
      let written = try concurrentChunks(count, workers: options.workers) { offset in
        lines.lines(of: try staged.group(first + offset))
      }
      for group in written { try sorter.append(group.text, ends: group.ends) }
    }
    var writer = try GzipWriter(path: path, level: Self.gzipLevel, mode: Self.fileMode)
    try writer.write(lines.header)
    try sorter.drain { block throws(FilesError) in try writer.write(block) }
    try writer.finish()
    return lines.columns
  }

  private static func counts(of account: SourceAccount) -> DeliveryNote.Counts {
    let optedOut = account.skipped[SkipReason.objection.rawValue] ?? 0
    return DeliveryNote.Counts(
      read: account.read,
      accepted: account.accepted,
      rejected: account.rejectedByReason,
      skipped: account.skippedCount - optedOut,
      optedOut: optedOut
    )
  }
}
