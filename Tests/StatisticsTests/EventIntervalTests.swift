import Testing

@testable import Statistics

@Suite("Limits of events of which a person can have several")
struct EventIntervalTests {
  @Test("the variance is that of persons, not of events")
  func addsSquares() {
    #expect(eventVariance([(events: 1, persons: 10), (2, 3), (3, 3)]) == 49)
    #expect(eventVariance([(events: 1, persons: 25)]) == 25)
    #expect(eventVariance([]) == 0)
    // More than an integer holds is no reason to stop.
    #expect(eventVariance([(events: .max, persons: .max)]).isFinite)
  }

  @Test("limits are wider by the root of variance to events")
  func widens() {
    let interval = eventInterval(observed: 25, variance: 49, .ninetyFive)
    #expect(isPrinted(interval.lower / 500, 0.025288))
    #expect(isPrinted(interval.upper / 500, 0.083338))
  }

  @Test("a lower limit is never below 0")
  func staysAboveZero() {
    let interval = eventInterval(observed: 3, variance: 9, .ninetyFive)
    #expect(interval.lower == 0)
    #expect(isPrinted(interval.upper, 12.989210))
  }

  @Test("without repeats, and without events, they are the limits of a count")
  func isPoisson() {
    for observed in [0, 4, 42] {
      let plain = poissonInterval(observed: observed, .ninetyFive)
      #expect(eventInterval(observed: observed, .ninetyFive) == plain)
      let alike = eventInterval(observed: observed, variance: Double(observed), .ninetyFive)
      #expect(isClose(alike.lower, plain.lower))
      #expect(isClose(alike.upper, plain.upper))
    }
  }
}
