import TestSupport

@testable import PipelineFile
@testable import Tabular

extension ShownCase {
  /// A quotient of the first table, and what it divides: persons, events or money for persons or years.
  mutating func someRate() -> (measure: Measure, parts: [Measure], per: Double) {
    let measures = stage.tables[0].measures
    let of = ["m1", "m2", "m11"].randomElement(using: &random) ?? "m1"
    let by = ["m0", "m0", "m14"].randomElement(using: &random) ?? "m0"
    let per: Int64 = Bool.random(using: &random) ? 1 : 1000
    return (
      Measure(name: "rate", kind: .quotient(of: of, per: per, by: by)),
      [of, by].compactMap { name in measures.first { $0.name == name } },
      Double(per)
    )
  }

  /// A rate over some months, of which one to three come before the change.
  mutating func someProgress() -> ProgressDefinition {
    let rate = someRate()
    let comparator: Expression =
      [
        .comparison(.equal, .column("sex"), .text("female")), .column("in_care"),
        .not(.comparison(.less, .column("age"), .integer(50))),
      ].randomElement(using: &random) ?? .boolean(true)
    let count = Int.random(in: 4...6, using: &random)
    return ProgressDefinition(
      rate: rate.measure,
      parts: rate.parts,
      periods: (1...count).compactMap { Self.month($0) },
      changed: Int.random(in: 1...3, using: &random),
      comparator: Int.random(in: 0..<4, using: &random) == 0
        ? nil : TypedExpression(comparator, type: .boolean),
      target: Int.random(in: 0..<4, using: &random) == 0
        ? nil
        : ProgressDefinition.Target(
          value: rate.per * Double.random(in: 0...3, using: &random),
          due: Int.random(in: 0...6, using: &random),
          isLowerBetter: Bool.random(using: &random),
          owner: "region"
        )
    )
  }

  /// The same rules for another period.
  func stage(of period: Period) -> AggregateStage {
    var stage = stage
    stage.period = period
    stage.population = PopulationDefinition(
      on: Int64(period.lastDay.dayNumber),
      residence: stage.population?.residence
    )
    return stage
  }

  /// Another region that counts by the same rules.
  mutating func beside() -> ShownCase {
    ShownCase(region: SmallRegion(random: &random), stage, minimum, random)
  }

  private static func month(_ number: Int) -> Period? {
    guard let first = CivilDate(year: 2025, month: number, day: 1) else { return nil }
    let length = CivilDate.dayCount(ofMonth: number, in: 2025)
    return Period(
      unit: .month,
      firstDay: first,
      lastDay: CivilDate(dayNumber: first.dayNumber + length - 1),
      label: "month \(number)"
    )
  }
}
