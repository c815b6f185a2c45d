import TestSupport

@testable import PipelineFile

/// Segments by random rules, on the columns of `smallStage`; some hang on missing values.
func smallSegments(random: inout SeededGenerator) -> [Segment] {
  let old = Expression.comparison(.greaterOrEqual, .column("age"), .integer(65))
  let conditions: [Expression] = [
    .column("dear"),
    .not(.column("in_care")),
    .and(old, .comparison(.equal, .column("sex"), .text("female"))),
    .or(.comparison(.less, .column("age"), .integer(30)), .column("dear")),
    .membership(.column("neighbourhood"), [.text("BU1"), .text("BU2")]),
    .boolean(false),
    old,
  ]
  let chosen = conditions.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
  let rules = chosen.enumerated().map { number, condition in
    Segment(name: "s\(9 - number)", rule: TypedExpression(condition, type: .boolean))
  }
  return rules + [Segment(name: "others", rule: nil)]
}
