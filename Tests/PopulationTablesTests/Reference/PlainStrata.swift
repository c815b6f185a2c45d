import PipelineFile

@testable import Tabular

/// Scores persons one by one, today and with the clock put back, and looks what came.
struct PlainStrata {
  private struct Person {
    let group: String
    let score: Int64
    let stratum: String
    let hasOutcome: Bool
    let stays: Bool
    let cost: Int64
  }

  private let strata: Stratification
  private let minimum: Int64
  private let today: [Person]
  private let then: [Person]
  private let earlier: [Person]

  init(
    _ strata: Stratification,
    _ stage: AggregateStage,
    persons: [PlainRecord],
    rows: [PlainRow]
  ) {
    self.strata = strata
    minimum = stage.protect.minimum
    func people(monthsBack months: Int) -> [Person] {
      let moved = stage.movedBack(byMonths: months)
      let plain = PlainTables(moved, persons: persons, rows: rows)
      let rules = moved.strata[0]
      return plain.persons.indices.filter { plain.calendar.counts(persons[$0]) }.map { person in
        func holds(_ typed: TypedExpression) -> Bool {
          plain.value(typed.expression, person).isTrue
        }
        let score: Int64 =
          switch rules.score {
          case .points(let points):
            points.reduce(0) { $0 + (holds($1.condition) ? $1.points : 0) }
          case .rules(let high, let middle): holds(high) ? 2 : holds(middle) ? 1 : 0
          }
        let segment = (plain.persons[person][Segment.column] ?? .missing).label
        let cut = strata.cuts[segment] ?? strata.otherwise
        let cost = rules.cost.map { plain.value($0.expression, person).integer ?? 0 }
        return Person(
          group: strata.isWithinSegments ? segment : "",
          score: score,
          stratum: score >= cut.high ? "high" : score >= cut.middle ? "middle" : "low",
          hasOutcome: holds(rules.outcome),
          stays: Self.stays(persons[person], stage),
          cost: cost ?? 0
        )
      }
    }
    today = people(monthsBack: 0)
    then = people(monthsBack: strata.monthsAhead)
    earlier = people(monthsBack: 2 * strata.monthsAhead)
  }

  /// By labels, the figures that have a value before protection.
  func rows() -> [[String?]: [String: Int64]] {
    var rows: [[String?]: [String: Int64]] = [:]
    for group in Set((today + then).map(\.group)) {
      let all = then.filter { $0.group == group }
      for stratum in Stratification.labels + [nil] {
        let own = all.filter { stratum == nil || $0.stratum == stratum }
        let now = today.filter { $0.group == group && (stratum == nil || $0.stratum == stratum) }
        if own.isEmpty && now.isEmpty { continue }
        let place = (strata.isWithinSegments ? [group] : []) + [stratum]
        rows[place] = figures(own, now, all, isTotal: stratum == nil)
      }
    }
    return rows
  }

  private static func stays(_ person: PlainRecord, _ stage: AggregateStage) -> Bool {
    guard let population = stage.population, population.residence != nil,
      let day = person["moved_out"]?.integer
    else { return true }
    return day > population.on
  }

  private func figures(
    _ own: [Person],
    _ now: [Person],
    _ all: [Person],
    isTotal: Bool
  ) -> [String: Int64] {
    func count(_ persons: [Person], _ isCounted: (Person) -> Bool) -> Int64 {
      Int64(persons.count(where: isCounted))
    }
    func share(_ part: Int64, _ whole: Int64) -> Int64? {
      whole > 0 ? Int64((Double(part) / Double(whole) * 1_000_000).rounded()) : nil
    }
    let outcomes = count(own, \.hasOutcome)
    var figures = ["persons": Int64(own.count), "outcomes": outcomes]
    figures["outcome_share"] = share(outcomes, count(all, \.hasOutcome))
    if strata.monthsAhead > 0 {
      figures["followed"] = count(own, \.stays)
      figures["today"] = Int64(now.count)
    }
    if strata.cost != nil {
      let cost = own.reduce(0) { $0 + $1.cost }
      figures["cost"] = cost
      figures["cost_share"] = share(cost, all.reduce(0) { $0 + $1.cost })
    }
    guard isTotal else { return figures }
    figures["high"] = count(own) { $0.stratum == "high" }
    figures["high_outcomes"] = count(own) { $0.stratum == "high" && $0.hasOutcome }
    // Every pair of one with the outcome and one without.
    var halves: Int64 = 0
    var pairs: Int64 = 0
    for ill in own where ill.hasOutcome {
      for well in own where !well.hasOutcome {
        pairs += 2
        halves += ill.score > well.score ? 2 : ill.score == well.score ? 1 : 0
      }
    }
    guard Int64(own.count) >= 10 * minimum else { return figures }
    figures["c"] = share(halves, pairs)
    if strata.expected == .previous, let expected = expected(of: own), expected > 0 {
      figures["calibration"] = Int64((Double(outcomes) / expected * 1_000_000).rounded())
    }
    return figures
  }

  /// Outcomes, had they come as to earlier persons of the same scores; nil where a score had none.
  private func expected(of persons: [Person]) -> Double? {
    var expected = 0.0
    for score in Set(persons.map(\.score)).sorted() {
      let before = earlier.filter { $0.score == score }
      if before.isEmpty { return nil }
      let risk = Double(before.count(where: \.hasOutcome)) / Double(before.count)
      expected += risk * Double(persons.count { $0.score == score })
    }
    return expected
  }
}
