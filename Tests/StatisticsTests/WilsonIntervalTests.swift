import TestSupport
import Testing

@testable import Statistics

@Suite("Limits of shares")
struct WilsonIntervalTests {
  @Test("27 of 180 and none of 40 have the limits of the page")
  func givesKnown() {
    let some = wilsonInterval(count: 27, of: 180, .ninetyFive)
    #expect(isPrinted(some?.lower, 0.105182))
    #expect(isPrinted(some?.upper, 0.209445))
    let none = wilsonInterval(count: 0, of: 40, .ninetyFive)
    #expect(none?.lower == 0)
    #expect(isPrinted(none?.upper, 0.087622))
  }

  @Test("limits hold the share, stay in 0...1, and solve (p−x/n)² = z²p(1−p)/n")
  func solvesItsEquation() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<1000 {
      let total = Int.random(in: 1...1_000_000, using: &random)
      let count = Int.random(in: 0...total, using: &random)
      let interval = try #require(wilsonInterval(count: count, of: total, .ninetyNineEight))
      let share = Double(count) / Double(total)
      #expect(0 <= interval.lower && interval.lower <= share, "\(count) of \(total)")
      #expect(share <= interval.upper && interval.upper <= 1, "\(count) of \(total)")
      let z = Confidence.ninetyNineEight.z
      for limit in [interval.lower, interval.upper] {
        let distance = (limit - share) * (limit - share)
        let expected = z * z * limit * (1 - limit) / Double(total)
        #expect(abs(distance - expected) < 1e-13, "\(count) of \(total)")
      }
    }
  }

  @Test("the limits of the others are the rest of these")
  func isSymmetric() throws {
    for count in 0...30 {
      let some = try #require(wilsonInterval(count: count, of: 30, .ninetyFive))
      let others = try #require(wilsonInterval(count: 30 - count, of: 30, .ninetyFive))
      #expect(abs(some.lower - (1 - others.upper)) < 1e-15)
    }
  }

  @Test("all of any number have an upper limit of 1, and not a bit above", arguments: 1...200)
  func staysWithinOne(total: Int) throws {
    let interval = try #require(wilsonInterval(count: total, of: total, .ninetyFive))
    #expect(interval.upper <= 1)
    #expect(isClose(interval.upper, 1, within: 1e-15))
  }

  @Test("there are none without persons, or when more have it than could")
  func refusesNoShare() {
    #expect(wilsonInterval(count: 0, of: 0, .ninetyFive) == nil)
    #expect(wilsonInterval(count: 5, of: 4, .ninetyFive) == nil)
    #expect(wilsonInterval(count: -1, of: 4, .ninetyFive) == nil)
  }
}
