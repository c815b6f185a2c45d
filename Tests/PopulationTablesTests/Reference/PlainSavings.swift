@testable import PipelineFile
@testable import Tabular

/// What a source cost and would have cost, stratum by stratum, with dictionaries.
struct PlainSavings {
  /// Persons, person-years in millionths, their persons, cents and those with costs.
  typealias Counts = PlainCells

  let now: Counts
  let before: [Counts]
  let trend: Double

  /// What a source cost, by its place among the costs.
  func actual(_ source: Int) -> Int64 { now.values.reduce(0) { $0 + $1[3 + 2 * source] } }

  /// Nil where there is none.
  func baseline(_ source: Int) -> (cents: Double, isPooled: Bool)? {
    let all = before.flatMap(\.values)
    guard let ofAll = rate(all, source) else { return nil }
    var sum = 0.0
    var pooled = 0.0
    for (stratum, counts) in now {
      let years = Double(counts[1]) / 1e6
      let like = before.compactMap { $0[stratum] }
      if let rate = rate(like, source) {
        sum += years * rate
      } else {
        sum += years * ofAll
        pooled += years
      }
    }
    let years = now.values.reduce(0.0) { $0 + Double($1[1]) / 1e6 }
    return pooled > years / 10 ? nil : (sum * (1 + trend), pooled > 0)
  }

  /// The fewest persons with costs, in the period or in one of the baseline.
  func least(_ source: Int) -> Int64 {
    let persons = ([now] + before).map { $0.values.reduce(Int64(0)) { $0 + $1[4 + 2 * source] } }
    return [persons[0], persons.dropFirst().max() ?? 0].filter { $0 > 0 }.min() ?? 0
  }

  /// Cents a person-year; nil without person-years.
  private func rate(_ counts: [[Int64]], _ source: Int) -> Double? {
    let years = counts.reduce(0) { $0 + $1[1] }
    let cents = counts.reduce(0) { $0 + $1[3 + 2 * source] }
    return years > 0 ? Double(cents) / (Double(years) / 1e6) : nil
  }
}
