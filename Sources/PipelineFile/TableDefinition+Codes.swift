/// The dimension of a table of rows that tells the domain of their source, as `care`.
package let domainDimension = "domain"

extension TableDefinition {
  /// The table of rows that has this one's `distinct source.column`: cut by the column too, with
  /// the totals of it.
  package func codes(of source: String, _ column: String) -> TableDefinition {
    TableDefinition(
      // No table of a file has such a name.
      name: "\(name): distinct \(source).\(column)",
      rows: [source],
      by: by + [column],
      totals: totals + [column],
      content: .measures([]),
      place: place,
      nests: nests
    )
  }
}
