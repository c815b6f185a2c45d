import PipelineFile

@testable import Tabular

/// The rate that the standard population would have with the rates of some persons.
struct PlainStandardisation {
  let plain: PlainTables
  /// What is counted of each person.
  let numbers: [Int64]
  /// Who could appear in what is counted: one a person.
  let isCovered: [Bool]
  let strata: [String]
  /// Of the standard; nil where it is the region.
  let weights: [[String]: Double]?

  private struct Part {
    let others: [String]
    let band: Int
    let weight: Double
    var joined = 0.0
    let persons: [Int]
  }

  func figure(of persons: [Int], per: Double, _ levels: [Double]) -> PlainFigure {
    var parts = parts(of: persons)
    let weight = parts.reduce(0) { $0 + $1.weight }
    var pooled = 0.0
    var figure = PlainFigure(value: nil, unit: 1_000_000, limits: levels.map { _ in nil })
    for empty in parts where empty.persons.isEmpty {
      // The next younger band with persons, or else the youngest.
      let alike = parts.indices.filter {
        parts[$0].others == empty.others && !parts[$0].persons.isEmpty
      }.sorted { parts[$0].band < parts[$1].band }
      guard let next = alike.last(where: { parts[$0].band < empty.band }) ?? alike.first else {
        return figure
      }
      parts[next].joined += empty.weight
      pooled += empty.weight
    }
    guard weight > 0, pooled <= weight / 10 else { return figure }
    let here = parts.filter { !$0.persons.isEmpty }
    let events = here.flatMap(\.persons).reduce(0) { $0 + Double(numbers[$1]) }
    guard events >= 10 else {
      figure.isFew = true
      return figure
    }
    var rate = 0.0
    var variance = 0.0
    for part in here {
      let factor = (part.weight + part.joined) / weight / Double(part.persons.count)
      for person in part.persons {
        let events = Double(numbers[person])
        rate += factor * events
        variance += factor * factor * events * events
      }
    }
    figure.value = rate * per * 1_000_000
    figure.isPooled = pooled > 0
    figure.limits = levels.map { level in
      let plain = PlainLimits.events(events, level)
      let width = (variance / events).squareRoot()
      return PlainLimits(
        lower: max(0, rate + width * (plain.lower - events)),
        upper: rate + width * (plain.upper - events)
      ).scaled(by: per)
    }
    return figure
  }

  /// Every stratum of the standard.
  private func parts(of persons: [Int]) -> [Part] {
    let bands = Expression.bandLabels([0, 18, 45, 65, 75, 85])
    let region = Dictionary(grouping: plain.members.filter { isCovered[$0] }) { person in
      strata.map { plain.label($0, person) }
    }.mapValues { Double($0.count) }
    let standard = (weights ?? region).filter { !$0.key.contains("unknown") && $0.value > 0 }
    return standard.map { labels, weight in
      Part(
        others: labels.filter { !bands.contains($0) },
        band: bands.firstIndex(where: labels.contains) ?? 0,
        weight: weight,
        persons: persons.filter { person in
          isCovered[person] && strata.map { plain.label($0, person) } == labels
        }
      )
    }
  }
}
