import Statistics
import Tabular

/// A standardised rate of one cell: what anyone who reads it knows of the counts of its strata.
struct StratifiedRate: Sendable {
  /// The numbers that it is made of, each once.
  let members: [Int32]
  /// The strata of its cell in which somebody is.
  let places: [Place]
  /// The numbers of those strata, each once.
  let own: [Int32]
  /// The numbers beside it that it is made of too: it is shown only where they are.
  let parts: [Int32]
  /// Of the whole region, stratum by stratum: what is counted, and who could be.
  let ofRegion: [(observed: Int32, population: Int32)]
  let strata: [Counts]
  private let method: Method

  /// The counts of a stratum, by their places among the members; nil of nobody.
  struct Counts: Sendable {
    var observed: Int?
    var population: Int?
    var regionObserved: Int?
    var regionPopulation: Int?
    /// Of a standard population; nil for the region's.
    var weight: Double? = nil
    var group = 0
    var band = 0
  }

  /// The numbers of a stratum in the cell.
  struct Place: Sendable {
    /// The same for one stratum in every cell of a table.
    let stratum: Int
    let observed: Int32
    let population: Int32
    /// Persons who are not counted; nil where nobody is left, or events are counted.
    let rest: Int32?
    /// Whether persons are counted, each once.
    let isOfPersons: Bool
  }

  /// What is made of the counts.
  enum Method: Sendable {
    /// A rate per so many persons. The spread of events is known to nobody, that of persons to all.
    case direct(per: Int64, isOfEvents: Bool)
    case indirect
  }

  /// - Parameters:
  ///   - members: the numbers that it is made of, each once.
  ///   - strata: their places are below the number of members.
  ///   - method: what is made of them.
  ///   - places: of its cell.
  ///   - parts: none, or what is counted and who could be.
  ///   - ofRegion: of the strata that it is made of.
  init(
    _ members: [Int32],
    _ strata: [Counts],
    _ method: Method,
    places: [Place],
    parts: [Int32],
    ofRegion: [(observed: Int32, population: Int32)]
  ) {
    self.members = members
    self.strata = strata
    self.method = method
    self.parts = parts
    self.ofRegion = ofRegion
    self.places = places
    own = Set(places.flatMap { [$0.observed, $0.population] + ($0.rest.map { [$0] } ?? []) })
      .sorted()
  }

  /// What is told of a cell.
  struct Told: Sendable, Equatable {
    /// In millionths, as anyone can read them or work them out: a rate and the width of its limits, or
    /// what is expected.
    let values: [Int64]
    let isPooled: Bool
    /// What is counted, or what is expected.
    let events: Double

    /// What is read where they are rounded.
    var rounded: Rounded {
      Rounded(
        values: values.enumerated().map { number, value in
          number == 0
            ? RateRounding.rate(value, ofEvents: events) : RateRounding.width(value)
        },
        isPooled: isPooled
      )
    }
  }

  /// What is read of a rounded rate.
  struct Rounded: Sendable, Equatable {
    let values: [Int64]
    let isPooled: Bool
  }

  /// What these counts would make.
  ///
  /// - Parameter count: of a member, by its place.
  /// - Returns: in millionths, not rounded to whole ones; nil where there is no rate.
  func values(
    _ count: (Int) -> Int64
  ) -> (values: [Double], events: Double, isPooled: Bool)? {
    func number(_ place: Int?) -> Int64 { place.map(count) ?? 0 }
    switch method {
    case .direct(let per, let isOfEvents):
      let rate = DirectRate(
        strata.compactMap { stratum in
          let weight = stratum.weight ?? Double(number(stratum.regionPopulation))
          return weight > 0
            ? Stratum(
              group: stratum.group,
              band: stratum.band,
              weight: weight,
              observed: Int(number(stratum.observed)),
              population: Double(number(stratum.population))
            ) : nil
        }
      )
      guard let rate, !rate.isOfFew else { return nil }
      let unit = 1_000_000 * Double(per)
      return (
        isOfEvents ? [rate.value * unit] : [rate.value * unit, rate.width * unit],
        Double(rate.observed), rate.isPooled
      )
    case .indirect:
      var expected = 0.0
      for stratum in strata {
        let all = number(stratum.regionPopulation)
        let own = number(stratum.population)
        if own == 0 { continue }
        guard all > 0 else { return nil }
        expected += Double(own) * Double(number(stratum.regionObserved)) / Double(all)
      }
      return expected > 0 ? ([expected * 1_000_000], expected, false) : nil
    }
  }

  /// What these counts would tell.
  ///
  /// - Parameter count: of a member, by its place.
  /// - Returns: nil where there is no rate.
  func told(_ count: (Int) -> Int64) -> Told? {
    guard let (values, events, isPooled) = values(count) else { return nil }
    let whole = values.compactMap { Int64(exactly: $0.rounded()) }
    return whole.count == values.count
      ? Told(values: whole, isPooled: isPooled, events: events) : nil
  }
}
