/// Staged rows of one source for a run of identities, in identity order.
package struct RowGroup: Sendable {
  /// The number of the first identity, within the source.
  package let firstIdentity: Int
  /// How many rows each identity has, from `firstIdentity` on; their sum is the row count.
  package let rowCounts: [Int32]
  /// The columns of the rows.
  ///
  /// Code columns share one dictionary over all groups of the source.
  package let rows: PseudonymisedTable

  package init(firstIdentity: Int, rowCounts: [Int32], rows: PseudonymisedTable) {
    self.firstIdentity = firstIdentity
    self.rowCounts = rowCounts
    self.rows = rows
  }
}

/// A staged source as the stages after it see it.
package struct SourceRows: Sendable {
  package let name: String
  /// As `care`; a table of rows may be cut by it.
  package let domain: String
  /// Tokens and kept values that describe persons, one row an identity.
  ///
  /// An identity is a distinct combination of them. Sorted by token.
  package let identities: PseudonymisedTable
  /// To which person each identity belongs.
  package let links: Links
  package let groupCount: Int
  /// Reads a group of rows; may be called from any thread.
  package let group: @Sendable (_ number: Int) throws -> RowGroup

  package init(
    name: String,
    domain: String = "",
    identities: PseudonymisedTable,
    links: Links,
    groupCount: Int,
    group: @escaping @Sendable (_ number: Int) throws -> RowGroup
  ) {
    self.name = name
    self.domain = domain
    self.identities = identities
    self.links = links
    self.groupCount = groupCount
    self.group = group
  }
}
