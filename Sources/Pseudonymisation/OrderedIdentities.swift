package import Tabular

/// The identities of a complete source, in token order, and the numbers that its rows get.
package struct OrderedIdentities: Sendable {
  /// Token columns, then kept columns; one row an identity, distinct but for tokens that are not
  /// staged.
  package let identities: PseudonymisedTable
  /// The first identity of each bucket, then their count.
  let bucketStarts: [Int]
  /// The final number of an identity, by its code + 1.
  private let numbers: [Int32]
  /// One a filter column: a code of each distinct value, and of each identity the number of its value.
  let filterValues: [(codes: [Int32], numbers: [Int32])]
  private let rowColumns: [SourcePlan.KeptColumn]
  private var rowDictionaries: [(dictionary: [String], places: [Int32])]

  /// Puts the identities of `pseudonymiser` in order; call when all rows are in.
  ///
  /// - Parameters:
  ///   - pseudonymiser: of the source.
  ///   - workers: how many threads may sort.
  package init(of pseudonymiser: Pseudonymiser, workers: Int) {
    self.init(of: pseudonymiser, GatheredIdentities(pseudonymiser), workers: workers)
  }

  init(of pseudonymiser: Pseudonymiser, _ gathered: GatheredIdentities, workers: Int) {
    let buckets = gathered.buckets(pseudonymiser)
    let sorted = concurrentChunks(pseudonymiser.bucketCount, workers: workers) { bucket in
      gathered.sorted(buckets.identities[buckets.starts[bucket]..<buckets.starts[bucket + 1]])
    }
    var numbers = [Int32](repeating: 0, count: Int(gathered.codes.max() ?? 0) + 2)
    var representatives: [Int32] = []
    representatives.reserveCapacity(gathered.codes.count)
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
    let (plan, ordered) = (pseudonymiser.plan, representatives)
    let staged = plan.tokens.indices.filter { plan.tokens[$0].isStaged }
    let asked = Set(staged + plan.filters.map(\.token)).sorted()
    let found = concurrentChunks(asked.count, workers: workers) {
      gathered.tokens(ofColumn: asked[$0], of: ordered)
    }
    let tokens = Dictionary(uniqueKeysWithValues: zip(asked, found))
    filterValues = plan.filters.map { filter in
      (tokens[filter.token]?.valueCodes ?? [], tokens[filter.token]?.column.codes ?? [])
    }
    let table = gathered.table(
      of: representatives,
      tokens: tokens.mapValues(\.column),
      plan,
      workers: workers
    )
    identities = .pseudonymised(table)
  }

  /// The row of `identities` that an identity has, by the code that rows bear when they are put aside.
  package func number(ofCode code: Int64) -> Int32 { numbers[Int(code) + 1] }

  /// Forgets the texts of rows that do not stand; to be called when all rows are settled.
  package mutating func forgetOtherTexts(of pseudonymiser: Pseudonymiser) {
    rowDictionaries = pseudonymiser.rowTexts.map { $0.sorted() }
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
