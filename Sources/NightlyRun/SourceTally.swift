import Diagnostics
import Ingest
import PipelineFile
import Pseudonymisation
import Tabular

/// Adds up what the workers found in the chunks of a source.
///
/// Chunks come in any order; the account is the same whatever the order.
struct SourceTally {
  private struct Chunk {
    let file: Int
    let lineCount: Int
    var rejects: [RejectedRow]
  }

  private let source: Source
  private let plan: SourcePlan
  /// By file: the period that it is of, where it is not of the delivery itself.
  private let otherPeriods: [String?]
  private var chunks: [Int: Chunk] = [:]
  private var heldRejectCount = 0
  private var failure: (ordinal: Int, error: any Error)?
  private var account = SourceAccount()
  private var figures: FiguresTally
  /// What the bytes beyond ASCII of each file look like.
  private var oddities: [Int: FileFacts] = [:]

  init(source: Source, plan: SourcePlan, otherPeriods: [String?]) {
    self.source = source
    self.plan = plan
    self.otherPeriods = otherPeriods
    figures = FiguresTally(source: source, otherPeriods: otherPeriods)
  }

  var readCount: Int { account.read }

  mutating func add(
    _ parsed: ParsedChunk,
    _ pseudonymised: PseudonymisedRows,
    _ facts: [MessageDigester.Facts]
  ) {
    figures.add(parsed, facts)
    for told in parsed.facts where !told.highBytes.isEmpty || told.amountMismatches > 0 {
      oddities[told.file, default: FileFacts(file: told.file)].highBytes
        .formUnion(told.highBytes)
      oddities[told.file, default: FileFacts(file: told.file)].amountMismatches +=
        told.amountMismatches
    }
    let refused = pseudonymised.rejects
    if otherPeriods[parsed.file] != nil {
      account.others.accepted +=
        parsed.accepted - refused.count + pseudonymised.rejectedPersonCount
        - pseudonymised.objectedCount
      for (reason, count) in parsed.rejectedByReason {
        account.others.rejected[reason.rawValue, default: 0] += count
      }
      for reject in refused { account.others.rejected[reject.reason.rawValue, default: 0] += 1 }
    }
    account.read += parsed.read
    account.accepted += parsed.accepted - refused.count + pseudonymised.rejectedPersonCount
    account.rejected += parsed.rejected + refused.count
    for (reason, count) in parsed.skipped { account.skipped[reason.rawValue, default: 0] += count }
    object(pseudonymised.objectedCount)
    if pseudonymised.rejectedPersonCount > 0 {
      account.skipped[SkipReason.otherType.rawValue, default: 0] -=
        pseudonymised.rejectedPersonCount
    }
    for (reason, count) in parsed.rejectedByReason {
      account.rejectedByReason[reason.rawValue, default: 0] += count
    }
    for reject in refused {
      account.rejectedByReason[reject.reason.rawValue, default: 0] += 1
    }
    account.refusals += parsed.refused.map { file in
      let element = file.fault.element.map { " (\($0))" } ?? ""
      return SourceAccount.Refusal(
        file: file.file,
        line: file.place.line,
        sentence: "message refused\(element): \(file.fault.sentence)",
        hint: file.fault.hint
      )
    }
    for (column, count) in zip(source.columns, parsed.blanked) where count > 0 {
      account.blanked[column.name, default: 0] += count
    }
    for (column, count) in zip(source.columns, parsed.keptCodes) where count > 0 {
      account.unknownCodes[column.name, default: 0] += count
    }
    for (column, count) in zip(plan.tokens, pseudonymised.blanked) where count > 0 {
      account.blanked[column.name, default: 0] += count
    }
    chunks[parsed.ordinal] = Chunk(
      file: parsed.file,
      lineCount: parsed.lineCount,
      rejects: refused.isEmpty
        ? parsed.rejects : (parsed.rejects + refused).sorted(by: Self.isEarlier)
    )
    heldRejectCount += parsed.rejects.count + refused.count
    if heldRejectCount > 4 * SourceAccount.rejectLimit { forgetLateRejects() }
  }

  /// Whether a row stands before another of its chunk, which may hold several documents.
  private static func isEarlier(_ left: RejectedRow, _ right: RejectedRow) -> Bool {
    (left.file, left.line) < (right.file, right.line)
  }

