import Synchronization
package import Tabular

/// What the rows of one source do to each other, decided when all of them are read.
///
/// Rows wait in a file until then, chunk by chunk. They are judged in order, one chunk after the
/// other, then settled in any: rows that do not stand are left out, the others get their bucket.
package struct RowSettlement: Sendable {
  /// Rows in whose place another stands.
  package private(set) var replacedCount = 0
  /// Rows that were taken back, and those that did so.
  package private(set) var removedCount = 0
  /// Rows that take back what nobody sent.
  package let removalsWithoutTarget: Int
  /// Rows that were completed from client rows.
  package private(set) var completedCount = 0
  /// Client rows that disagree on birth date or sex, so that nothing was completed from them.
  package private(set) var contradictingCount = 0
  /// Rows that were left out because their person objects.
  package private(set) var objectedCount = 0
  private let pseudonymiser: Pseudonymiser
  private let drops: [CorrectedRows.Drop]
  private var nextDrop = 0
  private var uniqueness: [UniqueValues]
  /// The rows of a chunk that do not stand, for chunks that have some.
  private var dropped: [Int: [Bool]] = [:]
  private var rowCounts = CodeCounts()
  /// By the code of an identity + 1.
  private var buckets: [UInt16] = []
  /// By the code of an identity + 1: what it was completed from; empty where nothing is completed.
  private var origins: [Int32] = []
  /// By the code of an identity + 1: whether its person objects; empty where none does.
  private var objecting: [Bool] = []
  /// By the code of an identity + 1: the required column that it lacks; empty where none can.
  private var lacking: [Int32] = []

  /// Begins when all rows are in and every worker has finished.
  ///
  /// - Parameters:
  ///   - pseudonymiser: of the source.
  ///   - workers: how many threads may sort.
  /// - Throws: what threads may throw; sorting, which is all they do here, never does.
  package init(of pseudonymiser: Pseudonymiser, workers: Int) throws {
    self.pseudonymiser = pseudonymiser
    let outcome = try pseudonymiser.corrections.resolve(workers: workers)
    drops = outcome.drops
    removalsWithoutTarget = outcome.removalsWithoutTarget
    uniqueness = pseudonymiser.plan.uniqueColumns.map {
      UniqueValues(of: pseudonymiser.columnMemos[$0.lookUp])
    }
  }

  /// How many columns a row has that waits.
  package static func columnCount(_ plan: SourcePlan) -> Int {
    1 + plan.rowColumns.count + plan.uniqueColumns.count + (plan.asksLines ? 1 : 0)
  }

  /// Decides which rows of a chunk stand; to be called for every chunk, in order.
  ///
  /// - Parameters:
  ///   - chunk: its place in the source.
  ///   - columns: of its rows, as they were put aside.
  /// - Returns: rows that are refused after all; lines count within the chunk.
  package mutating func judge(
    chunk: Int,
    columns: [[Int64]]
  ) -> [RejectedRow] {
    let rowCount = columns[0].count
    var goes = [Bool](repeating: false, count: rowCount)
    var goneCount = 0
    while nextDrop < drops.count && drops[nextDrop].chunk == chunk {
      goes[Int(drops[nextDrop].row)] = true
      if drops[nextDrop].isRemoved { removedCount += 1 } else { replacedCount += 1 }
      goneCount += 1
      nextDrop += 1
    }
    let rejects = refuseRepeated(columns, &goes)
    for row in 0..<rowCount where !goes[row] {
      rowCounts.add(Int32(truncatingIfNeeded: columns[0][row]))
    }
    if goneCount + rejects.count > 0 { dropped[chunk] = goes }
    return rejects
  }

  private mutating func refuseRepeated(
    _ columns: [[Int64]],
    _ goes: inout [Bool]
  ) -> [RejectedRow] {
    guard !uniqueness.isEmpty else { return [] }
    let first = 1 + pseudonymiser.plan.rowColumns.count
    var rejects: [RejectedRow] = []
    for row in goes.indices where !goes[row] {
      let repeated = uniqueness.indices.first { number in
        uniqueness[number].contains(Int32(truncatingIfNeeded: columns[first + number][row]))
      }
      if let repeated {
        goes[row] = true
        let place = RowPlace(word: columns[first + uniqueness.count][row])
        rejects.append(
          RejectedRow(
            file: place.file,
            line: place.line,
            column: pseudonymiser.plan.uniqueColumns[repeated].name,
            reason: .unique,
            // The value is not known here any more, only that it was there before.
            shape: ""
          )
        )
        continue
      }
      for number in uniqueness.indices {
        uniqueness[number].insert(Int32(truncatingIfNeeded: columns[first + number][row]))
      }
    }
    return rejects
  }

  /// Completes the identities that have rows, and puts them in order; to be called when all chunks are judged.
  ///
  /// - Throws: what threads may throw; sorting, which is all they do here, never does.
  package mutating func order(workers: Int) throws -> OrderedIdentities {
    var gathered = GatheredIdentities(pseudonymiser)
    let completion = gathered.complete(
      pseudonymiser,
      rowCounts: rowCounts,
      personCounts: pseudonymiser.personCounts.withLock { $0 }
    )
    origins = completion.origins
    lacking = completion.lacking
    objecting = gathered.objecting(pseudonymiser)
    for code in gathered.codes where !objecting.isEmpty && objecting[Int(code) + 1] {
      objectedCount += rowCounts[code]
      rowCounts.clear(code)
    }
    for code in gathered.codes where !lacking.isEmpty && lacking[Int(code) + 1] >= 0 {
      rowCounts.clear(code)
    }
    contradictingCount = completion.contradictingCount
    for code in gathered.codes where !origins.isEmpty && origins[Int(code) + 1] >= 0 {
      completedCount += rowCounts[code]
    }
    gathered.keep(havingRowsIn: rowCounts)
    buckets = Array(repeating: 0, count: Int(gathered.codes.max() ?? 0) + 2)
    for (code, order) in zip(gathered.codes, gathered.orders) {
      buckets[Int(code) + 1] = UInt16(truncatingIfNeeded: pseudonymiser.bucket(ofOrder: order))
    }
    return OrderedIdentities(of: pseudonymiser, gathered, workers: workers)
  }

  /// The rows of a chunk that stand, with their buckets; from any thread.
  ///
  /// - Parameters:
  ///   - chunk: its place in the source.
  ///   - columns: of its rows, as they were put aside.
  /// - Returns: the column `identity` and the row columns, one bucket a row, rows that lack a
  ///   required column though they may have been completed, how many rows go because their person
  ///   objects, and for each row that waited whether it goes; nil where all stand.
  package func settled(
    chunk: Int,
    columns: [[Int64]]
  ) -> (
    rows: PseudonymisedTable, buckets: [UInt16], rejects: [RejectedRow], objectedCount: Int,
    goes: [Bool]?
  ) {
    let plan = pseudonymiser.plan
    var standing = Array(columns[...plan.rowColumns.count])
    var goes = dropped[chunk]
    var objectedCount = 0
    if !objecting.isEmpty {
      let others = goes ?? Array(repeating: false, count: columns[0].count)
      goes = zip(columns[0], others).map { objecting[Int($0) + 1] || $1 }
      objectedCount = zip(columns[0], others).count { objecting[Int($0) + 1] && !$1 }
    }
    let rejects = refuseIncomplete(columns, &goes)
    if let goes {
      standing = standing.map { column in
        zip(column, goes).compactMap { $1 ? nil : $0 }
      }
    }
    if let column = plan.completion?.originColumn {
      for (row, code) in standing[0].enumerated() where origins[Int(code) + 1] >= 0 {
        standing[column + 1][row] = Int64(origins[Int(code) + 1])
      }
    }
    for (number, column) in plan.rowColumns.enumerated() where column.isText {
      pseudonymiser.rowTexts[number].note(standing: standing[number + 1])
    }
    let table = Table(
      names: ["identity"] + plan.rowColumns.map(\.name),
      columns: standing.map { .integers($0, .number) },
      rowCount: standing[0].count
    )
    return (
      .pseudonymised(table), standing[0].map { buckets[Int($0) + 1] }, rejects, objectedCount, goes
    )
  }

  private func refuseIncomplete(
    _ columns: [[Int64]],
    _ goes: inout [Bool]?
  ) -> [RejectedRow] {
    guard let completion = pseudonymiser.plan.completion, !lacking.isEmpty else { return [] }
    var rejects: [RejectedRow] = []
    for (row, code) in columns[0].enumerated() {
      let column = Int(lacking[Int(code) + 1])
      guard column >= 0, goes?[row] != true else { continue }
      if goes == nil { goes = Array(repeating: false, count: columns[0].count) }
      goes?[row] = true
      let place = RowPlace(word: columns[columns.count - 1][row])
      rejects.append(
        RejectedRow(
          file: place.file,
          line: place.line,
          column: completion.required[column].name,
          reason: .required,
          shape: ""
        )
      )
    }
    return rejects
  }
}
