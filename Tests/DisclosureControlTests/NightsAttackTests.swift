import Foundation
import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Attack on several nights, by labels alone") struct NightsAttackTests {
  private static let cuts = [[0, 1], [0, 2]]
  /// Whether all regions and nights are run, as takes minutes, and not those alone that a debug build
  /// does in the time of other tests.
  private let isWhole = ProcessInfo.processInfo.environment["EVERY_RUN"] == "1"

  /// Publishes night after night what `tables` makes of each; a night that is refused is passed over.
  private func attack(
    on region: RandomNights,
    nights count: Int,
    events: Int,
    _ policy: Protection,
    cuts: [[Int]] = Self.cuts,
    isJoinable: Bool = true,
    pieces: (RandomNights) -> [CellTable] = { _ in [] },
    tables: (RandomNights) -> [CellTable]
  ) throws -> NightsAttack {
    var region = region
    var releases: [EarlierRelease] = []
    var nights: [NightsAttack.Night] = []
    for day in 0..<Int32(count) {
      if day > 0 { region.pass(events) }
      if !isJoinable { region.changeKeys() }
      let (tables, pieces) = (tables(region), pieces(region))
      guard
        let night = try published(
          tables,
          pieces: pieces,
          policy,
          since: isJoinable ? releases : releases.map(\.apart),
          day: day
        )
      else { continue }
      releases.append(night.release)
      nights.append(
        NightsAttack.Night(persons: region.persons, tables: tables, published: night.tables)
      )
    }
    return NightsAttack(
      nights: nights,
      cuts: cuts,
      sizes: region.sizes,
      policy: policy,
      isJoinable: isJoinable
    )
  }

  /// Publishes night after night, and attacks all of them together.
  ///
  /// - Returns: how many nights were published; of an attack by insiders, how many those are.
  private func attack(
    seed: UInt64,
    count: Int,
    persons: Int,
    events: Int,
    isInsider: Bool = false
  ) throws -> Int {
    let policy = Protection(
      minimum: 5,
      method: .suppress,
      dominance: seed % 2 == 0 ? nil : .prior(share: 0.1)
    )
    let region = RandomNights(seed: seed, personCount: persons)
    let attack = try attack(on: region, nights: count, events: events, policy) { region in
      [
        region.table("a", Self.cuts[0], minimum: 5, hasPart: seed % 3 != 0, hasAmounts: false),
        region.table("b", Self.cuts[1], minimum: 5, hasPart: false, hasAmounts: seed % 3 != 1),
      ]
    }
    if isInsider {
      let (found, count) = attack.tooExactToInsiders()
      #expect(found == [], "seed \(seed)")
      return count
    }
    #expect(attack.tooExact() == [], "seed \(seed)")
    #expect(attack.needCount > 0, "seed \(seed)")
    return attack.nights.count
  }

  @Test("who has the tables of two nights tells no number of either, and no small change")
  func pairs() throws {
    var count = 0
    for seed in 1000..<(isWhole ? 1200 : 1060) as Range<UInt64> {
      count += try attack(
        seed: seed,
        count: 2,
        persons: 120 + 15 * Int(seed % 9),
        events: 1 + Int(seed % 14)
      )
    }
    #expect(count >= (isWhole ? 360 : 110))
  }

  /// Looks for what everyone can tell, and whoever is alone in a number of any night.
  ///
  /// - Returns: how many nights were published, and how many those are.
  private func survived(_ attack: NightsAttack, seed: UInt64) -> (nights: Int, insiders: Int) {
    #expect(attack.tooExact() == [], "seed \(seed)")
    let (found, insiderCount) = attack.tooExactToInsiders()
    #expect(found == [], "seed \(seed)")
    return (attack.nights.count, insiderCount)
  }

  @Test("nor whether a cell is empty, or nearly all of it are alike", arguments: [true, false])
  func emptyAndAlike(hidesZeros: Bool) throws {
    var policy = Protection(minimum: 4, method: .suppress)
    policy.hidesZeros = hidesZeros
    policy.group = hidesZeros ? nil : Protection.GroupShare(0.4)
    var (nights, insiders) = (0, 0)
    for seed in 4000..<(isWhole ? 4200 : 4020) as Range<UInt64> {
      let attack = try attack(
        on: RandomNights(seed: seed, personCount: 25 + 15 * Int(seed % 7)),
        nights: 2 + Int(seed % 2),
        events: 1 + Int(seed % 12),
        policy
      ) { region in
        zip(["a", "b"], Self.cuts).map { name, cut in
          let table = region.table(
            name,
            cut,
            minimum: 4,
            hasPart: name == "a",
            hasAmounts: name == "b" && seed % 2 == 0
          )
          .marking(sensitive: ["admitted"])
          return hidesZeros
            ? (try? table.withEmptyCells(limit: 1_000, together: [])) ?? table : table
        }
      }
      let survived = survived(attack, seed: seed)
      nights += survived.nights
      insiders += survived.insiders
    }
    let times = isWhole ? 10 : 1
    #expect(nights >= 30 * times && insiders >= 40 * times, "\(nights) nights, \(insiders)")
  }

  @Test(
    "nor of tables whose cuts form a cycle, or that have areas of areas",
    arguments: [true, false]
  )
  func cyclesAndAreas(hasAreas: Bool) throws {
    let policy = Protection(minimum: 4, method: .suppress)
    let district = RandomNights.district
    let cuts = hasAreas ? [[district, 0, 1], [district, 2]] : [[0, 1], [0, 2], [1, 2]]
    var (nights, insiders) = (0, 0)
    for seed in 5000..<(isWhole ? 5200 : 5020) as Range<UInt64> {
      let attack = try attack(
        on: RandomNights(seed: seed, personCount: 40 + 25 * Int(seed % 7)),
        nights: 2 + Int(seed % 2),
        events: 1 + Int(seed % 12),
        policy,
        cuts: cuts,
        pieces: {
          hasAreas
            ? [] : [$0.table("pieces", [0, 1, 2], minimum: 4, hasPart: false, hasAmounts: false)]
        }
      ) { region in
        zip(["a", "b", "c"], cuts).map { name, cut in
          region.table(
            name,
            cut,
            minimum: 4,
            hasPart: hasAreas,
            hasAmounts: hasAreas && name == "b"
          )
        }
      }
      let survived = survived(attack, seed: seed)
      nights += survived.nights
      insiders += survived.insiders
    }
    let times = isWhole ? 10 : 1
    #expect(nights >= 40 * times && insiders >= 10 * times, "\(nights) nights, \(insiders)")
  }

  @Test("nor who has nights of several releases of pseudonyms")
  func pseudonymsOfTheirOwn() throws {
    let policy = Protection(minimum: 5, method: .suppress)
    var (nights, asked) = (0, 0)
    for seed in 7000..<(isWhole ? 7200 : 7030) as Range<UInt64> {
      let attack = try attack(
        on: RandomNights(seed: seed, personCount: 60 + 25 * Int(seed % 7)),
        nights: 2 + Int(seed % 2),
        events: 1 + Int(seed % 14),
        policy,
        isJoinable: false
      ) { region in
        zip(["a", "b"], Self.cuts).map { name, cut in
          region.table(name, cut, minimum: 5, hasPart: name == "a", hasAmounts: false)
        }
      }
      #expect(attack.tooExact() == [], "seed \(seed)")
      nights += attack.nights.count
      asked += attack.needCount
    }
    let times = isWhole ? 6 : 1
    #expect(nights >= 60 * times && asked >= 1_000 * times, "\(nights) nights, \(asked) numbers")
  }

  /// Publishes two nights, protected for those contributors, and attacks what they tell of providers.
  private func attackProviders(
    seed: UInt64,
    _ contributors: Protection.Contributors,
    asked: inout [Int]
  ) throws -> [String] {
    let policy = Protection(
      minimum: 5,
      method: .suppress,
      dominance: .prior(share: 0.1),
      contributors: contributors
    )
    let region = RandomNights(seed: seed, personCount: 150 + 15 * Int(seed % 9))
    let attack = try attack(on: region, nights: 2, events: 1 + Int(seed % 14), policy) { region in
      zip(["a", "b"], Self.cuts).map { name, cut in
        let table = region.table(name, cut, minimum: 5, hasPart: false, hasAmounts: true)
        return region.tellingProviders(table, cut)
      }
    }
    var own: [Int] = []
    let found = attack.tooExactOfProviders(share: 0.1, asked: &own)
    asked = zip(asked, own + [attack.nights.count]).map { $0 + $1 }
    return found
  }

  @Test("nor what providers brought, or changed, nor can one of them who fills sums alone")
  func providers() throws {
    var asked = [0, 0, 0]
    for seed in 3000..<3030 as Range<UInt64> {
      let found = try attackProviders(seed: seed, [.provider], asked: &asked)
      #expect(found == [], "seed \(seed)")
    }
    // Two nights of each region, most of them published.
    #expect(asked[0] > 0 && asked[1] > 0 && asked[2] >= 54, "\(asked)")
    // Where only persons are looked at, it is found out.
    let left = try (3000..<3010 as Range<UInt64>).flatMap {
      try attackProviders(seed: $0, [.person], asked: &asked)
    }
    #expect(!left.isEmpty)
  }

  @Test("nor who has those of many nights")
  func manyNights() throws {
    let count = isWhole ? 30 : 10
    #expect(try attack(seed: 2002, count: count, persons: 240, events: 2) >= 2 * count / 3)
  }

  // Few persons, so that many are alone.
  @Test("nor who is alone in a number of any night, and knows it")
  func insiders() throws {
    var count = 0
    for seed in 1000..<(isWhole ? 1200 : 1030) as Range<UInt64> {
      count += try attack(
        seed: seed,
        count: 2 + Int(seed % 3),
        persons: 50 + 10 * Int(seed % 9),
        events: 1 + Int(seed % 14),
        isInsider: true
      )
    }
    #expect(count >= (isWhole ? 400 : 60))
  }
}
