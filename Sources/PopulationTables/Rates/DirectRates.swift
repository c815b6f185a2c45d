import Statistics
import Tabular

/// The rate that a standard population would have with the rates of each cell, stratum by stratum.
struct DirectRates {
  private let name: String
  private let per: Double
  private let levels: [Confidence]
  private let persons: StratifiedPersons
  private let populations: [Int64]
  private let observed: [Int64]
  private let squares: [Int64]
  /// One a stratum; 0 for persons of unknown age or sex, who are no stratum of the standard.
  private let weights: [Double]
  /// For each stratum: all that it is cut by but age, and its age band from the youngest up.
  private let places: [(group: Int, band: Int)]
  /// Of the standard, those that nobody of the region is in.
  private let empty: [Stratum]
  /// The strata with weight, of the region and of the standard alone.
  let standard: [StrataFigure.Standard]

  /// - Parameters:
  ///   - name: of the measure.
  ///   - per: so many persons.
  ///   - persons: of the table, by stratum.
  ///   - bands: the strata column whose labels have an order, and that order; a stratum of nobody
  ///     joins a neighbour in it. Nil when none has.
  ///   - standard: the weights by the labels of the strata; nil for the region's persons.
  ///   - populations: one number a person: 1, or 0 for who is no part of the rates.
  ///   - observed: one number a person: what is counted of them.
  ///   - levels: of the limits.
  /// - Throws: `overflow` with the name, and `standard` where that lacks strata of the region.
  init(
    _ name: String,
    per: Int64,
    _ persons: StratifiedPersons,
    bands: (dimension: Int, labels: [String])?,
    standard: [[String]: Double]?,
    populations: [Int64],
    observed: [Int64],
    levels: [Confidence]
  ) throws(PopulationTablesError) {
    self.name = name
    self.per = Double(per)
    self.levels = levels
    self.persons = persons
    self.populations = try persons.added(name) { populations[$0] }
    self.observed = try persons.added(name) { observed[$0] }
    var overflowed = false
    squares = try persons.added(name) { person in
      let (square, overflow) = observed[person].multipliedReportingOverflow(by: observed[person])
      overflowed = overflowed || overflow
      return square
    }
    if overflowed { throw .overflow(column: name) }
    let strata = persons.strata
    let region = try persons.region(self.populations, name: name)
    var given = standard ?? [:]
    var lacking = 0
    var groups: [[String]: Int] = [:]
    func place(_ labels: [String]) -> (group: Int, band: Int) {
      var others = labels
      let band = bands.map { bands in
        let label = others.remove(at: bands.dimension)
        return bands.labels.firstIndex(of: label) ?? bands.labels.count
      }
      let group = groups[others] ?? groups.count
      groups[others] = group
      return (group, band ?? 0)
    }
    var weights: [Double] = []
    var places: [(group: Int, band: Int)] = []
    var known: [StrataFigure.Standard] = []
    for stratum in region.indices {
      let labels = strata.dimensions.indices.map { dimension in
        strata.dimensions[dimension].labels[Int(strata.codes[dimension][stratum])]
      }
      let weight = standard == nil ? Double(region[stratum]) : given.removeValue(forKey: labels)
      let isKnown = !labels.contains(unknownLabel)
      if isKnown, weight == nil, region[stratum] > 0 { lacking += 1 }
      weights.append(isKnown ? weight ?? 0 : 0)
      places.append(place(labels))
      if isKnown {
        known.append(
          StrataFigure.Standard(
            labels: labels,
            group: places[stratum].group,
            band: places[stratum].band,
            weight: standard == nil ? nil : weight ?? 0
          )
        )
      }
    }
    if lacking > 0 { throw .standard(measure: name, lacking: lacking) }
    self.weights = weights
    self.places = places
    let order = given.keys.sorted { $0.lexicographicallyPrecedes($1) }
    empty = order.map { labels in
      let place = place(labels)
      return Stratum(
        group: place.group,
        band: place.band,
        weight: given[labels] ?? 0,
        observed: 0,
        population: 0
      )
    }
    self.standard =
      known
      + zip(order, empty).map { labels, stratum in
        StrataFigure.Standard(
          labels: labels,
          group: stratum.group,
          band: stratum.band,
          weight: stratum.weight
        )
      }
  }

  /// How many columns it takes: the rate, its mark, and two limits a level.
  var columnCount: Int { 2 + 2 * levels.count }

  /// In millionths, one number a group.
  func columns(of groups: CellGroups) throws(PopulationTablesError) -> [[Int64]] {
    var columns = [[Int64]](
      repeating: [Int64](repeating: missingInteger, count: groups.keys.count),
      count: columnCount
    )
    let figures = [populations, observed, squares]
    try persons.forEachGroup(figures, of: groups, name: name) { group in
      let strata = strata(of: group)
      columns[1][group.group] = 0
      for (number, level) in levels.enumerated() {
        let rate = directlyStandardisedRate(strata, level).per(per)
        columns[0][group.group] = millionths(rate.value)
        columns[1][group.group] = Int64(mark(rate.mark).rawValue)
        columns[2 + 2 * number][group.group] = millionths(rate.interval?.lower)
        columns[3 + 2 * number][group.group] = millionths(rate.interval?.upper)
      }
    }
    return columns
  }

  /// Every stratum of the standard, those of nobody too.
  private func strata(of group: StratifiedPersons.Group) -> [Stratum] {
    var next = 0
    let known = weights.indices.compactMap { stratum -> Stratum? in
      let isHere = next < group.strata.count && group.strata[next] == stratum
      defer { if isHere { next += 1 } }
      guard weights[stratum] > 0 else { return nil }
      return Stratum(
        group: places[stratum].group,
        band: places[stratum].band,
        weight: weights[stratum],
        observed: isHere ? Int(group.sums[1][next]) : 0,
        variance: isHere ? Double(group.sums[2][next]) : 0,
        population: isHere ? Double(group.sums[0][next]) : 0
      )
    }
    return known + empty
  }

  private func mark(_ mark: Mark?) -> CellTable.Figure.Mark {
    switch mark {
    case .few?: .few
    case .pooled?: .pooled
    case .missing?, nil: .none
    }
  }
}
