import Cryptography
import PipelineFile
import Synchronization
package import Tabular

/// Pseudonymises chunks of rows on one thread.
///
/// - Note: Clear identifiers pass through here.
package final class PseudonymiserWorker {
  let shared: Pseudonymiser
  private var makers: [MakerBox]
  private(set) var correctionKeys: CorrectionKeyBox?
  var orderCache: KeptTextCache
  private var identityCaches: [KeptTextCache]
  private var rowCaches: [KeptTextCache]
  private var partition: ShardPartition
  private var seen = SeenCodes()
  private var personCounts = CodeCounts()
  private var originCache: KeptTextCache
  private var sexCache: KeptTextCache
  private var numberScans: [IdentifierScan]
  /// Makes filters of whole records, where a partner gets them.
  private let records: RecordEncoder?

  init(_ shared: Pseudonymiser, number: Int) throws {
    self.shared = shared
    partition = ShardPartition(worker: number)
    makers = try shared.plan.lookUps.map { column in
      MakerBox(try TokenMaker(label: column.keyLabel, scope: shared.memos.scope))
    }
    if shared.plan.makesCorrections {
      correctionKeys = CorrectionKeyBox(
        try CorrectionKeyMaker(source: shared.plan.source, scope: shared.memos.scope)
      )
    }
    orderCache = KeptTextCache(shared.corrections.orders)
    originCache = KeptTextCache(shared.originTexts)
    sexCache = KeptTextCache(shared.sexTexts)
    numberScans = shared.plan.keptColumns.map { _ in IdentifierScan() }
    identityCaches = shared.identityTexts.map { KeptTextCache($0) }
    rowCaches = shared.rowTexts.map { KeptTextCache($0) }
    records = try shared.makeRecordEncoder()
  }

  /// Hands over what only this worker knows; call when it has no more chunks.
  package func finish() {
    shared.identities.add(seen)
    shared.personCounts.withLock { $0.add(personCounts) }
    shared.numberScans.withLock { scans in
      for (number, scan) in numberScans.enumerated() { scans[number].formUnion(scan) }
    }
  }

  /// Replaces the clear values of a chunk.
  ///
  /// - Parameters:
  ///   - batch: the rows, with the columns that the plan wants.
  ///   - file: the index of their file, or of the first one, for rejects.
  ///   - chunk: its ordinal.
  /// - Returns: rows without any clear identifier.
  /// - Throws: `PseudonymisationError`.
  package func pseudonymise(
    _ batch: consuming ClearBatch,
    file: Int,
    chunk: Int = 0
  ) throws(PseudonymisationError) -> PseudonymisedRows {
    var codes = shared.plan.lookUps.map { _ in [Int32]() }
    var places: [UInt16] = []
    var orders: [UInt64] = []
    let isDirect = shared.identities.isDirect
    if !isDirect { orders = Array(repeating: 0, count: batch.rowCount) }
    for column in shared.plan.tokens.indices {
      var highs = isDirect ? [] : [UInt64](repeating: 0, count: batch.rowCount)
      try shared.columnMemos[column].lookUp(
        batch,
        column: shared.plan.tokens[column].input,
        partition: &partition,
        maker: &makers[column].maker,
        codes: &codes[column],
        places: &places,
        highs: &highs
      )
      // The order of an identity follows from its tokens alone; identities are stored in it, so
      // that the order of the extract is lost. With one token it is the order of the tokens.
      let turn = orderTurn(ofColumn: column)
      for row in highs.indices { orders[row] ^= turned(highs[row], turn) }
    }
    for column in shared.plan.tokens.count..<codes.count {
      try lookUpInner(batch, column, &codes[column])
    }
    var rejects: [RejectedRow] = []
    var rejectedPersonCount = 0
    var blanked = shared.plan.tokens.map { _ in 0 }
    let objecting = objectingRows(codes)
    let judged = acceptedRows(
      batch,
      file,
      codes,
      without: objecting,
      &rejects,
      &rejectedPersonCount,
      &blanked
    )
    let accepted = withoutPersons(judged, batch)
    // Persons have an identity only where others are completed from them.
    let subjects = shared.plan.completes ? judged : accepted
    var identities: [Int32]
    if isDirect {
      identities = subjects.map { rows in rows.map { codes[0][$0] } } ?? codes[0]
      if let subjects { places = subjects.map { places[$0] } }
      for row in identities.indices where identities[row] < missingCode {
        identities[row] = missingCode
      }
      seen.insert(identities)
    } else {
      identities = Array(repeating: 0, count: subjects?.count ?? batch.rowCount)
      if let subjects { orders = subjects.map { orders[$0] } }
      places = orders.map { UInt16(truncatingIfNeeded: $0 >> 48) }
      try shared.identities.lookUp(
        identityKeys(batch, codes, subjects),
        orders: orders,
        partition: &partition,
        codes: &identities
      )
    }
    if shared.plan.completes && !batch.roles.isEmpty {
      let rows = subjects ?? Array(0..<batch.rowCount)
      for (place, row) in rows.enumerated() where batch.roles[row] == .person {
        personCounts.add(identities[place])
      }
      let standing = rows.indices.filter { batch.roles[rows[$0]] != .person }
      identities = standing.map { identities[$0] }
      places = standing.map { places[$0] }
    }
    let rowCount = identities.count

    var columns: [Column] = [.integers(identities.map { Int64($0) }, .number)]
    let firstRowColumn = shared.plan.identityColumns.count
    for number in shared.plan.rowColumns.indices {
      let values = keptValues(
        batch,
        shared.plan.rowColumns[number],
        &rowCaches[number],
        accepted
      )
      scan(values, of: shared.plan.rowColumns[number], at: firstRowColumn + number)
      columns.append(.integers(values, .number))
    }
    var names = ["identity"] + shared.plan.rowColumns.map(\.name)
    if shared.plan.asksLines {
      let rows = accepted ?? Array(0..<batch.rowCount)
      for column in shared.plan.uniqueColumns {
        names.append("unique " + column.name)
        columns.append(.integers(rows.map { Int64(codes[column.lookUp][$0]) }, .number))
      }
      names.append("place")
      let rowPlaces = rows.map { row in
        let rowFile = batch.files.isEmpty ? file : batch.files[row]
        return RowPlace(file: rowFile, line: Int(batch.cells[row * batch.stride])).word
      }
      columns.append(.integers(rowPlaces, .number))
    }
    let table = Table(
      names: names,
      columns: columns,
      rowCount: rowCount
    )
    return PseudonymisedRows(
      rows: .pseudonymised(table),
      batchRows: accepted,
      buckets: places.map { $0 >> shared.placeShift },
      rejects: rejects,
      blanked: blanked,
      rejectedPersonCount: rejectedPersonCount,
      objectedCount: objecting.count { batch.roles.isEmpty || batch.roles[$0] != .person },
      corrections: try keyedCorrections(batch, accepted),
      records: try records?.lines(
        batch,
        accepted,
        persons: shared.recordPerson.map { codes[$0] },
        chunk: chunk,
        file: file
      )
    )
  }

  /// These rows without those that only tell of a person; nil for all of the batch.
  private func withoutPersons(_ rows: [Int]?, _ batch: borrowing ClearBatch) -> [Int]? {
    if batch.roles.isEmpty { return rows }
    return (rows ?? Array(0..<batch.rowCount)).filter { batch.roles[$0] != .person }
  }

  /// Hashes a column whose tokens nobody is given.
  private func lookUpInner(
    _ batch: borrowing ClearBatch,
    _ column: Int,
    _ codes: inout [Int32]
  ) throws(PseudonymisationError) {
    var places: [UInt16] = []
    var highs: [UInt64] = []
    try shared.columnMemos[column].lookUp(
      batch,
      column: shared.plan.lookUps[column].input,
      partition: &partition,
      maker: &makers[column].maker,
      codes: &codes,
      places: &places,
      highs: &highs
    )
  }

  /// The rows of persons who object; none where rows are completed first, which may tell of more.
  private func objectingRows(_ codes: [[Int32]]) -> Set<Int> {
    guard let objections = shared.objections, !shared.plan.completes else { return [] }
    let column = codes[objections.column]
    guard shared.plan.tokens[objections.column].isArrived else {
      return Set(column.indices.filter { objections.persons.contains(column[$0]) })
    }
    // What arrives has numbers of its own: only its tokens can be compared.
    let memo = shared.columnMemos[objections.column]
    return Set(
      column.indices.filter {
        column[$0] >= 0 && objections.persons.contains(memo.token(ofCode: column[$0]))
      }
    )
  }

  /// The rows that stay and whose required values could be standardised; nil when all are.
  private func acceptedRows(
    _ batch: borrowing ClearBatch,
    _ file: Int,
    _ codes: [[Int32]],
    without objecting: Set<Int>,
    _ rejects: inout [RejectedRow],
    _ rejectedPersonCount: inout Int,
    _ blanked: inout [Int]
  ) -> [Int]? {
    var refused = objecting
    for (number, column) in shared.plan.tokens.enumerated() {
      for row in 0..<batch.rowCount where codes[number][row] < missingCode {
        // A text that is no token tells of a package that is not what it says.
        guard column.required || column.isArrived else {
          if !objecting.contains(row) { blanked[number] += 1 }
          continue
        }
        guard refused.insert(row).inserted else { continue }
        if !batch.roles.isEmpty && batch.roles[row] == .person { rejectedPersonCount += 1 }
        let reasons = RejectReason.allCases
        let reason = Int(ValueMemo.firstFault - codes[number][row])
        let cell = batch.cells[row * batch.stride + 1 + column.input]
        rejects.append(
          RejectedRow(
            file: batch.files.isEmpty ? file : batch.files[row],
            line: Int(batch.cells[row * batch.stride]),
            column: column.name,
            reason: reasons[min(reason, reasons.count - 1)],
            // A cell of a number is the value itself, which no message may hold.
            shape: column.holdsText ? "\(ClearBatch.textRange(cell).count) bytes" : ""
          )
        )
      }
    }
    if refused.isEmpty { return nil }
    return (0..<batch.rowCount).filter { !refused.contains($0) }
  }

  private func identityKeys(
    _ batch: borrowing ClearBatch,
    _ codes: [[Int32]],
    _ accepted: [Int]?
  ) -> [Int64] {
    let rowCount = accepted?.count ?? batch.rowCount
    let wordCount = shared.identities.wordCount
    var keys = [Int64](repeating: 0, count: rowCount * wordCount)
    let tokenCount = shared.plan.tokens.count
    for column in 0..<tokenCount {
      for row in 0..<rowCount {
        let code = codes[column][accepted?[row] ?? row]
        keys[row * wordCount + column] = Int64(max(code, missingCode))
      }
    }
    for number in shared.plan.identityColumns.indices {
      let values = keptValues(
        batch,
        shared.plan.identityColumns[number],
        &identityCaches[number],
        accepted
      )
      scan(values, of: shared.plan.identityColumns[number], at: number)
      let word = tokenCount + number
      for row in 0..<rowCount { keys[row * wordCount + word] = values[row] }
    }
    if let completion = shared.plan.completion {
      addCompletionWords(completion, batch, codes, accepted, to: &keys)
    }
    return keys
  }

  /// Notes numbers of a kept column that may be those of persons.
  private func scan(_ values: [Int64], of column: SourcePlan.KeptColumn, at number: Int) {
    guard column.mayHoldNumbers else { return }
    let scale: Int64 = column.type == .decimal ? 10_000 : 1
    for value in values where value != missingInteger && value >= 10_000_000 * scale {
      if value % scale == 0 { numberScans[number].add(number: value / scale) }
    }
  }

  /// What rows are joined by, judged by and told by; behind the kept values.
  private func addCompletionWords(
    _ completion: SourcePlan.Completion,
    _ batch: borrowing ClearBatch,
    _ codes: [[Int32]],
    _ accepted: [Int]?,
    to keys: inout [Int64]
  ) {
    let rowCount = accepted?.count ?? batch.rowCount
    let wordCount = shared.identities.wordCount
    let first = wordCount - SourcePlan.Completion.wordCount
    let sexes = completion.sex.map { keptValues(batch, $0, &sexCache, accepted) }
    var origins: [Int64]
    switch completion.origin {
    case .column(let column): origins = keptValues(batch, column, &originCache, accepted)
    case .word(let word):
      origins = Array(repeating: originCode(of: word), count: rowCount)
    }
    for place in 0..<rowCount {
      let row = accepted?[place] ?? place
      let words = place * wordCount + first
      keys[words] = Int64(max(codes[completion.join][row], missingCode))
      keys[words + 1] = Int64(
        completion.birthDate.map { max(codes[$0][row], missingCode) } ?? missingCode
      )
      keys[words + 2] = sexes?[place] ?? missingInteger
      if !batch.roles.isEmpty && batch.roles[row] == .event {
        keys[words + 3] = missingInteger
      } else if origins[place] == missingInteger {
        // Nameless, but no row that is to be completed.
        keys[words + 3] = originCode(of: "")
      } else {
        keys[words + 3] = origins[place]
      }
    }
  }

  private func originCode(of word: String) -> Int64 {
    unsafe Array(word.utf8).withUnsafeBufferPointer {
      unsafe Int64(originCache.code(of: $0))
    }
  }
}
