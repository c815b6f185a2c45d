import Diagnostics
import Dispatch
import Files
import Ingest
import PipelineFile
import Pseudonymisation
import Synchronization
import Tabular

/// Reads one source and stages it: extract to tokens in one pass.
///
/// - Note: Clear identifiers pass through here.
struct SourceStaging: Sendable {
  let source: Source
  let plan: SourcePlan
  let received: [InboxFile]
  /// Of the period; nil when the pipeline names none.
  let lastDay: CivilDate?
  let folder: String
  let workers: Int
  /// What the staged table is made from, but for its files and the key.
  let definition: String
  /// The fingerprint of the key.
  let key: String
  /// A source of fewer persons is refused.
  let minimumPersons: Int
  /// Who objects; nil without a list.
  let objections: Objections?
  /// What stands for their list in what is staged; empty without one.
  let objectionsMark: String
  /// For what messages say of themselves.
  let digester: MessageDigester
  let observer: any RunObserver
  /// What packages must be made with; nil for what arrives in clear.
  var package: ExpectedPackage?
  /// What filters for a partner are made with; nil where nobody gets any.
  var recordKeys: RecordKeys?
  /// Whether tokens are of the first level.
  var isOfSourceLevel = false
  /// Remembers which record became which identity, in memory alone; nil in any night.
  var trace: RecordTrace?

  var files: [String] { received.map(\.path) }

  /// Rows of a bucket: enough to be read at once, few enough to be sorted in memory.
  private static let rowsInBucket = 1 << 18
  /// The shortest row that extracts have, for choosing the number of buckets.
  private static let bytesInRow = 32
  /// Small enough for the cache of a core; larger only where there would be too many of them.
  private static let chunkSizes = 1 << 20...1 << 24
  private static let chunkLimit = 4096

  /// Reads the files and writes the staged table.
  ///
  /// A message that turns out to be faulty behind rows that were handed out costs a second reading,
  /// without it.
  ///
  /// - Parameters:
  ///   - memos: what is known of tokens.
  ///   - verdicts: files, by their index, of which no row is wanted.
  ///   - known: what an earlier reading found of each file.
  /// - Returns: the staged source, its identities still in memory.
  /// - Throws: `IngestError`, `PseudonymisationError`, `FilesError`, `RunError`: of the lowest chunk.
  func run(
    memos: TokenMemos,
    verdicts: [Int: FileVerdict],
    known: [DeliveryFigures.File]
  ) throws -> StagedSource {
    var verdicts = verdicts
    while true {
      do {
        return try readAndWrite(memos, verdicts, known)
      } catch IngestError.refusedLate(let file) where verdicts[file.file] == nil {
        verdicts[file.file] = .refused(file)
      }
    }
  }

  private func readAndWrite(
    _ memos: TokenMemos,
    _ verdicts: [Int: FileVerdict],
    _ known: [DeliveryFigures.File]
  ) throws -> StagedSource {
    trace?.begin()
    let totalBytes = try files.reduce(0) { try $0 + OpenFile(reading: $1).size() }
    let inflated = files.contains { $0.hasSuffix(".gz") } ? totalBytes * 8 : totalBytes
    let pseudonymiser = Pseudonymiser(
      plan: plan,
      memos: memos,
      bucketCount: inflated / Self.bytesInRow / Self.rowsInBucket + 1,
      objections: objections,
      recordKeys: recordKeys
    )
    let records = recordFiles == nil ? nil : try RecordSpill(in: folder)
    let spill = try StagedSpill(in: folder, bucketCount: pseudonymiser.bucketCount)
    let reading = try read(pseudonymiser, into: spill, records, verdicts, byteCount: inflated)
    let findings = pseudonymiser.findings()
    guard !findings.contains(where: \.stops) else {
      throw PseudonymisationError.identifiersKept(findings.filter(\.stops))
    }
    guard plan.settles else {
      var account = try reading.tally.account(
        deliveries: reading.deliveries,
        verdicts: verdicts,
        known: known
      )
      account.name(received)
      account.add(findings)
      let ordered = OrderedIdentities(of: pseudonymiser, workers: workers)
      return try write(pseudonymiser, ordered, spill, records, refused: [], account)
    }
    var tally = reading.tally
    var refused: Set<RecordRow.Place> = []
    let settled = try settle(pseudonymiser, reading.waiting, into: spill, &tally, &refused)
    var account = try tally.account(
      deliveries: reading.deliveries,
      verdicts: verdicts,
      known: known
    )
    account.name(received)
    account.add(findings)
    return try write(pseudonymiser, settled, spill, records, refused: refused, account)
  }

