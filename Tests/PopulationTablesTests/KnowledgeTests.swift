import PipelineFile
import TestSupport
import Testing

@testable import PopulationTables
@testable import Tabular

@Suite struct KnowledgeTests {
  @Test("A comparison with a missing value is unknown, and so is its negation unless it counts")
  func comparesMissing() throws {
    let less = Expression.comparison(.less, .column("number"), .integer(10))
    #expect(try unknown(less) == [false, true, false])
    // Two-valued, the negation holds where the comparison is unknown: nobody is left to tell of.
    #expect(try unknown(.not(less)) == [false, false, false])
    #expect(try unknown(.not(.not(less))) == [false, true, false])
    #expect(try unknown(.isMissing(.column("number"))) == [false, false, false])
    #expect(try unknown(.membership(.column("sex"), [.text("male")])) == [false, true, false])
    #expect(try unknown(.column("insured")) == [true, false, false])
  }

  @Test("What decides a condition leaves nothing unknown in it")
  func decides() throws {
    let less = Expression.comparison(.less, .column("number"), .integer(10))
    #expect(try unknown(.and(less, .boolean(false))) == [false, false, false])
    #expect(try unknown(.and(.boolean(true), less)) == [false, true, false])
    #expect(try unknown(.or(less, .boolean(true))) == [false, false, false])
    #expect(try unknown(.or(.boolean(false), less)) == [false, true, false])
  }

  @Test("What is unknown of a derived condition is unknown of what is made of it")
  func passesThroughDerivedColumns() throws {
    var columns = PersonColumns(
      residents: Table(
        names: ["age"],
        columns: [.integers([80, missingInteger, 20], .number)],
        rowCount: 3
      )
    )
    try columns.derive(
      derived("old", .comparison(.greater, .column("age"), .integer(64)), .boolean)
    )
    try columns.derive(derived("young", .not(.column("old")), .boolean))
    let evaluator = columns.evaluator(for: "test")
    #expect(try evaluator.unknown(of: .column("old")) == [false, true, false])
    #expect(try evaluator.unknown(of: .not(.column("young"))) == [false, true, false])
    #expect(
      try evaluator.unknown(of: .comparison(.equal, .column("old"), .boolean(true)))
        == [false, true, false]
    )
  }

  @Test("A number is no condition")
  func refusesNumbers() {
    #expect(throws: PopulationTablesError.self) { try unknown(.column("sex")) }
  }

  @Test(
    "Knowledge agrees with Kleene's logic record by record, and truth stays as it is",
    arguments: 0..<300 as Range<UInt64>
  )
  func agreesWithPlainLogic(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rowCount = Int.random(in: 0...20, using: &random)
    let table = SmallTable(
      [
        .integers("number", -2...2, .number), .integers("yes", 0...1, .number),
        .codes("sex", ["female", "male"]),
      ],
      rowCount: rowCount,
      random: &random
    )
    let columns = PersonColumns(residents: table.staged.table)
    let evaluator = columns.evaluator(for: "test")
    let condition = randomCondition(depth: 4, random: &random)
    let known = try evaluator.knowledge(of: condition)
    let truth = try evaluator.truth(of: condition)
    let unknown = try evaluator.unknown(of: condition)
    let mask = Vector.booleans(known.unknown ?? [false]).spread(over: rowCount).asBooleans ?? []
    #expect(Vector.booleans(known.truth).spread(over: rowCount).asBooleans == truth)
    for (row, record) in table.records.enumerated() {
      let plain = plainKnowledge(condition, record)
      #expect(mask[row] == (plain == nil), "seed \(seed), \(condition.text)")
      #expect(unknown[row] == (plain == nil && !truth[row]), "seed \(seed), \(condition.text)")
      if let plain { #expect(truth[row] == plain, "seed \(seed), \(condition.text)") }
    }
  }

  private func randomCondition(depth: Int, random: inout SeededGenerator) -> Expression {
    guard depth > 0 else {
      let number = Expression.integer(Int64.random(in: -2...2, using: &random))
      let leaves: [Expression] = [
        .column("yes"), .comparison(.less, .column("number"), number),
        .comparison(.notEqual, number, .arithmetic(.add, .column("number"), .column("yes"))),
        .membership(.column("sex"), [.text("male"), .text("nowhere")]),
        .isMissing(.column("sex")), .boolean(Bool.random(using: &random)),
        .comparison(.equal, .column("sex"), .text("female")),
      ]
      return leaves.randomElement(using: &random) ?? number
    }
    func part() -> Expression { randomCondition(depth: depth - 1, random: &random) }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return .not(part())
    case 1: return .and(part(), part())
    case 2: return .or(part(), part())
    default: return part()
    }
  }

  private func unknown(_ expression: Expression) throws -> [Bool] {
    let columns = PersonColumns(
      residents: Table(
        names: ["number", "sex", "insured"],
        columns: [
          .integers([3, missingInteger, -4], .number),
          .codes([1, missingCode, 0], dictionary: ["female", "male"]),
          .integers([missingInteger, 0, 1], .number),
        ],
        rowCount: 3
      )
    )
    return try columns.evaluator(for: "test").unknown(of: expression)
  }
}
