import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Standardised rates of several nights") struct NightRatesTests {
  private static let policy = Protection(minimum: 10, method: .suppress)
  private static let size = RandomRates.Size(
    areas: 6...6,
    bands: 2...2,
    persons: 1000...2000,
    events: 150...300
  )

  private struct Night {
    let region: RandomRates
    let published: [ProtectedTable]

    init(_ region: RandomRates, since earlier: [EarlierRelease]) throws {
      self.region = region
      published = try protect(
        region.tables,
        pieces: region.pieces,
        NightRatesTests.policy,
        since: earlier
      )
    }

    func recorded(day: Int32) throws -> EarlierRelease {
      try record(
        region.tables,
        pieces: region.pieces,
        published: published,
        NightRatesTests.policy,
        since: [],
        day: day
      )
    }

    func atRisk(since earlier: [EarlierRelease]) throws -> Int {
      try audit(
        region.tables,
        pieces: region.pieces,
        published: published,
        NightRatesTests.policy,
        since: earlier
      ).atRisk
    }

    /// The marks of a figure of the first table, one a row.
    func marks(of name: String) throws -> [CellMark] {
      try #require(published[0].figures.first { $0.name == name }).marks
    }
  }

  /// The same region when so many persons of each area are no longer counted, spread over its strata.
  private func later(_ region: RandomRates, _ counts: [Int]) -> RandomRates {
    var left = counts
    var persons = region.persons
    for stride in 0..<7 {
      for place in persons.indices where place % 7 == stride {
        let area = persons[place].area
        if persons[place].isCounted, left[area] > 0 {
          persons[place].isCounted = false
          left[area] -= 1
        }
      }
    }
    return RandomRates(
      persons,
      areaCount: region.areaCount,
      bandCount: region.bandCount,
      standard: region.standard,
      isOpen: false,
      minimum: region.minimum
    )
  }

  @Test(
    "an area of which too few changed is held, and others in the same table are renewed",
    arguments: [0, 1, 2, 3] as [UInt64]
  )
  func holdsAreaByArea(seed: UInt64) throws {
    let region = RandomRates(seed: seed, Self.size, minimum: Self.policy.minimum)
    let first = try Night(region, since: [])
    let told = try first.recorded(day: 0)
    let second = try Night(later(region, [3, 60, 4, 70, 50, 80]), since: [told])
    let counted = try second.marks(of: RandomRates.part)
    for name in [RandomRates.rate, RandomRates.ratio] {
      let (before, after) = (try first.marks(of: name), try second.marks(of: name))
      // All that is looked at was told in the first night.
      #expect(before.prefix(region.areaCount).allSatisfy { !$0.isHidden })
      for area in [0, 2] { #expect(after[area] == .held, "\(name) of area \(area)") }
      // A count that protects another is held, and what is made of it.
      let renewed = [1, 3, 4, 5].filter { !counted[$0].isHidden }
      #expect(renewed.count >= 3)
      #expect(renewed.count { !after[$0].isHidden } >= 2, "\(name): \(after.map(\.symbol))")
    }
    #expect(try second.atRisk(since: [told]) == 0)
  }

  /// Strata of the whole region that few left, of which the first night told all: its ratios were exact.
  @Test("what the first night told is not told by the second alone")
  func keepsWhatWasTold() throws {
    let size = RandomRates.Size(
      areas: 2...2,
      bands: 1...1,
      persons: 20...60,
      events: 8...20,
      isOpen: true
    )
    let nights = try #require(try NightCase(77, size, count: 2))
    #expect(try nights.atRisk() == 0)
    let before = try #require(nights.nights[0].published[0].figures.first { $0.name == "smr" })
    #expect(before.marks.allSatisfy { $0 == .none })
  }
}
