extension TableDefinition {
  /// The table of rows that is cut like this one, and by provider: what providers bring to it.
  ///
  /// - Parameters:
  ///   - part: tells it apart from others of this table.
  ///   - rows: the sources.
  ///   - sums: columns to add up, distinct.
  /// - Returns: the table; its measures are rows, and each sum, in that order.
  package func byProvider(_ part: String, rows: [String], sums: [String]) -> TableDefinition {
    TableDefinition(
      // No table of a file has such a name.
      name: "\(name): \(part) by provider",
      rows: rows,
      by: by.contains(providerColumn) ? by : by + [providerColumn],
      totals: totals,
      content: .measures(
        [Measure(name: "rows", kind: .rows)]
          + sums.map { Measure(name: "sum \($0)", kind: .sumColumn($0)) }
      ),
      place: place,
      nests: nests
    )
  }
}
