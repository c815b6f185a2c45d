/// How much of a source stands in the tables: its linked rows of its accepted ones.
package struct Coverage: Sendable, Hashable {
  package let source: String
  package let linkedRows: Int
  package let acceptedRows: Int

  package init(source: String, linkedRows: Int, acceptedRows: Int) {
    self.source = source
    self.linkedRows = linkedRows
    self.acceptedRows = acceptedRows
  }

  /// The share in percent with one decimal, as `98.4`; empty when no row was accepted.
  ///
  /// Rounded down: 100.0 says that every row is linked.
  package var percent: String {
    guard acceptedRows > 0 else { return "" }
    let linked = UInt64(min(max(0, linkedRows), acceptedRows))
    let accepted = UInt64(acceptedRows)
    // The quotient is at most 1000, so the wide division cannot overflow.
    let perMille = accepted.dividingFullWidth(linked.multipliedFullWidth(by: 1000)).quotient
    return "\(perMille / 10).\(perMille % 10)"
  }
}
