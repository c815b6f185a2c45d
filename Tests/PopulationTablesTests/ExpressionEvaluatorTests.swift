import PipelineFile
import Testing

@testable import PopulationTables
@testable import Tabular

@Suite struct ExpressionEvaluatorTests {
  private let columns: [String: Vector] = [
    "number": .integers([3, missingInteger, -4], .number),
    "amount": .integers([150, 0, missingInteger], .cents),
    "born": .integers([1950, missingInteger, 2024], .year),
    "birthday": .integers([day(2000, 2, 29), missingInteger, day(2000, 3, 1)], .day),
    "share": .decimals([0.5, .nan, 2]),
    "sex": .codes([1, missingCode, 0], dictionary: ["female", "male"]),
    "huge": .integers([.max, .max, .max], .number),
  ]

  @Test("A comparison with a missing value is false, and its negation true")
  func comparesMissing() throws {
    let less = Expression.comparison(.less, .column("number"), .integer(10))
    #expect(try truth(less) == [true, false, true])
    #expect(try truth(.not(less)) == [false, true, false])
    let unlike = Expression.comparison(.notEqual, .column("share"), .decimal(5_000))
    #expect(try truth(unlike) == [false, false, true])
    let male = Expression.comparison(.notEqual, .column("sex"), .text("male"))
    #expect(try truth(male) == [false, false, true])
    #expect(try truth(.isMissing(.column("sex"))) == [false, true, false])
    let known = Expression.membership(.column("sex"), [.text("female"), .text("other")])
    #expect(try truth(known) == [false, false, true])
  }

  @Test("Arithmetic with a missing value is missing, a division by zero too")
  func computesMissing() throws {
    let sum = try integers(.arithmetic(.add, .column("number"), .column("amount")))
    #expect(sum == [153, missingInteger, missingInteger])
    let quotient = try evaluator.values(
      of: .arithmetic(.divide, .column("number"), .column("amount"))
    )
    guard case .decimals(let decimals) = quotient else {
      Issue.record("expected decimals")
      return
    }
    #expect(decimals[0] == 0.02)
    #expect(decimals[1].isNaN && decimals[2].isNaN)
    let product = try evaluator.numbers(
      of: TypedExpression(.arithmetic(.multiply, .column("amount"), .column("share")), type: .money)
    )
    #expect(product.values == [75, missingInteger, missingInteger])
    #expect(product.unit == .cents)
  }

  @Test("A result beyond 64 bits stops with the name of what was computed")
  func stopsAtOverflow() {
    for operation in [Expression.Arithmetic.add, .multiply] {
      let error = #expect(throws: PopulationTablesError.self) {
        try evaluator.values(of: .arithmetic(operation, .column("huge"), .column("huge")))
      }
      guard case .overflow("test") = error else {
        Issue.record("found another error")
        continue
      }
    }
    #expect(throws: PopulationTablesError.self) {
      // The least integer stands for a missing value and must not come out of a sum.
      try evaluator.values(
        of: .arithmetic(
          .subtract,
          .arithmetic(.subtract, .integer(-1), .column("huge")),
          .integer(0)
        )
      )
    }
  }

  @Test("Bands are named by their bounds; what lies outside is unknown")
  func bands() throws {
    let ages = Vector.integers([-1, 0, 17, 18, 85, 120, 121, missingInteger], .number)
    let evaluator = evaluator(["age": ages], count: 8)
    let bands = LabelledCodes(try evaluator.values(of: .band(.column("age"), [0, 18, 85])))
    let labels = bands.codes.map { bands.labels[Int($0)] }
    let unknown = "unknown"
    #expect(labels == [unknown, "0-17", "0-17", "18-84", "85+", "85+", unknown, unknown])
  }

  @Test("Years from a birth year turn on the first of July, from a birthday on the day")
  func years() throws {
    let turn = { Expression.years(from: .column("born"), to: .date($0)) }
    #expect(try integers(turn(day(2024, 12, 31))) == [74, missingInteger, 0])
    #expect(try integers(turn(day(2024, 7, 1))) == [74, missingInteger, 0])
    #expect(try integers(turn(day(2024, 6, 30))) == [73, missingInteger, -1])
    let birthday = { Expression.years(from: .column("birthday"), to: .date($0)) }
    #expect(try integers(birthday(day(2023, 2, 28))) == [22, missingInteger, 22])
    #expect(try integers(birthday(day(2023, 3, 1))) == [23, missingInteger, 23])
    #expect(try integers(birthday(.max)).allSatisfy { $0 == missingInteger })
  }

  @Test("The least of several is missing when one of them is; coalesce takes the first known")
  func picks() throws {
    let least = Expression.minimum([.column("number"), .column("amount"), .integer(100)])
    #expect(try integers(least) == [3, missingInteger, missingInteger])
    let first = Expression.coalesce([.column("number"), .column("amount"), .integer(7)])
    #expect(try integers(first) == [3, 0, -4])
    let sex = LabelledCodes(
      try evaluator.values(of: .coalesce([.column("sex"), .text("female"), .text("x")]))
    )
    #expect(sex.codes.map { sex.labels[Int($0)] } == ["male", "female", "female"])
  }

  @Test("Types that do not fit are an error, not a trap")
  func refusesTypes() {
    let faulty: [Expression] = [
      .arithmetic(.add, .column("sex"), .integer(1)),
      .comparison(.less, .column("sex"), .column("number")),
      .band(.column("sex"), [0]),
      .years(from: .column("sex"), to: .date(0)),
      .column("nowhere"),
      .minimum([]),
      .and(.column("sex"), .boolean(true)),
    ]
    for expression in faulty {
      #expect(throws: PopulationTablesError.self) { try evaluator.values(of: expression) }
    }
  }

  @Test("Numbers as labels read as dates and decimals do")
  func labelsNumbers() {
    let days = LabelledCodes(.integers([day(2026, 8, 31), missingInteger], .day))
    #expect(days.labels == ["2026-08-31", "unknown"])
    let shares = LabelledCodes(.decimals([-0.25, 12.5, 3, .nan]))
    #expect(shares.codes.map { shares.labels[Int($0)] } == ["-0.25", "12.5", "3", "unknown"])
    let numbers = LabelledCodes(.integers([10, 9, .max, -5, 10], .number))
    #expect(
      numbers.codes.map { numbers.labels[Int($0)] } == ["10", "9", String(Int64.max), "-5", "10"]
    )
    #expect(LabelledCodes(.booleans([true, false])).labels == ["no", "yes"])
  }

  private var evaluator: ExpressionEvaluator { evaluator(columns, count: 3) }

  private func evaluator(_ columns: [String: Vector], count: Int) -> ExpressionEvaluator {
    ExpressionEvaluator(
      count: count,
      name: "test",
      column: { name throws(PopulationTablesError) in
        guard let vector = columns[name] else { throw .noColumn(name: name) }
        return vector
      },
      accumulator: { inner throws(PopulationTablesError) in throw .noSource(name: inner.source) }
    )
  }

  private func truth(_ expression: Expression) throws -> [Bool] {
    try evaluator.truth(of: expression)
  }

  private func integers(_ expression: Expression) throws -> [Int64] {
    try evaluator.values(of: expression).asIntegers ?? []
  }
}

/// A day number.
private func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
  CivilDate(year: year, month: month, day: day).map { Int64($0.dayNumber) } ?? missingInteger
}
