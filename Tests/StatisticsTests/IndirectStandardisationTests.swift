import Testing

@testable import Statistics

@Suite("Indirectly standardised ratios")
struct IndirectStandardisationTests {
  private static let known = [
    ReferenceStratum(population: 400, referenceObserved: 4, referencePopulation: 1000),
    ReferenceStratum(population: 300, referenceObserved: 20, referencePopulation: 1000),
    ReferenceStratum(population: 120, referenceObserved: 90, referencePopulation: 1000),
  ]

  @Test("31 where 18.4 are expected have the ratio and limits of the page")
  func givesKnown() throws {
    let expected = try expectedCount(Self.known)
    #expect(isClose(expected, 18.4))
    let ratio = standardisedRatio(observed: 31, expected: expected, .ninetyFive)
    #expect(isPrinted(ratio.value, 1.684783))
    #expect(isPrinted(ratio.interval?.lower, 1.144519))
    #expect(isPrinted(ratio.interval?.upper, 2.391496))
  }

  @Test("repeats widen the limits and leave the ratio")
  func widens() {
    let plain = standardisedRatio(observed: 31, expected: 18.4, .ninetyFive)
    let wide = standardisedRatio(observed: 31, expected: 18.4, variance: 62, .ninetyFive)
    #expect(wide.value == plain.value)
    let events = eventInterval(observed: 31, variance: 62, .ninetyFive)
    #expect(isClose(wide.interval?.lower, events.lower / 18.4))
    #expect(isClose(wide.interval?.upper, events.upper / 18.4))
  }

  @Test("a region compared with itself has ratio 1")
  func isOneForItself() throws {
    let strata = [(50.0, 3), (70, 11), (90, 40)].map {
      ReferenceStratum(population: $0.0, referenceObserved: $0.1, referencePopulation: $0.0)
    }
    #expect(isClose(try expectedCount(strata), 54))
  }

  @Test("persons in a stratum that the reference lacks are refused, with the stratum")
  func refusesEmptyReference() throws {
    let lacking = ReferenceStratum(
      population: 1,
      referenceObserved: 0,
      referencePopulation: 0
    )
    #expect(throws: StatisticsError.emptyReference(stratum: 3)) {
      try expectedCount(Self.known + [lacking])
    }
    let nobody = ReferenceStratum(population: 0, referenceObserved: 0, referencePopulation: 0)
    #expect(isClose(try expectedCount(Self.known + [nobody]), 18.4))
  }

  @Test("where nothing is expected there is no ratio; where none are seen it is 0")
  func keepsItsEnds() {
    #expect(standardisedRatio(observed: 2, expected: 0, .ninetyFive) == .none(.missing))
    let none = standardisedRatio(observed: 0, expected: 2, .ninetyFive)
    #expect(none.value == 0)
    #expect(none.interval?.lower == 0)
    #expect(isClose(none.interval?.upper, 3.6888794541139363 / 2))
  }
}
