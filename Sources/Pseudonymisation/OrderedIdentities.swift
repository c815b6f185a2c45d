package import Tabular

/// The identities of a complete source, in token order, and the numbers that its rows get.
package struct OrderedIdentities: Sendable {
  /// Token columns, then kept columns; one row an identity, distinct.
  package let identities: PseudonymisedTable
  /// The first identity of each bucket, then their count.
  let bucketStarts: [Int]
  /// The final number of an identity, by its code + 1.
  private let numbers: [Int32]
  private let rowColumns: [SourcePlan.KeptColumn]
  private let rowDictionaries: [(dictionary: [String], places: [Int32])]

  /// Puts the identities of `pseudonymiser` in order; call when all rows are in.
  ///
  /// - Parameters:
  ///   - pseudonymiser: of the source.
  ///   - workers: how many threads may sort.
  /// - Throws: nothing; sorting is given to threads by a function that may.
  package init(of pseudonymiser: Pseudonymiser, workers: Int) throws {
    let gathered = GatheredIdentities(pseudonymiser)
    let bucketed = gathered.byBucket(pseudonymiser)
    let sorted = try concurrentChunks(pseudonymiser.bucketCount, workers: workers) { bucket in
      gathered.sorted(bucketed[bucket])
    }
    var numbers = [Int32](repeating: 0, count: Int(gathered.codes.max() ?? 0) + 2)
    var representatives: [Int32] = []
    var bucketStarts: [Int] = []
    for bucket in sorted {
      bucketStarts.append(representatives.count)
      for (position, identity) in bucket.identities.enumerated() {
        if bucket.isNew[position] { representatives.append(identity) }
        numbers[Int(gathered.codes[Int(identity)]) + 1] = Int32(
          truncatingIfNeeded: representatives.count - 1
        )
      }
    }
    bucketStarts.append(representatives.count)
    self.bucketStarts = bucketStarts
    self.numbers = numbers
    rowColumns = pseudonymiser.plan.rowColumns
    rowDictionaries = pseudonymiser.rowTexts.map { $0.sorted() }
    identities = .pseudonymised(gathered.table(of: representatives, pseudonymiser.plan))
  }

  /// Orders the rows of one bucket by identity.
  ///
  /// - Parameters:
  ///   - bucket: its number.
  ///   - columns: the column `identity` and the row columns, as they were put aside; rows keep
  ///     their order within an identity.
  /// - Returns: the rows with their final numbers and codes.
  package func group(bucket: Int, columns: [[Int64]]) -> RowGroup {
    let first = bucketStarts[bucket]
    let identityCount = bucketStarts[bucket + 1] - first
    let rowCount = columns.first?.count ?? 0
    var rowCounts = [Int32](repeating: 0, count: identityCount)
    var identities = [Int32](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      identities[row] = numbers[Int(columns[0][row]) + 1] - Int32(first)
      rowCounts[Int(identities[row])] += 1
    }
    var next = [Int32](repeating: 0, count: identityCount)
    var sum: Int32 = 0
    for identity in 0..<identityCount {
      next[identity] = sum
      sum += rowCounts[identity]
    }
    var targets = [Int32](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      targets[row] = next[Int(identities[row])]
      next[Int(identities[row])] += 1
    }
    var ordered: [Column] = []
    for (number, column) in rowColumns.enumerated() {
      let values = columns[number + 1]
      if column.isText {
        let (dictionary, places) = rowDictionaries[number]
        var codes = [Int32](repeating: missingCode, count: rowCount)
        for row in 0..<rowCount where values[row] != missingInteger {
          codes[Int(targets[row])] = places[Int(values[row])]
        }
        ordered.append(.codes(codes, dictionary: dictionary))
      } else {
        var integers = [Int64](repeating: 0, count: rowCount)
        for row in 0..<rowCount { integers[Int(targets[row])] = values[row] }
        ordered.append(.integers(integers, column.unit))
      }
    }
    let table = Table(names: rowColumns.map(\.name), columns: ordered, rowCount: rowCount)
    return RowGroup(firstIdentity: first, rowCounts: rowCounts, rows: .pseudonymised(table))
  }
}

