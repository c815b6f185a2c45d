import Testing

@testable import DisclosureControl

@Suite("Attack on standardised rates of several nights") struct NightRateAttackTests {
  /// What is known beside the nights, and how many they are.
  enum Nights: String, CaseIterable {
    /// Everyone knows the persons of each area and stratum.
    case open
    /// Nobody does.
    case closed
    /// Everyone does, in three nights.
    case three

    var count: Int { self == .three ? 3 : 2 }

    var size: RandomRates.Size {
      switch self {
      case .open:
        RandomRates.Size(
          areas: 2...2,
          bands: 1...1,
          persons: 20...60,
          events: 8...20,
          isOpen: true
        )
      case .closed: RandomRates.Size(areas: 2...2, bands: 1...1, persons: 20...40, events: 8...14)
      case .three:
        RandomRates.Size(
          areas: 2...2,
          bands: 1...1,
          persons: 20...40,
          events: 8...16,
          isOpen: true
        )
      }
    }

    var seeds: Range<UInt64> {
      switch self {
      case .open: 20..<60
      case .closed: 40..<56
      case .three: 11..<17
      }
    }
  }

  @Test(
    "who has the rates of several nights tells no small count of any, and no small change",
    arguments: Nights.allCases
  )
  func survives(nights: Nights) throws {
    var found = NightCase.Found()
    for seed in nights.seeds {
      guard let own = try NightCase(seed, nights.size, count: nights.count) else { continue }
      found = found + (try own.told(by: own.rows))
    }
    #expect(found.needs > 60)
    #expect(found.undecided <= found.needs / 20)
    #expect(found.told == [])
    #expect(found.narrow == [])
  }

  /// How the last night could be published instead.
  enum Careless: CaseIterable {
    /// With the rates that would be shown if it were the first night.
    case withoutRegard
    /// With rates as they are computed.
    case inDecimals

    func table(of own: NightCase) throws -> ProtectedTable? {
      self == .inDecimals ? own.inSixDecimals() : try own.withoutRegard()
    }
  }

  @Test(
    "of a last night without regard to those before more is told, and audit finds most of it",
    arguments: [
      (Nights.open, Careless.withoutRegard), (.open, .inDecimals), (.closed, .inDecimals),
      (.three, .inDecimals),
    ]
  )
  func tells(nights: Nights, careless: Careless) throws {
    var found = NightCase.Found()
    var atRisk = 0
    for seed in nights.seeds {
      guard let own = try NightCase(seed, nights.size, count: nights.count),
        let table = try careless.table(of: own)
      else { continue }
      let told = try own.told(by: own.rows(publishing: table))
      if !told.told.isEmpty, try own.atRisk(publishing: table) > 0 { atRisk += 1 }
      found = found + told
    }
    // Few digits alone tell little.
    let least = careless == .inDecimals ? 0.3 : 0
    #expect(Double(found.regionsTold) >= max(1, least * Double(found.regions)))
    #expect(Double(atRisk) >= 0.8 * Double(found.regionsTold))
  }

  @Test("the audit finds nothing in what was protected", arguments: Nights.allCases)
  func auditFindsNothing(nights: Nights) throws {
    var atRisk: [UInt64] = []
    for seed in nights.seeds {
      guard let own = try NightCase(seed, nights.size, count: nights.count) else { continue }
      if try own.atRisk() > 0 { atRisk.append(seed) }
    }
    #expect(atRisk == [])
  }

  @Test("who does not know the strata of the region tells no more", arguments: Nights.allCases)
  func tellsLessWithoutRegion(nights: Nights) throws {
    for seed in nights.seeds.prefix(3) {
      guard let own = try NightCase(seed, nights.size, count: nights.count) else { continue }
      let rows = own.rows(publishing: own.inSixDecimals())
      let all = try own.told(by: rows)
      let some = try own.told(by: rows, knowsRegion: false)
      #expect(some.told.count + some.toldAnyway <= all.told.count + all.toldAnyway, "seed \(seed)")
    }
  }
}
