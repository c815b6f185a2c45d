import Synchronization
package import Tabular

/// Pseudonymises the rows of one source; shared by the workers of a run.
///
/// - Note: Clear identifiers pass through here.
package final class Pseudonymiser: Sendable {
  package let plan: SourcePlan
  /// How many parts the token order is cut into; a power of two, at most 32,768.
  package let bucketCount: Int
  let memos: TokenMemos
  /// Who objects, and in which token column it shows; nil where none can.
  let objections: (persons: Objections, column: Int)?
  /// What filters of records are made with; nil where nobody gets them.
  package let recordKeys: RecordKeys?
  /// One a column of `SourcePlan.lookUps`.
  let columnMemos: [ValueMemo]
  let identities: IdentityIndex
  let identityTexts: [KeptTexts]
  let rowTexts: [KeptTexts]
  /// What client rows are called, where rows are completed from them.
  let originTexts: KeptTexts
  let sexTexts = KeptTexts()
  /// Of each identity, how many rows only tell of it.
  let personCounts = Mutex(CodeCounts())
  let corrections = CorrectedRows()
  /// One an identity column, then one a row column: the numbers that may be identifiers.
  let numberScans: Mutex<[IdentifierScan]>
  private let workerCount = Atomic<Int>(0)

  /// Prepares for one source.
  ///
  /// - Parameters:
  ///   - plan: what becomes of its columns.
  ///   - memos: of the run.
  ///   - bucketCount: into how many parts rows are put aside; rounded up to a power of two.
  ///   - objections: of the run; nil without a list.
  ///   - recordKeys: of the run; nil where no partner gets filters.
  package init(
    plan: SourcePlan,
    memos: TokenMemos,
    bucketCount: Int,
    objections: Objections? = nil,
    recordKeys: RecordKeys? = nil
  ) {
    self.plan = plan
    self.recordKeys = recordKeys
    self.memos = memos
    self.objections = objections.flatMap { persons in
      persons.column(of: plan).map { (persons: persons, column: $0) }
    }
    var rounded = 1
    while rounded < min(bucketCount, 1 << 15) { rounded <<= 1 }
    self.bucketCount = rounded
    columnMemos = plan.lookUps.map { memos.memo(for: $0) }
    identities = IdentityIndex(
      tokenCount: plan.tokens.count,
      keptCount: plan.identityColumns.count
        + (plan.completes ? SourcePlan.Completion.wordCount : 0)
    )
    identityTexts = plan.identityColumns.map { _ in KeptTexts() }
    rowTexts = plan.rowColumns.map { _ in KeptTexts() }
    numberScans = Mutex(plan.keptColumns.map { _ in IdentifierScan() })
    originTexts = plan.completion?.originColumn.map { [rowTexts] in rowTexts[$0] } ?? KeptTexts()
  }

  /// What one worker needs beside it.
  package func worker() throws -> PseudonymiserWorker {
    let number = workerCount.add(1, ordering: .relaxed).oldValue
    return try PseudonymiserWorker(self, number: number)
  }

  /// Where the token that tells persons apart stands in `SourcePlan.tokens`; nil where none does.
  var recordPerson: Int? {
    plan.personColumn.flatMap { person in
      plan.tokens.firstIndex { $0.name == person.name && $0.isStaged && !$0.isFilter }
    }
  }

  /// The token behind the code of a person in `RecordRow`.
  package func token(ofRecordPerson code: Int32) -> Token {
    recordPerson.map { columnMemos[$0].token(ofCode: code) } ?? .missing
  }

  /// One a worker; nil where nobody gets filters of records.
  func makeRecordEncoder() throws -> RecordEncoder? {
    guard let form = plan.recordForm, let recordKeys else { return nil }
    return try RecordEncoder(plan.recordColumns, form, recordKeys, memos.standardisation)
  }

  /// Notes what the rows of a chunk do to others; to be called once a chunk where the plan settles.
  package func note(_ rows: PseudonymisedRows, chunk: Int) {
    if plan.makesCorrections { corrections.add(rows.corrections, chunk: chunk) }
  }

  /// What kept columns hold that leads to persons; to be asked when all chunks are pseudonymised and
  /// before anything is staged.
  ///
  /// - Returns: at most one finding a column, in the order of the plan.
  package func findings() -> [IdentifierFinding] {
    let texts = identityTexts + rowTexts
    var scans = numberScans.withLock { $0 }
    return plan.keptColumns.indices.compactMap { number in
      let column = plan.keptColumns[number]
      if column.isText { texts[number].add(to: &scans[number]) }
      return scans[number].finding(
        source: plan.source,
        column: column.name,
        numbersAreReviewed: column.isReviewed
      )
    }
  }

  /// How far the first 16 bits of an order move to give its bucket.
  var placeShift: UInt16 { UInt16(16 - bucketCount.trailingZeroBitCount) }

  /// The bucket of an identity with that place in token order.
  func bucket(ofOrder order: UInt64) -> Int { Int(order >> 48) >> Int(placeShift) }
}