/// All identities of a source in one place, before they are in order.
private struct GatheredIdentities: Sendable {
  /// The codes that rows bear.
  let codes: [Int32]
  private let orders: [UInt64]
  /// One array a token column.
  private let tokens: [[Token]]
  /// One array a kept column; texts as places in byte order.
  private let kept: [[Int64]]
  private let dictionaries: [[String]]

  init(_ pseudonymiser: Pseudonymiser) {
    let memos = pseudonymiser.columnMemos
    let keptColumns = pseudonymiser.plan.identityColumns
    let texts = pseudonymiser.identityTexts.map { $0.sorted() }
    let wordCount = pseudonymiser.identities.wordCount
    let contents = pseudonymiser.identities.contents()
    codes = contents.codes
    orders = contents.orders
    var tokens = memos.map { _ in [Token]() }
    var kept = keptColumns.map { _ in [Int64]() }
    for column in memos.indices {
      tokens[column].reserveCapacity(codes.count)
      for identity in codes.indices {
        let code = Int32(truncatingIfNeeded: contents.keys[identity * wordCount + column])
        tokens[column].append(code < 0 ? .missing : memos[column].token(code))
      }
    }
    for column in keptColumns.indices {
      kept[column].reserveCapacity(codes.count)
      for identity in codes.indices {
        let value = contents.keys[identity * wordCount + memos.count + column]
        let isCode = keptColumns[column].isText && value != missingInteger
        kept[column].append(isCode ? Int64(texts[column].places[Int(value)]) : value)
      }
    }
    self.tokens = tokens
    self.kept = kept
    dictionaries = texts.map(\.dictionary)
  }

  func byBucket(_ pseudonymiser: Pseudonymiser) -> [[Int32]] {
    var buckets = [[Int32]](repeating: [], count: pseudonymiser.bucketCount)
    for identity in codes.indices {
      buckets[pseudonymiser.bucket(ofOrder: orders[identity])].append(Int32(identity))
    }
    return buckets
  }

  /// Sorts identities; `isNew` is false for one that equals the one before it, which happens when
  /// two spellings have one standard form.
  func sorted(_ identities: [Int32]) -> (identities: [Int32], isNew: [Bool]) {
    // Numbers first and alone: that two identities share an order is rare, and the rest is slow.
    var keyed = identities.map { (order: orders[Int($0)], identity: $0) }
    keyed.sort { $0.order < $1.order }
    var first = 0
    while first < keyed.count {
      var end = first + 1
      while end < keyed.count && keyed[end].order == keyed[first].order { end += 1 }
      if end - first > 1 {
        keyed[first..<end].sort { comparison(Int($0.identity), Int($1.identity)) < 0 }
      }
      first = end
    }
    var isNew = [Bool](repeating: true, count: keyed.count)
    for position in keyed.indices.dropFirst() {
      let (before, this) = (keyed[position - 1], keyed[position])
      isNew[position] =
        before.order != this.order || comparison(Int(before.identity), Int(this.identity)) != 0
    }
    return (keyed.map(\.identity), isNew)
  }

  private func comparison(_ left: Int, _ right: Int) -> Int {
    for column in tokens where column[left] != column[right] {
      return column[left] < column[right] ? -1 : 1
    }
    for column in kept where column[left] != column[right] {
      return column[left] < column[right] ? -1 : 1
    }
    return 0
  }

  func table(of representatives: [Int32], _ plan: SourcePlan) -> Table {
    var columns: [Column] = []
    for column in tokens { columns.append(.tokens(representatives.map { column[Int($0)] })) }
    for (number, column) in kept.enumerated() {
      let values = representatives.map { column[Int($0)] }
      if plan.identityColumns[number].isText {
        let codes = values.map { $0 == missingInteger ? missingCode : Int32($0) }
        columns.append(.codes(codes, dictionary: dictionaries[number]))
      } else {
        columns.append(.integers(values, plan.identityColumns[number].unit))
      }
    }
    return Table(
      names: plan.tokens.map(\.name) + plan.identityColumns.map(\.name),
      columns: columns,
      rowCount: representatives.count
    )
  }
}
