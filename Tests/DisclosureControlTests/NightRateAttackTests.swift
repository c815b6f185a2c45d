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
    #expect(found.needs > 40)
    #expect(found.undecided <= found.needs / 20)
    #expect(found.told == [])
    #expect(found.narrow == [])
  }

  @Test(
    "of a last night in six decimals more is told, and audit finds most of it",
    arguments: [Nights.open, .closed]
  )
  func tells(nights: Nights) throws {
    var found = NightCase.Found()
    var atRisk = 0
    for seed in nights.seeds.prefix(16) {
      guard let own = try NightCase(seed, nights.size, count: nights.count) else { continue }
      let table = own.inSixDecimals()
      let told = try own.told(by: own.rows(publishing: table))
      if !told.told.isEmpty, try own.atRisk(publishing: table) > 0 { atRisk += 1 }
      found = found + told
    }
    #expect(Double(found.regionsTold) >= 0.2 * Double(found.regions))
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
}
