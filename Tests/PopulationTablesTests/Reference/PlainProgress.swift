import Glibc
import PipelineFile

@testable import Tabular

/// A rate period by period, beside a target and a comparator.
struct PlainProgress {
  /// The persons of one side in a period, and what tables show of them.
  struct Side {
    let measures: PlainMeasures
    let persons: [Int]

    func figure(_ measure: Measure) -> PlainFigure? { measures.figure(measure.name, of: persons) }
  }

  let progress: ProgressDefinition
  let levels: [Double]
  /// One a period.
  let region: [Side]
  let comparator: [Side]

  /// Where the rate should be; in ones.
  func path(_ period: Int) -> Double? {
    guard let target = progress.target, period >= progress.changed else { return nil }
    let before = region[..<progress.changed].filter { !$0.persons.isEmpty }
    let rates = before.compactMap { $0.figure(progress.rate)?.millionths?.rounded() }
    guard !rates.isEmpty, rates.count == before.count else { return nil }
    let start = rates.reduce(0, +) / Double(rates.count) / 1_000_000
    let elapsed = period - progress.changed
    if elapsed >= target.due { return target.value }
    return start + (target.value - start) * Double(elapsed) / Double(target.due)
  }

  func verdict(_ period: Int) -> String? {
    guard let target = progress.target, let path = path(period),
      let figure = region[period].figure(progress.rate),
      let rate = figure.millionths.map({ $0.rounded() / 1_000_000 })
    else { return nil }
    let limits = figure.limits.first ?? nil
    if target.isLowerBetter {
      if rate <= target.value { return "reached" }
      return (limits?.lower ?? rate) > path ? "behind" : "on course"
    }
    if rate >= target.value { return "reached" }
    return (limits?.upper ?? rate) < path ? "behind" : "on course"
  }

  /// (A₁/A₀)/(B₁/B₀), and e^(ln ∓ z√Σ1/events).
  func effect(_ period: Int) -> PlainFigure {
    let none = PlainFigure(value: nil, unit: 1_000_000, limits: levels.map { _ in nil })
    guard period >= progress.changed, !comparator[period].persons.isEmpty,
      let regionAfter = counts([region[period]]),
      let regionBefore = counts(region[..<progress.changed]),
      let comparatorAfter = counts([comparator[period]]),
      let comparatorBefore = counts(comparator[..<progress.changed])
    else { return none }
    let all = [regionAfter, regionBefore, comparatorAfter, comparatorBefore]
    guard all.allSatisfy({ $0.events > 0 && $0.base > 0 }) else { return none }
    func rate(_ counts: (events: Double, base: Double)) -> Double { counts.events / counts.base }
    let effect =
      rate(regionAfter) / rate(regionBefore) / (rate(comparatorAfter) / rate(comparatorBefore))
    let error = all.reduce(0) { $0 + 1 / $1.events }.squareRoot()
    return PlainFigure(
      value: effect * 1_000_000,
      unit: 1_000_000,
      limits: levels.map { level in
        let reach = PlainLimits.z(level) * error
        return isOfEvents
          ? PlainLimits(lower: exp(log(effect) - reach), upper: exp(log(effect) + reach)) : nil
      }
    )
  }

  /// Amounts of money are no events.
  private var isOfEvents: Bool {
    switch progress.parts[0].kind {
    case .count, .countWhere: true
    case .sum(let typed): typed.type == .integer
    default: false
    }
  }

  /// Of some periods together; nil where one of them is hidden.
  private func counts(_ sides: some Sequence<Side>) -> (events: Double, base: Double)? {
    var sum = (events: 0.0, base: 0.0)
    for side in sides where !side.persons.isEmpty {
      let parts = progress.parts.map { part in
        side.figure(part).flatMap { figure in figure.value.map { $0 / figure.unit } }
      }
      guard let events = parts[0], let base = parts[1], events >= 0 else { return nil }
      sum = (sum.events + events, sum.base + base)
    }
    return sum
  }
}
