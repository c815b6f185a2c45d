import TestSupport
import Testing

@testable import Statistics

@Suite("Directly standardised rates")
struct DirectStandardisationTests {
  private static let known = [
    Stratum(band: 0, weight: 5000, observed: 6, population: 1200),
    Stratum(band: 1, weight: 3500, observed: 21, population: 900),
    Stratum(band: 2, weight: 1500, observed: 33, population: 260),
  ]

  @Test("three strata of persons have the rate and limits of the page")
  func givesKnown() {
    let rate = directlyStandardisedRate(Self.known, .ninetyFive).per(1000)
    #expect(isPrinted(rate.value, 29.705128))
    #expect(isPrinted(rate.interval?.lower, 22.549467))
    #expect(isPrinted(rate.interval?.upper, 38.379371))
    #expect(rate.mark == nil)
  }

  @Test("the same events of fewer persons have the wider limits of the page")
  func givesKnownOfEvents() {
    let persons = [
      [(events: 1, persons: 4), (2, 1), (3, 0)], [(1, 13), (2, 4), (3, 0)],
      [(1, 15), (2, 6), (3, 2)],
    ]
    let strata = zip(Self.known, persons).map { stratum, persons in
      Stratum(
        band: stratum.band,
        weight: stratum.weight,
        observed: persons.reduce(0) { $0 + $1.events * $1.persons },
        variance: eventVariance(persons),
        population: stratum.population
      )
    }
    #expect(strata.map(\.observed) == [6, 21, 33])
    let rate = directlyStandardisedRate(strata, .ninetyFive).per(1000)
    #expect(isPrinted(rate.value, 29.705128))
    #expect(isPrinted(rate.interval?.lower, 20.575212))
    #expect(isPrinted(rate.interval?.upper, 40.772603))
  }

  @Test("standardised to its own population, a rate is the crude one with its limits")
  func isCrudeToItself() throws {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<200 {
      let strata = (0..<8).map { band in
        let population = Double(Int.random(in: 100...5000, using: &random))
        return Stratum(
          group: band / 4,
          band: band % 4,
          weight: population * 3,
          observed: Int.random(in: 2...60, using: &random),
          population: population
        )
      }
      let standardised = directlyStandardisedRate(strata, .ninetyFive)
      let crude = crudeRate(
        observed: strata.reduce(0) { $0 + $1.observed },
        population: strata.reduce(0) { $0 + $1.population },
        .ninetyFive
      )
      let (found, expected) = (try #require(standardised.interval), try #require(crude.interval))
      #expect(isClose(standardised.value, try #require(crude.value)))
      #expect(isClose(found.lower, expected.lower))
      #expect(isClose(found.upper, expected.upper))
    }
  }

  @Test("the order of strata changes no bit")
  func hasNoOrder() {
    let expected = directlyStandardisedRate(Self.known, .ninetyFive)
    #expect(directlyStandardisedRate(Self.known.reversed(), .ninetyFive) == expected)
  }

  @Test("under ten events there is no rate, only `few`")
  func needsTen() {
    func strata(_ observed: Int) -> [Stratum] {
      [Stratum(band: 0, weight: 1, observed: observed, population: 100)]
    }
    #expect(directlyStandardisedRate(strata(9), .ninetyFive) == .none(.few))
    #expect(directlyStandardisedRate(strata(10), .ninetyFive).value == 0.1)
  }

  @Test("events of strata without weight are not counted")
  func skipsWeightless() {
    let aside = Stratum(band: 3, weight: 0, observed: 500, population: 10)
    #expect(
      directlyStandardisedRate(Self.known + [aside], .ninetyFive)
        == directlyStandardisedRate(Self.known, .ninetyFive)
    )
  }

  private func banded(_ populations: [Double], weights: [Double]) -> [Stratum] {
    zip(populations, weights).enumerated().map { band, pair in
      Stratum(
        band: band,
        weight: pair.1,
        observed: pair.0 > 0 ? 12 : 0,
        population: pair.0
      )
    }
  }

  @Test("a band without persons joins the next younger one, and the rate says so")
  func pools() {
    let strata = [
      Stratum(band: 0, weight: 4000, observed: 12, population: 1000),
      Stratum(band: 1, weight: 3000, observed: 20, population: 800),
      Stratum(band: 2, weight: 2500, observed: 30, population: 300),
      Stratum(band: 3, weight: 500, observed: 0, population: 0),
    ]
    let rate = directlyStandardisedRate(strata, .ninetyFive).per(1000)
    #expect(isPrinted(rate.value, 42.3))
    #expect(isPrinted(rate.interval?.lower, 31.471591))
    #expect(isPrinted(rate.interval?.upper, 55.385076))
    #expect(rate.mark == .pooled)
  }

  @Test("two bands without persons join the same one; the youngest joins the next older")
  func poolsSeveral() {
    let several = PooledStrata(banded([100, 0, 0, 50], weights: [90, 2, 3, 5])).strata
    #expect(several.map(\.band) == [0, 3])
    #expect(several.map(\.weight) == [95, 5])
    let youngest = PooledStrata(banded([0, 0, 100, 50], weights: [1, 2, 90, 7])).strata
    #expect(youngest.map(\.band) == [2, 3])
    #expect(youngest.map(\.weight) == [93, 7])
  }

  @Test("bands join within their group alone")
  func poolsWithinGroup() {
    var strata = banded([100, 50], weights: [50, 40])
    strata.append(Stratum(group: 1, band: 0, weight: 80, observed: 12, population: 70))
    strata.append(Stratum(group: 1, band: 1, weight: 9, observed: 0, population: 0))
    let pooled = PooledStrata(strata)
    #expect(pooled.strata.map(\.weight) == [50, 40, 89])
    #expect(pooled.pooledWeight == 9)
  }

  @Test("events of a band without persons count with the band it joins")
  func poolsEvents() {
    let strata = [
      Stratum(band: 0, weight: 90, observed: 12, population: 100),
      Stratum(band: 1, weight: 10, observed: 3, variance: 9, population: 0),
    ]
    let joined = [Stratum(band: 0, weight: 100, observed: 15, variance: 21, population: 100)]
    let (found, expected) = (
      directlyStandardisedRate(strata, .ninetyFive), directlyStandardisedRate(joined, .ninetyFive)
    )
    #expect(found.value == 0.15)
    #expect(found.interval == expected.interval)
  }

  @Test("a lower limit is never below 0")
  func staysAboveZero() {
    let repeats = Stratum(band: 0, weight: 1, observed: 12, variance: 144, population: 50)
    #expect(directlyStandardisedRate([repeats], .ninetyFive).interval?.lower == 0)
  }

  @Test("a tenth of the weight may be pooled, more may not")
  func limitsPooling() {
    let tenth = directlyStandardisedRate(banded([100, 0], weights: [9, 1]), .ninetyFive)
    #expect(tenth.mark == .pooled)
    #expect(tenth.value == 0.12)
    let more = directlyStandardisedRate(banded([100, 0], weights: [89, 11]), .ninetyFive)
    #expect(more == .none(.missing))
  }

  @Test("a group in which nobody is has no younger band, and the rate is missing")
  func missesGroups() {
    var strata = banded([100, 50], weights: [99, 40])
    strata.append(Stratum(group: 1, band: 0, weight: 1, observed: 0, population: 0))
    #expect(directlyStandardisedRate(strata, .ninetyFive) == .none(.missing))
    #expect(directlyStandardisedRate([], .ninetyFive) == .none(.missing))
  }
}