  /// What is known when all files are read.
  private struct Reading {
    let tally: SourceTally
    let deliveries: [Delivery]
    /// Rows that do something to each other.
    let waiting: StagedSpill?
  }

  private func read(
    _ pseudonymiser: Pseudonymiser,
    into spill: StagedSpill,
    _ partnerLines: RecordSpill?,
    _ verdicts: [Int: FileVerdict],
    byteCount: Int
  ) throws -> Reading {
    let reader = try ExtractReader(
      source: source,
      wanted: plan.wanted + (trace?.wanted(beside: plan.wanted) ?? []),
      files: files,
      lastDay: lastDay,
      chunkSize: min(
        max(byteCount / Self.chunkLimit, Self.chunkSizes.lowerBound),
        Self.chunkSizes.upperBound
      ),
      verdicts: verdicts,
      // What is counted by period is counted chunk by chunk.
      chunkBeginnings: Set(
        received.indices.dropFirst().filter {
          received[$0].otherPeriod != received[$0 - 1].otherPeriod
        }
      )
    )
    // Rows of a source that settles wait as they came, to be judged in order.
    let waiting = plan.settles ? try StagedSpill(in: folder, bucketCount: 1) : nil
    let tally = Mutex(
      SourceTally(source: source, plan: plan, otherPeriods: received.map(\.otherPeriod))
    )
    let failed = Atomic<Bool>(false)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      var ordinal = 0
      do {
        let parser = try reader.makeParser()
        parser.numbersRows = trace != nil
        let worker = try pseudonymiser.worker()
        while !failed.load(ordering: .relaxed) {
          // A reader's fault belongs behind all chunks that it has handed out.
          ordinal = .max
          guard let chunk = try reader.next() else {
            worker.finish()
            return
          }
          ordinal = chunk.ordinal
          let parsed = try parser.parse(chunk)
          let facts = try digester.facts(of: parsed)
          let records = try trace?.records(of: parsed, planned: plan.wanted)
          let pseudonymised = try worker.pseudonymise(
            parsed.batch,
            file: parsed.file,
            chunk: parsed.ordinal
          )
          if let records { trace?.note(records, pseudonymised, chunk: parsed.ordinal) }
          if let lines = pseudonymised.records { try partnerLines?.append(lines) }
          if let waiting {
            pseudonymiser.note(pseudonymised, chunk: parsed.ordinal)
            let buckets = [UInt16](repeating: 0, count: pseudonymised.buckets.count)
            try waiting.append(pseudonymised.rows, buckets: buckets, chunk: parsed.ordinal)
          } else {
            try spill.append(
              pseudonymised.rows,
              buckets: pseudonymised.buckets,
              chunk: parsed.ordinal
            )
          }
          let rows = tally.withLock { tally in
            tally.add(parsed, pseudonymised, facts)
            return tally.readCount
          }
          observer.progress(source.name, rows: rows)
        }
      } catch {
        failed.store(true, ordering: .relaxed)
        tally.withLock { $0.fail(error, at: ordinal) }
      }
    }
    let read = tally.withLock { $0 }
    try read.checkComplete()
    return Reading(tally: read, deliveries: reader.deliveries, waiting: waiting)
  }

  /// Judges the rows that waited, and puts those aside by bucket that stand.
  private func settle(
    _ pseudonymiser: Pseudonymiser,
    _ waiting: StagedSpill?,
    into spill: StagedSpill,
    _ tally: inout SourceTally,
    _ refusedRows: inout Set<RecordRow.Place>
  ) throws -> OrderedIdentities {
    var settlement = try RowSettlement(of: pseudonymiser, workers: workers)
    let chunkCount = waiting?.chunkCount ?? 0
    let columnCount = RowSettlement.columnCount(plan)
    for position in 0..<chunkCount {
      guard let (chunk, columns) = try waiting?.chunk(at: position, columnCount: columnCount)
      else { continue }
      let before = settlement.replacedCount + settlement.removedCount
      let rejects = settlement.judge(chunk: chunk, columns: columns)
      let takenOut = settlement.replacedCount + settlement.removedCount - before
      tally.note(takenOut: takenOut, objected: 0, inChunk: chunk)
      tally.refuse(rejects, inChunk: chunk)
      refusedRows.formUnion(rejects.map { .init(chunk: chunk, file: $0.file, line: $0.line) })
    }
    var ordered = try settlement.order(workers: workers)
    tally.settle(settlement)
    let judged = settlement
    let refused = try concurrentChunks(chunkCount, workers: workers) { position in
      guard let (chunk, columns) = try waiting?.chunk(at: position, columnCount: columnCount)
      else { return (chunk: position, objected: 0, rejects: [RejectedRow]()) }
      let settled = judged.settled(chunk: chunk, columns: columns)
      try spill.append(settled.rows, buckets: settled.buckets, chunk: chunk)
      trace?.settle(goes: settled.goes, chunk: chunk)
      return (chunk: chunk, objected: settled.objectedCount, rejects: settled.rejects)
    }
    for (chunk, objected, rejects) in refused {
      tally.note(takenOut: 0, objected: objected, inChunk: chunk)
      tally.refuse(rejects, inChunk: chunk)
      refusedRows.formUnion(rejects.map { .init(chunk: chunk, file: $0.file, line: $0.line) })
    }
    ordered.forgetOtherTexts(of: pseudonymiser)
    return ordered
  }

  private func write(
    _ pseudonymiser: Pseudonymiser,
    _ ordered: OrderedIdentities,
    _ spill: StagedSpill,
    _ records: RecordSpill?,
    refused: Set<RecordRow.Place>,
    _ account: SourceAccount
  ) throws -> StagedSource {
    guard ordered.identities.table.rowCount == 0 || hasEnoughPersons(ordered.identities.table)
    else {
      throw PseudonymisationError.fewPersons(source: source.name, minimum: minimumPersons)
    }
    trace?.finish(ordered)
    let columnCount = plan.rowColumns.count + 1
    let empty = ordered.group(
      bucket: 0,
      columns: Array(repeating: [], count: columnCount)
    )
    let digest = try StageDigest.staged(
      definition: definition,
      key: key,
      deliveries: account.madeFrom
    )
    try filterFiles.write(ordered, pseudonymiser, madeFrom: digest, workers: workers)
    if let records, let recordKeys, let form = plan.recordForm {
      try recordFiles?.write(
        records,
        pseudonymiser,
        refused: refused,
        facts: RecordFacts(madeFrom: digest, mark: recordKeys.mark, encoding: form.encoding),
        isOfSourceLevel: isOfSourceLevel
      )
    }
    var writer = try StagedTableWriter(
      path: path,
      facts: [
        "source": .string(source.name), "definition": .string(definition),
        "objections": .string(objectionsMark),
        "key": .string(key), "level": isOfSourceLevel ? "source" : "region",
        "made_from": .string(digest), "account": account.json,
      ],
      identities: ordered.identities,
      rowColumns: empty.rows,
      workers: workers
    )
    // In waves, so that memory holds a few groups and not the table.
    let wave = workers * 2
    var rowCounts: [Int32] = []
    var bucket = 0
    while bucket < pseudonymiser.bucketCount {
      let first = bucket
      let count = min(wave, pseudonymiser.bucketCount - bucket)
      let groups = try concurrentChunks(count, workers: workers) { offset in
        let columns = try spill.columns(ofBucket: first + offset, columnCount: columnCount)
        let group = ordered.group(bucket: first + offset, columns: columns)
        return (bytes: StagedTableWriter.encoded(group), rowCounts: group.rowCounts)
      }
      try writer.append(groups.map(\.bytes), workers: workers)
      for group in groups { rowCounts += group.rowCounts }
      bucket += count
    }
    try writer.finish()
    return StagedSource(
      name: source.name,
      account: account,
      digest: digest,
      identities: ordered.identities,
      rowCounts: rowCounts,
      table: try StagedTable(path: path, justWritten: true)
    )
  }

  /// One person may have many identities: an address changes, a person does not.
  private func hasEnoughPersons(_ identities: Table) -> Bool {
    guard minimumPersons > 0 else { return true }
    guard let column = plan.personColumn, case .tokens(let tokens)? = identities[column.name] else {
      return identities.rowCount >= minimumPersons
    }
    return tokens.values.count >= minimumPersons
  }

  /// Where the staged table of a source stands.
  var path: String { "\(folder)/\(source.name).staged" }

  var filterFiles: FilterFiles {
    FilterFiles(folder: folder, source: source.name, columns: plan.filters)
  }

  /// Where filters for a partner lie; nil where nobody gets any of this source.
  var recordFiles: RecordFilterFiles? {
    plan.recordForm == nil || recordKeys == nil
      ? nil : RecordFilterFiles(folder: folder, source: source.name)
  }

  /// Whether the filters for a partner lie there, made of that table with the same secret.
  func recordsAreCurrent(madeFrom digest: String) -> Bool {
    guard let recordFiles else { return true }
    return recordFiles.facts(madeFrom: digest)?.mark == recordKeys?.mark
  }

  /// What stands there, when this run would stage the same from the same files.
  var found: StagedSource? {
    StagedSource(
      name: source.name,
      path: path,
      definition: definition,
      key: key,
      objections: objectionsMark
    )
  }
}
