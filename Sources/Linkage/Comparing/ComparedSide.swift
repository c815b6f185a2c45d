package import Tabular

/// The records of one side of a comparison, with the Bloom filters that `dice` levels look at.
package struct ComparedSide: Sendable {
  package let table: Table
  /// By the name of the token column that they belong to; one number a record.
  package let filters: [String: FieldFilters]

  package init(_ records: PseudonymisedTable, filters: [String: FieldFilters] = [:]) {
    self.init(table: records.table, filters: filters)
  }

  init(table: Table, filters: [String: FieldFilters]) {
    self.table = table
    self.filters = filters
  }
}
