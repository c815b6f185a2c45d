/// How much of a source stands in the tables, and how many could stand there.
package struct Coverage: Sendable, Hashable {
  /// The persons who could appear in a source, of all who count.
  package struct Persons: Sendable, Hashable {
    package let covered: Int
    package let residents: Int

    package init(covered: Int, residents: Int) {
      self.covered = covered
      self.residents = residents
    }
  }

  package let source: String
  package let linkedRows: Int
  package let acceptedRows: Int
  /// The periods whose files came, of those whose were looked for.
  package let came: Int
  package let expected: Int
  /// Nil where everyone could appear in it.
  package let persons: Persons?

  package init(
    source: String,
    linkedRows: Int,
    acceptedRows: Int,
    deliveries: (came: Int, expected: Int) = (1, 1),
    persons: Persons? = nil
  ) {
    self.source = source
    self.linkedRows = linkedRows
    self.acceptedRows = acceptedRows
    came = deliveries.came
    expected = deliveries.expected
    self.persons = persons
  }

  /// The share of the accepted rows that are linked, in percent with one decimal, as `98.4`; empty
  /// when no row was accepted.
  ///
  /// Rounded down: 100.0 says that every row is linked.
  package var linkedPercent: String { Self.percent(linkedRows, of: acceptedRows) }

  /// The share of the persons who could appear in it, written the same; nil where everyone could.
  package var personPercent: String? {
    persons.map { Self.percent($0.covered, of: $0.residents) }
  }

  /// The share of the persons who could appear in it times the share of deliveries that came, written
  /// the same.
  package var percent: String {
    let (covered, residents) = persons.map { ($0.covered, $0.residents) } ?? (1, 1)
    let (part, partOverflow) = covered.multipliedReportingOverflow(by: came)
    let (whole, wholeOverflow) = residents.multipliedReportingOverflow(by: expected)
    return partOverflow || wholeOverflow ? "" : Self.percent(part, of: whole)
  }

  /// The less of what is linked and what is covered, in 0...1, as it is written; nil where neither is.
  package var least: Double? {
    [linkedPercent, percent].compactMap { Double($0) }.min().map { $0 / 100 }
  }

  private static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "" }
    let part = UInt64(min(max(0, part), whole))
    // The quotient is at most 1000, so the wide division cannot overflow.
    let perMille = UInt64(whole).dividingFullWidth(part.multipliedFullWidth(by: 1000)).quotient
    return "\(perMille / 10).\(perMille % 10)"
  }
}
