import Tabular
import TestSupport
import Testing

@testable import PopulationTables

@Suite struct SpellShareTests {
  @Test("An amount is spread over the months of its spell as the design tells")
  func knowsAnswer() throws {
    let start = try #require(CivilDate("2026-08-17"))
    let months = [("2026-08-01", 31), ("2026-09-01", 30), ("2026-10-01", 31), ("2026-11-01", 30)]
    let parts = try months.map { first, length in
      let first = Int64(try #require(CivilDate(first)).dayNumber)
      let share = SpellShare(
        start: Int64(start.dayNumber),
        end: Int64(start.dayNumber) + 89,
        days: first...first + Int64(length) - 1
      )
      return try #require(share).part(of: 10_001)
    }
    #expect(parts == [1666, 3334, 3445, 1556])
  }

  @Test(
    "The parts of adjoining runs of days add up to the amount, credits too",
    arguments: 0..<200 as Range<UInt64>
  )
  func addsUp(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let start = Int64.random(in: -50...50, using: &random)
    let end = start + Int64.random(in: 0...400, using: &random)
    let amount = Int64.random(in: -1_000_000...1_000_000, using: &random)
    var sum: Int64 = 0
    var first: Int64 = -100
    while first < 600 {
      let last = first + Int64.random(in: 0...60, using: &random)
      sum += SpellShare(start: start, end: end, days: first...last)?.part(of: amount) ?? 0
      first = last + 1
    }
    #expect(sum == amount, "seed \(seed)")
  }

  @Test("A spell that has not ended overlaps, and nothing is known of its amount")
  func leavesOpenSpells() {
    let open = SpellShare(start: 5, end: missingInteger, days: 10...20)
    #expect(open?.part(of: 100) == missingInteger)
    #expect(SpellShare(start: 21, end: missingInteger, days: 10...20) == nil)
  }

  @Test("No day of a spell without a beginning, or that ends before it begins, is known")
  func refusesSpells() {
    #expect(SpellShare(start: missingInteger, end: 15, days: 10...20) == nil)
    #expect(SpellShare(start: 16, end: 15, days: 10...20) == nil)
    #expect(SpellShare(start: 15, end: 15, days: 10...20)?.part(of: 7) == 7)
  }

  @Test("No number of a file traps")
  func survivesAnything() {
    for amount in [Int64.min, .min + 1, -1, 0, .max] {
      let share = SpellShare(start: 1, end: 3, days: 2...2)
      _ = share?.part(of: amount)
    }
    #expect(SpellShare(start: .min + 1, end: .max, days: 2...2)?.part(of: 0) == 0)
  }
}
