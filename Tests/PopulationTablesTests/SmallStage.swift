import Diagnostics
import Tabular
import TestSupport

@testable import PipelineFile

/// An `aggregate` stage with random tables, on the columns of `SmallRegion`.
func smallStage(random: inout SeededGenerator) -> AggregateStage {
  let time = smallTime(random: &random)
  let care = accumulator("care", .count)
  let careSum = accumulator(
    "care",
    .sum,
    "amount",
    over: time["care"] == nil ? nil : smallWindow(random: &random)
  )
  let supportOfB = accumulator(
    "support",
    .count,
    where: .membership(.column("care_type"), [.text("b"), .text("nowhere")]),
    over: time["support"] == nil ? nil : smallWindow(random: &random)
  )
  let lastVisit = accumulator(
    "care",
    .max,
    "visits",
    where: .or(
      .comparison(.notEqual, .column("provider"), .text("P1")),
      .comparison(.less, .column("amount"), .integer(20_000))
    )
  )
  let age = Expression.years(from: .column("birth_date_year"), to: .date(20_697))
  let persons = [
    derived("age", age, .integer),
    derived("age_band", .band(.column("age"), [0, 18, 45, 65, 75, 85]), .text),
    derived("in_care", .comparison(.greater, care, .integer(1)), .boolean),
    derived(
      "dear",
      .and(.column("in_care"), .comparison(.greater, careSum, .integer(60_000))),
      .boolean
    ),
    derived("visits_at_most", .coalesce([lastVisit, .integer(-1)]), .integer),
  ]
  let conditions: [Expression] = [
    .column("dear"),
    .not(.comparison(.greaterOrEqual, .column("age"), .integer(50))),
    .comparison(.greater, supportOfB, .integer(0)),
    .isMissing(lastVisit),
    .comparison(.equal, .column("segment"), .text("others")),
    .comparison(.equal, .column("sex"), .text("unknown")),
  ]
  let sums: [TypedExpression] = [
    TypedExpression(careSum, type: .money),
    TypedExpression(
      .arithmetic(.add, careSum, accumulator("support", .sum, "amount")),
      type: .money
    ),
    TypedExpression(.arithmetic(.multiply, .column("age"), care), type: .integer),
    TypedExpression(.arithmetic(.divide, .column("age"), care), type: .decimal),
    TypedExpression(.minimum([.column("age"), lastVisit]), type: .integer),
  ]
  let segments = smallSegments(random: &random)
  let personDimensions = [
    "neighbourhood", "sex", "birth_date_year", "age_band", "in_care", "visits_at_most",
    "segment",
  ]
  var tables: [TableDefinition] = []
  for number in 0..<3 {
    tables.append(
      table(
        "persons-\(number)",
        by: some(of: personDimensions, atMost: 3, random: &random),
        measures: [
          .count,
          .countWhere(
            TypedExpression(
              conditions.randomElement(using: &random) ?? .boolean(true),
              type: .boolean
            )
          ),
          .sum(sums.randomElement(using: &random) ?? sums[0]),
          .quotient(of: "m1", per: 1000, by: "m0"),
          .distinct(
            source: ["care", "support"].randomElement(using: &random) ?? "care",
            column: ["care_type", "visits", "provider"].randomElement(using: &random) ?? ""
          ),
          .mean(sums.randomElement(using: &random) ?? sums[0]),
          .quantile(percent: 50, sums.randomElement(using: &random) ?? sums[0]),
          .quantile(percent: 90, sums.randomElement(using: &random) ?? sums[0]),
          .quotient(of: "m2", per: 1, by: "m0"),
          .ratio(of: "m1", strata: ["age_band", "sex"]),
          .standardised(of: "m1", per: 1000, by: "m0", strata: ["age_band", "sex"]),
          .sum(TypedExpression(care, type: .integer)),
          .ratio(of: "m11", strata: ["neighbourhood"]),
          .standardised(
            of: "m11",
            per: 1,
            by: "m0",
            strata: ["sex", "age_band"],
            to: smallStandard(random: &random)
          ),
          .personYears,
        ],
        random: &random
      )
    )
    tables.append(
      table(
        "rows-\(number)",
        rows: [["care"], ["support"], ["care", "support"]].randomElement(using: &random) ?? [],
        by: some(
          of: ["care_type", "provider", "visits", "care_type"] + personDimensions,
          atMost: 3,
          random: &random
        ),
        measures: [
          .count, .rows, .sumColumn("amount"), .quotient(of: "m2", per: 1, by: "m1"),
          .sumColumn("visits"),
        ],
        random: &random
      )
    )
  }
  let covers = smallCovers(random: &random)
  return AggregateStage(
    persons: persons,
    tables: tables.map { $0.overCovered(covers, persons) },
    protect: Protection(minimum: 10, method: .hide),
    period: smallPeriods.randomElement(using: &random),
    population: PopulationDefinition(
      on: Int64.random(in: 20_000...20_450, using: &random),
      residence: Bool.random(using: &random)
        ? nil : PopulationDefinition.Residence(movedIn: "moved_in", movedOut: "moved_out")
    ),
    time: time,
    covers: covers,
    segments: segments
  )
}