  /// Rows of a chunk that are refused after all, once other rows are known; in file order.
  mutating func refuse(_ rows: [RejectedRow], inChunk ordinal: Int) {
    guard !rows.isEmpty, var chunk = chunks[ordinal] else { return }
    account.accepted -= rows.count
    account.rejected += rows.count
    for row in rows { account.rejectedByReason[row.reason.rawValue, default: 0] += 1 }
    if otherPeriods[chunk.file] != nil {
      account.others.accepted -= rows.count
      for row in rows { account.others.rejected[row.reason.rawValue, default: 0] += 1 }
    }
    chunk.rejects = (chunk.rejects + rows).sorted(by: Self.isEarlier)
    chunks[ordinal] = chunk
    heldRejectCount += rows.count
    if heldRejectCount > 4 * SourceAccount.rejectLimit { forgetLateRejects() }
  }

  /// Notes rows of a chunk that others replaced or took back, or whose person objects: `settle` counts
  /// them among all rows of the source.
  mutating func note(takenOut: Int, objected: Int, inChunk ordinal: Int) {
    guard let chunk = chunks[ordinal], otherPeriods[chunk.file] != nil else { return }
    account.others.accepted -= takenOut + objected
    account.others.takenOut += takenOut
  }

  /// Rows that are skipped because their person objects.
  private mutating func object(_ count: Int) {
    guard count > 0 else { return }
    account.accepted -= count
    account.skipped[SkipReason.objection.rawValue, default: 0] += count
  }

  /// What the rows of the source did to each other.
  mutating func settle(_ settlement: RowSettlement) {
    let skipped: [(reason: SkipReason, count: Int)] = [
      (.replaced, settlement.replacedCount), (.removed, settlement.removedCount),
    ]
    for (reason, count) in skipped where count > 0 {
      account.accepted -= count
      account.skipped[reason.rawValue, default: 0] += count
      account.takenOutCount += count
    }
    object(settlement.objectedCount)
    account.removalsWithoutTarget = settlement.removalsWithoutTarget
    account.completed = settlement.completedCount
    account.contradicting = settlement.contradictingCount
  }

  /// Lets go of rejects that nobody will tell, however many a source has.
  ///
  /// A chunk that comes later can only push more of them behind the limit.
  private mutating func forgetLateRejects() {
    heldRejectCount = 0
    for ordinal in chunks.keys.sorted() {
      guard var chunk = chunks[ordinal], !chunk.rejects.isEmpty else { continue }
      chunk.rejects = Array(chunk.rejects.prefix(SourceAccount.rejectLimit - heldRejectCount))
      heldRejectCount += chunk.rejects.count
      chunks[ordinal] = chunk
    }
  }

  mutating func fail(_ error: any Error, at ordinal: Int) {
    if ordinal < failure?.ordinal ?? .max || failure == nil { failure = (ordinal, error) }
  }

  /// Throws the error of the lowest chunk, if one failed.
  func checkComplete() throws {
    if let failure { throw failure.error }
  }

  /// The account of the source, once all chunks are in.
  ///
  /// - Parameters:
  ///   - deliveries: the files, in their order.
  ///   - verdicts: of files that were passed over.
  ///   - known: what an earlier reading found of those.
  /// - Returns: an account that adds up.
  /// - Throws: the error of the lowest chunk, or `RunError.unbalanced`.
  func account(
    deliveries: [Delivery],
    verdicts: [Int: FileVerdict],
    known: [DeliveryFigures.File]
  ) throws -> SourceAccount {
    try checkComplete()
    var account = account
    account.figures = try figures.figures(of: deliveries, verdicts: verdicts, known: known)
    account.refusals.sort { $0.file < $1.file }
    for (file, found) in oddities.sorted(by: { $0.key < $1.key }) {
      account.remarks += FileWarning.all(of: found).map {
        SourceAccount.Refusal(file: file, line: 0, sentence: $0.sentence, hint: $0.hint)
      }
    }
    account.deliveries = deliveries.map {
      SourceAccount.Delivery(
        name: maskedName($0.fileName),
        sha256: $0.sha256,
        byteCount: $0.byteCount,
        content: $0.content
      )
    }
    var linesBefore = [Int](repeating: 0, count: otherPeriods.count)
    for ordinal in chunks.keys.sorted() {
      guard let chunk = chunks[ordinal] else { continue }
      for reject in chunk.rejects where account.rejects.count < SourceAccount.rejectLimit {
        var placed = reject
        placed.line += linesBefore[chunk.file]
        account.rejects.append(placed)
      }
      linesBefore[chunk.file] += chunk.lineCount
    }
    guard account.balances else {
      throw RunError.unbalanced(
        source: source.name,
        account:
          "read \(account.read), accepted \(account.accepted), rejected \(account.rejected), "
          + "skipped \(account.skippedCount)"
      )
    }
    return account
  }
}
