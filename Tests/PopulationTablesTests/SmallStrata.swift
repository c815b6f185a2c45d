import TestSupport

@testable import PipelineFile

/// A stratification by random points or rules, on the columns of `smallStage`.
func smallStrata(random: inout SeededGenerator) -> Stratification {
  func condition(_ expression: Expression) -> TypedExpression {
    TypedExpression(expression, type: .boolean)
  }
  func rows(_ function: Accumulator.Function, _ column: String?, _ window: Window?) -> Expression {
    .accumulator(
      Accumulator(
        source: "care",
        function: function,
        column: column,
        condition: nil,
        window: window
      )
    )
  }
  let months = Int.random(in: 0...4, using: &random)
  let before = Window(side: .last, months: Int.random(in: 1...8, using: &random))
  let conditions = [
    condition(.comparison(.greaterOrEqual, .column("age"), .integer(45))),
    condition(.comparison(.greater, rows(.count, nil, before), .integer(1))),
    condition(.comparison(.equal, .column("sex"), .text("female"))),
    condition(.column("in_care")),
  ].shuffled(using: &random)
  let next = months == 0 ? nil : Window(side: .next, months: months)
  let high = Int64.random(in: 1...3, using: &random)
  let isWithinSegments = Bool.random(using: &random)
  let hasRules = Int.random(in: 0..<4, using: &random) == 0
  return Stratification(
    name: "risk",
    isWithinSegments: isWithinSegments,
    outcome: condition(.comparison(.greater, rows(.count, nil, next), .integer(1))),
    monthsAhead: months,
    score: hasRules
      ? .rules(high: conditions[0], middle: conditions[1])
      : .points(
        conditions.prefix(3).map {
          Stratification.Points($0, Int64.random(in: -1...2, using: &random))
        }
      ),
    cuts: isWithinSegments && !hasRules ? ["others": .init(middle: 0, high: 2)] : [:],
    otherwise: hasRules ? .init(middle: 1, high: 2) : .init(middle: high - 1, high: high),
    cost: Bool.random(using: &random)
      ? TypedExpression(rows(.sum, "amount", next), type: .money) : nil,
    expected: months > 0 && Bool.random(using: &random) ? .previous : nil
  )
}