/// Who could appear in either source, in one or in none.
private func smallCovers(random: inout SeededGenerator) -> [String: TypedExpression] {
  let conditions: [String: Expression] = [
    "care": .or(
      .comparison(.greaterOrEqual, .column("age"), .integer(40)),
      .comparison(.equal, .column("sex"), .text("female"))
    ),
    "support": .membership(.column("neighbourhood"), [.text("BU1"), .text("BU2")]),
  ]
  return conditions.keys.sorted().reduce(into: [:]) { chosen, source in
    if Int.random(in: 0..<3, using: &random) == 0 {
      chosen[source] = conditions[source].map { TypedExpression($0, type: .boolean) }
    }
  }
}

/// A month, a leap year, and a year.
let smallPeriods = [
  ("2025-02-01", "2025-02-28"), ("2024-01-01", "2024-12-31"),
  ("2025-01-01", "2025-12-31"),
].compactMap { first, last -> Period? in
  guard let first = CivilDate(first), let last = CivilDate(last) else { return nil }
  return Period(
    unit: first.month == last.month ? .month : .year,
    firstDay: first,
    lastDay: last,
    label: "some period"
  )
}

/// When the rows of either source, of both or of none are.
private func smallTime(random: inout SeededGenerator) -> [String: RowTime] {
  let times: [String: RowTime] = [
    "care": .day("date"), "support": .spell(start: "start", end: "end"),
  ]
  return times.keys.sorted().reduce(into: [:]) { chosen, source in
    if Bool.random(using: &random) { chosen[source] = times[source] }
  }
}

private func smallWindow(random: inout SeededGenerator) -> Window? {
  guard Int.random(in: 0..<3, using: &random) > 0 else { return nil }
  return Window(
    side: Bool.random(using: &random) ? .last : .next,
    months: Int.random(in: 1...14, using: &random)
  )
}

/// `source.function(column) where condition`.
func accumulator(
  _ source: String,
  _ function: Accumulator.Function,
  _ column: String? = nil,
  where condition: Expression? = nil,
  over window: Window? = nil
) -> Expression {
  .accumulator(
    Accumulator(
      source: source,
      function: function,
      column: column,
      condition: condition,
      window: window
    )
  )
}

/// A derived person column.
func derived(_ name: String, _ expression: Expression, _ type: ValueType) -> DerivedColumn {
  DerivedColumn(name: name, expression: TypedExpression(expression, type: type))
}

/// Sometimes a population by sex and age band, of whom most are in one of them.
private func smallStandard(random: inout SeededGenerator) -> StandardFile? {
  guard Bool.random(using: &random) else { return nil }
  var file = StandardFile(
    path: "standard.csv",
    strata: ["sex", "age_band"],
    place: Place(file: "test.yaml")
  )
  for sex in ["female", "male"] {
    for band in Expression.bandLabels([0, 18, 45, 65, 75, 85]) where band != "unknown" {
      file.weights[[sex, band]] = Double(Int.random(in: 0...2, using: &random))
    }
  }
  file.weights[["male", "45-64"]] = 60
  return file
}

private func table(
  _ name: String,
  rows: [String] = [],
  by: [String],
  measures: [Measure.Kind],
  random: inout SeededGenerator
) -> TableDefinition {
  TableDefinition(
    name: name,
    rows: rows,
    by: by,
    totals: by.filter { _ in Bool.random(using: &random) },
    content: .measures(measures.enumerated().map { Measure(name: "m\($0)", kind: $1) }),
    place: Place(file: "test.yaml")
  )
}

private func some(
  of names: [String],
  atMost limit: Int,
  random: inout SeededGenerator
) -> [String] {
  let count = Int.random(in: 0...limit, using: &random)
  var chosen: [String] = []
  for name in names.shuffled(using: &random) where chosen.count < count && !chosen.contains(name) {
    chosen.append(name)
  }
  return chosen
}
