/// The list of persons who object to the use of their data (bezwaar, AVG article 21).
package struct OptOut: Sendable {
  /// How the list is read: CSV, with the one column that tells who objects.
  package let source: Source
  /// The label of the column's token.
  package let label: String
  /// Names of the sources that have no such column: objections cannot be applied to them.
  package let sourcesWithout: [String]
}
