import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Attack on standardised rates") struct RateAttackTests {
  /// What is known beside a release, and how large its regions are.
  enum Release: String, CaseIterable {
    /// Everyone knows the persons of each area and stratum.
    case open
    /// The same, of four strata.
    case openOfFour = "open, of four strata"
    /// Nobody does.
    case closed

    var size: RandomRates.Size {
      switch self {
      case .open:
        RandomRates.Size(
          areas: 2...4,
          bands: 1...1,
          persons: 20...150,
          events: 8...24,
          isOpen: true
        )
      case .openOfFour:
        RandomRates.Size(
          areas: 2...3,
          bands: 2...2,
          persons: 40...150,
          events: 8...14,
          isOpen: true
        )
      case .closed: RandomRates.Size(areas: 2...4, bands: 1...1, persons: 20...60, events: 8...16)
      }
    }

    var seeds: Range<UInt64> { self == .openOfFour ? 0..<24 : 0..<120 }

    var kinds: [StrataAttack.Target.Kind] { self == .closed ? [.counted, .persons] : [.counted] }
  }

  private struct Case {
    let region: RandomRates
    let policy: Protection
    let published: [ProtectedTable]

    /// Nil where the release is refused.
    init?(_ seed: UInt64, _ size: RandomRates.Size) throws {
      region = RandomRates(seed: seed, size)
      var policy = Protection(minimum: seed % 2 == 0 ? 5 : 10, method: .suppress)
      if size.isOpen {
        policy.open = [Protection.OpenMeasure(name: RandomRates.residents, reason: "published")]
      }
      self.policy = policy
      do {
        published = try protect(region.tables, pieces: region.pieces, policy)
      } catch DisclosureControlError.unprotected {
        return nil
      }
    }

    func audited(_ published: [ProtectedTable]) throws -> ReleaseAudit {
      try audit(region.tables, pieces: region.pieces, published: published, policy)
    }

    var rows: [RatesShown] { RatesShown.rows(of: published[0], region) }

    func attack(_ rows: [RatesShown]) -> StrataAttack? {
      StrataAttack(
        region,
        rows,
        knowsPersons: region.tables.count > 1,
        minimum: Int(policy.minimum)
      )
    }
  }

  /// What was told of counts of strata.
  private struct Found {
    var regions = 0
    var needs = 0
    var undecided = 0
    var told: [String] = []
    var narrow: [String] = []
    var regionsTold = 0
  }

  /// - Parameters:
  ///   - release: of which random regions are looked at.
  ///   - kinds: of numbers.
  ///   - isOfRate: numbers of areas of which a rate is shown, or of others.
  ///   - view: what is seen of a region.
  /// - Returns: what is told in all regions together.
  /// - Throws: what protection throws but for releases that it refuses.
  private func look(
    at release: Release,
    _ kinds: [StrataAttack.Target.Kind],
    isOfRate: Bool,
    as view: (Case) -> [RatesShown] = { $0.rows }
  ) throws -> Found {
    var found = Found()
    for seed in release.seeds {
      guard let own = try Case(seed, release.size), let attack = own.attack(view(own)) else {
        continue
      }
      found.regions += 1
      let before = found.told.count
      for target in attack.needs(kinds, isOfRate: isOfRate) {
        found.needs += 1
        guard let reach = attack.reach(of: target) else {
          found.undecided += 1
          continue
        }
        let truth = attack.truth(of: target)
        #expect(reach.contains(truth), "seed \(seed), \(target)")
        let words = "seed \(seed), \(target): \(truth) in \(reach.sorted())"
        if reach == [truth] { found.told.append(words) }
        if reach.min() == truth || reach.max() == truth { found.narrow.append(words) }
      }
      if found.told.count > before { found.regionsTold += 1 }
    }
    return found
  }

  @Test(
    "who knows all strata of the region tells no small count that a shown rate is made of",
    arguments: Release.allCases
  )
  func survives(release: Release) throws {
    let found = try look(at: release, release.kinds, isOfRate: true)
    #expect(found.needs > 20)
    #expect(found.undecided <= 2)
    #expect(found.narrow == [])
  }

  @Test("nor one of an area of which no rate is shown, beside the rates of others")
  func survivesBesideOthers() throws {
    var told: [String] = []
    for release in [Release.open, .closed] {
      // Some are told by what is empty, whatever rates are shown.
      let anyway = try look(at: release, release.kinds, isOfRate: false) { own in
        own.rows.map { RatesShown(observed: $0.observed, persons: $0.persons) }
      }
      told += try look(at: release, release.kinds, isOfRate: false).told
        .filter { !anyway.told.contains($0) }
    }
    #expect(told == [])
  }

  @Test("nor how few of a stratum are not counted, in areas of which a rate is shown")
  func survivesForOthers() throws {
    var told: [String] = []
    for release in [Release.open, .closed] {
      told += try look(at: release, [.others], isOfRate: true).told
    }
    #expect(told == [])
  }

  @Test(
    "the same rates in six decimals tell small counts in most regions",
    arguments: Release.allCases
  )
  func tellsByDecimals(release: Release) throws {
    let found = try look(at: release, release.kinds, isOfRate: true) { own in
      RatesShown.all(own.rows, own.region, isRounded: false)
    }
    #expect(Double(found.regionsTold) >= 0.7 * Double(found.regions))
    #expect(Double(found.told.count) >= 0.9 * Double(found.needs))
  }

  @Test("and in few digits, but all of them, in some", arguments: Release.allCases)
  func tellsByRoundedRates(release: Release) throws {
    let found = try look(at: release, release.kinds, isOfRate: true) { own in
      RatesShown.all(own.rows, own.region, isRounded: true)
    }
    #expect(Double(found.regionsTold) >= 0.25 * Double(found.regions))
  }

  @Test("rates are read as the public rule says", arguments: Release.allCases)
  func areReadByRule(release: Release) throws {
    for seed in release.seeds {
      guard let own = try Case(seed, release.size) else { continue }
      let region = own.region.counts(of: own.region.areaCount)
      for (row, shown) in own.rows.enumerated() {
        let (observed, population) = own.region.counts(of: row)
        let isRead = shown.rate?.isRead(own.region.reading, observed, population) ?? true
        let expected = RateReading.expected(population, region)
        #expect(isRead, "seed \(seed), row \(row)")
        #expect(shown.expected?.isRead(expected) ?? true, "seed \(seed), row \(row)")
      }
    }
  }

  @Test("in areas of many events most rates are shown", arguments: [false, true])
  func showsRatesOfLargeAreas(isOpen: Bool) throws {
    let size = RandomRates.Size(
      areas: 5...8,
      bands: 2...4,
      persons: 1000...3000,
      events: 100...300,
      isOpen: isOpen
    )
    var (areas, rates, ratios) = (0, 0, 0)
    for seed in 0..<20 as Range<UInt64> {
      let own = try #require(try Case(seed, size), "seed \(seed)")
      for row in own.rows.dropLast() {
        areas += 1
        if row.rate != nil { rates += 1 }
        if row.expected != nil { ratios += 1 }
      }
    }
    #expect(Double(rates) >= 0.8 * Double(areas))
    #expect(Double(ratios) >= 0.9 * Double(areas))
  }

  @Test("the same counts are told in the same way twice", arguments: Release.allCases)
  func isTheSameTwice(release: Release) throws {
    for seed in release.seeds.prefix(20) {
      guard let first = try Case(seed, release.size), let second = try Case(seed, release.size)
      else { continue }
      for (one, other) in zip(first.published[0].figures, second.published[0].figures) {
        #expect(one.values == other.values, "seed \(seed)")
        #expect(one.marks == other.marks, "seed \(seed)")
        #expect(one.companions.map(\.values) == other.companions.map(\.values), "seed \(seed)")
      }
    }
  }

  @Test("the audit finds nothing in what was protected", arguments: Release.allCases)
  func auditFindsNothing(release: Release) throws {
    var atRisk: [UInt64] = []
    for seed in release.seeds {
      guard let own = try Case(seed, release.size) else { continue }
      if try own.audited(own.published).atRisk > 0 { atRisk.append(seed) }
    }
    #expect(atRisk == [])
  }

  @Test("and most regions at risk whose rates have six decimals", arguments: Release.allCases)
  func auditFindsDecimals(release: Release) throws {
    var (regions, atRisk) = (0, 0)
    for seed in release.seeds {
      guard let own = try Case(seed, release.size) else { continue }
      var published = own.published
      published[0] = RatesShown.inSixDecimals(published[0], own.region.tables[0])
      regions += 1
      if try own.audited(published).atRisk > 0 { atRisk += 1 }
    }
    #expect(Double(atRisk) >= 0.8 * Double(regions))
  }
}
