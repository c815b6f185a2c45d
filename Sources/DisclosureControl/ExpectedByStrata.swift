import PipelineFile

/// Of the persons of a region so many must be in strata that it shows.
private let leastShown = 0.9

/// The regions with what each would count at the rates of all, stratum by stratum.
///
/// A stratum that a region does not show counts nowhere for it, on either side. A region that shows
/// too few of its persons is not compared, and no part of the rates of all.
///
/// - Parameters:
///   - regions: in the order in which they are added up.
///   - coverage: what must be covered of each, in 0...1; nil for nothing.
/// - Returns: the same regions, `events` and `base` being what was counted and was expected of the
///   strata that they show; both nil where it is not compared.
func expected(of regions: [PublishedRegion], _ coverage: Double?) -> [PublishedRegion] {
  var rates: [[String]: (events: Double, persons: Double)] = [:]
  for region in regions where region.isCovered(coverage) && region.showsEnough {
    for (stratum, counts) in region.strata {
      let sum = rates[stratum] ?? (0, 0)
      rates[stratum] = (sum.events + counts.events, sum.persons + counts.persons)
    }
  }
  return regions.map { region in
    var events = 0.0
    var expected = 0.0
    for stratum in region.strata.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let own = region.strata[stratum], let all = rates[stratum], all.persons > 0
      else { continue }
      events += own.events
      expected += own.persons * all.events / all.persons
    }
    let isCompared = region.showsEnough && expected > 0
    return PublishedRegion(
      name: region.name,
      events: isCompared ? events : nil,
      base: isCompared ? expected : nil,
      coverage: region.coverage,
      strata: region.strata
    )
  }
}

extension PublishedRegion {
  /// Whether so much of it is covered.
  func isCovered(_ least: Double?) -> Bool {
    least.map { least in coverage.map { $0 >= least } ?? false } ?? true
  }

  fileprivate var showsEnough: Bool {
    guard let base else { return false }
    return strata.values.reduce(0.0) { $0 + $1.persons } >= leastShown * base
  }
}
