import Testing

@testable import Statistics

@Suite("Crude rates")
struct CrudeRateTests {
  @Test("a rate of events has the limits of its events, per population")
  func dividesEvents() {
    let rate = crudeRate(observed: 25, population: 500, variance: 49, .ninetyFive).per(1000)
    #expect(isPrinted(rate.value, 50))
    #expect(abs((rate.interval?.lower ?? 0) - 25.287945) < 1e-6)
    #expect(abs((rate.interval?.upper ?? 0) - 83.338062) < 1e-6)
    #expect(rate.mark == nil)
  }

  @Test("a share has the limits of a share")
  func dividesPersons() {
    let found = crudeShare(of: 27, in: 180, .ninetyFive)
    #expect(found.value == 0.15)
    #expect(found.interval == wilsonInterval(count: 27, of: 180, .ninetyFive))
  }

  @Test("without a population there is none")
  func missesPopulation() {
    #expect(crudeRate(observed: 3, population: 0, .ninetyFive) == .none(.missing))
    #expect(crudeShare(of: 0, in: 0, .ninetyFive) == .none(.missing))
    #expect(Estimate.none(.missing).per(1000) == .none(.missing))
  }
}
