import Files
import Pseudonymisation
import Tabular

/// A source that is staged and current, as the stages after it use it.
struct StagedSource: Sendable {
  let name: String
  var account: SourceAccount
  /// What the staged table was made from.
  let digest: String
  var identities: PseudonymisedTable
  /// Rows of each identity.
  let rowCounts: [Int32]
  /// What became of its files; it differs from night to night though the table does not.
  var receipt = DeliveryReceipt()
  /// Whether it was staged before, and nothing has come since.
  var isUnchanged = false
  /// Where its Bloom filters lie until the link stage commits; nil where nobody asked.
  var filterFiles: FilterFiles?
  /// Which persons it holds, where this run has read it.
  var sketch: PersonSketch?
  private let table: StagedTable

  /// Describes a source that this run has staged itself.
  init(
    name: String,
    account: SourceAccount,
    digest: String,
    identities: PseudonymisedTable,
    rowCounts: [Int32],
    table: StagedTable
  ) {
    self.name = name
    self.account = account
    self.digest = digest
    self.identities = identities
    self.rowCounts = rowCounts
    self.table = table
  }

  /// Opens a staged table and seals its identities.
  ///
  /// - Returns: nil when what stands there is not what this run would stage, or is damaged.
  init?(name: String, path: String, definition: String, key: String, objections: String) {
    guard let table = try? StagedTable(path: path),
      table.header["definition"]?.stringValue == definition,
      table.header["key"]?.stringValue == key,
      table.header["objections"]?.stringValue ?? "" == objections,
      let digest = table.header["made_from"]?.stringValue,
      let account = table.header["account"].flatMap(SourceAccount.init),
      let expected = try? StageDigest.staged(
        definition: definition,
        key: key,
        deliveries: account.madeFrom
      ),
      let plain = try? table.identities(),
      let identities = PseudonymisedTable.resealed(plain, madeFrom: digest, expected: expected)
    else { return nil }
    var rowCounts: [Int32] = []
    rowCounts.reserveCapacity(plain.rowCount)
    for number in 0..<table.groupCount {
      guard let counts = try? table.rowCounts(ofGroup: number) else { return nil }
      rowCounts += counts
    }
    guard rowCounts.count == plain.rowCount else { return nil }
    self.init(
      name: name,
      account: account,
      digest: digest,
      identities: identities,
      rowCounts: rowCounts,
      table: table
    )
  }

  /// The Bloom filters of a column, in the order of the identities.
  ///
  /// - Returns: nil when it has none, or they are not there any more.
  func filters(of column: String) -> FieldFilters? {
    guard let filterFiles, let found = filterFiles.columns.first(where: { $0.name == column })
    else { return nil }
    return filterFiles.read(found, madeFrom: digest)
  }

  var groupCount: Int { table.groupCount }

  /// Whether every group is as it was written.
  ///
  /// After a power cut a file can have its name and size and lack some of its blocks.
  func isWhole(workers: Int) -> Bool {
    let table = table
    let verified: [Void]? = try? concurrentChunks(groupCount, workers: workers) { number in
      try table.verify(group: number)
    }
    return verified != nil
  }

  /// Reads a group of rows; from any thread.
  func group(_ number: Int) throws -> RowGroup {
    let group = try table.group(number)
    guard
      let rows = PseudonymisedTable.resealed(group.rows, madeFrom: digest, expected: digest)
    else { throw RunError.unbalanced(source: name, account: "its digest changed") }
    return RowGroup(firstIdentity: group.firstIdentity, rowCounts: group.rowCounts, rows: rows)
  }
}
