/// A part of the population: everyone whom no earlier one takes and its rule holds for.
package struct Segment: Sendable {
  package let name: String
  /// Nil for the last one, which takes all others: `otherwise`.
  package let rule: TypedExpression?

  package init(name: String, rule: TypedExpression?) {
    self.name = name
    self.rule = rule
  }

  /// The person column that tells each person's segment.
  package static let column = "segment"
  /// The table that tells how the rules divide the persons, when no other has its name.
  package static let report = "segments-report"
  /// The figures of that table.
  static let figures = [
    "place", "persons", "share", "meets", "taken", "unknown", "change", "proof",
  ]
}
