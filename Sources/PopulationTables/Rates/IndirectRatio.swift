import Statistics
import Tabular

/// What each cell would have with the rates of the region, stratum by stratum.
struct IndirectRatio {
  private let name: String
  private let persons: StratifiedPersons
  private let populations: [Int64]
  private let reference: (observed: [Int64], populations: [Int64])

  /// - Parameters:
  ///   - name: of the measure.
  ///   - persons: of the table, by stratum.
  ///   - populations: one number a person: 1, or 0 for who is no part of the rates.
  ///   - observed: one number a person: what is counted of them.
  /// - Throws: `overflow` with the name.
  init(
    _ name: String,
    _ persons: StratifiedPersons,
    populations: [Int64],
    observed: [Int64]
  ) throws(PopulationTablesError) {
    self.name = name
    self.persons = persons
    self.populations = try persons.added(name) { populations[$0] }
    let counted = try persons.added(name) { observed[$0] }
    reference = (
      try persons.region(counted, name: name), try persons.region(self.populations, name: name)
    )
  }

  /// One number a group; everybody in it is in the region too, so no stratum lacks a rate.
  func expected(of groups: CellGroups) throws(PopulationTablesError) -> [Double] {
    var expected = [Double](repeating: 0, count: groups.keys.count)
    try persons.forEachGroup([populations], of: groups, name: name) { group in
      let strata = zip(group.strata, group.sums[0]).map { stratum, population in
        ReferenceStratum(
          population: Double(population),
          referenceObserved: Int(reference.observed[stratum]),
          referencePopulation: Double(reference.populations[stratum])
        )
      }
      expected[group.group] = (try? expectedCount(strata)) ?? 0
    }
    return expected
  }
}
