import Tabular

@testable import DisclosureControl
@testable import PipelineFile

/// Some nights of a random region, published one after the other.
struct NightCase {
  struct Night {
    let region: RandomRates
    let published: [ProtectedTable]
  }

  let seed: UInt64
  let policy: Protection
  /// Those that are published.
  private(set) var nights: [Night] = []
  /// As the nights to come know them.
  private(set) var releases: [EarlierRelease] = []
  private let numbers: NightNumbers

  /// Nil where fewer are published than two: others are refused.
  ///
  /// - Parameters:
  ///   - seed: all of it follows from it.
  ///   - size: of the region.
  ///   - count: of nights.
  /// - Throws: what protection throws but for nights that it refuses.
  init?(_ seed: UInt64, _ size: RandomRates.Size, count: Int) throws {
    self.seed = seed
    var policy = Protection(minimum: seed % 3 == 0 ? 10 : 5, method: .suppress)
    if size.isOpen {
      policy.open = [Protection.OpenMeasure(name: RandomRates.residents, reason: "published")]
    }
    self.policy = policy
    var region = RandomRates(seed: seed, size, minimum: policy.minimum)
    var nights: [Night] = []
    for day in 0..<count {
      if day > 0 { region = region.later(seed: seed + UInt64(1000 * (day - 1))) }
      let known = releases
      guard let published = try Self.published(region, policy, known) else { continue }
      releases.append(
        try record(
          region.tables,
          pieces: region.pieces,
          published: published,
          policy,
          since: known,
          day: Int32(day)
        )
      )
      nights.append(Night(region: region, published: published))
    }
    if nights.count < 2 { return nil }
    self.nights = nights
    numbers = NightNumbers(nights.map(\.region))
  }

  private static func published(
    _ region: RandomRates,
    _ policy: Protection,
    _ earlier: [EarlierRelease]
  ) throws -> [ProtectedTable]? {
    do {
      return try protect(region.tables, pieces: region.pieces, policy, since: earlier)
    } catch DisclosureControlError.unprotected {
      return nil
    }
  }

  /// How many numbers are at risk if the last night is published, or were published so.
  func atRisk(publishing table: ProtectedTable? = nil) throws -> Int {
    let region = last.region
    let published = (table.map { [$0] } ?? [last.published[0]]) + last.published.dropFirst()
    return try audit(
      region.tables,
      pieces: region.pieces,
      published: published,
      policy,
      since: releases.dropLast()
    ).atRisk
  }

  var last: Night { nights[nights.count - 1] }

  // MARK: What is shown

  /// By night, by row: what is renewed.
  var rows: [[RatesShown]] {
    nights.map { RatesShown.rows(renewedIn: $0.published[0], $0.region) }
  }

  /// The same, were the last night published so.
  func rows(publishing last: ProtectedTable) -> [[RatesShown]] {
    rows.dropLast() + [RatesShown.rows(renewedIn: last, self.last.region)]
  }

  /// The table of the last night with all rates in six decimals.
  func inSixDecimals() -> ProtectedTable {
    RatesShown.inSixDecimals(RatesShown.renewed(in: last.published[0]), last.region.tables[0])
  }

  // MARK: What is told

  /// What an attack found out.
  struct Found {
    var needs = 0
    var undecided = 0
    /// What no rate would tell less, and what the first night told.
    var toldAnyway = 0
    var told: [String] = []
    /// What is not told, but that it is no less, or no more, of areas with a rate.
    var narrow: [String] = []
    var regions = 0
    var regionsTold = 0

    static func + (left: Found, right: Found) -> Found {
      Found(
        needs: left.needs + right.needs,
        undecided: left.undecided + right.undecided,
        toldAnyway: left.toldAnyway + right.toldAnyway,
        told: left.told + right.told,
        narrow: left.narrow + right.narrow,
        regions: left.regions + right.regions,
        regionsTold: left.regionsTold + right.regionsTold
      )
    }
  }

  private enum Outcome {
    case met, narrow, told, undecided
  }

  /// What is told of numbers and of changes that must not be.
  ///
  /// - Parameter rows: by night, by row.
  /// - Returns: what rates tell that neither the tables without any rate tell, nor the first night
  ///   told at its time.
  /// - Throws: nothing that is expected.
  func told(by rows: [[RatesShown]]) throws -> Found {
    let full = Attacks(self, numbers, rows)
    let bare = rows.map { night in
      night.map { RatesShown(observed: $0.observed, persons: $0.persons) }
    }
    let without = Attacks(self, numbers, bare)
    let first = Attacks(self, NightNumbers([nights[0].region]), [rows[0]])
    var found = Found(regions: 1)
    guard let attack = full.near else { return Found() }
    let kinds: [NightNumbers.Kind] = [.counted, .persons, .others]
    for need in attack.needsOfStrata(kinds) + attack.needsOfAreas() {
      found.needs += 1
      let outcome = full.outcome(need)
      if outcome == .undecided { found.undecided += 1 }
      guard outcome == .told || outcome == .narrow else { continue }
      let number = need.target.number
      let isOfArea = number.stratum == nil
      let mustReach = isOfArea || number.kind != .others && attack.hasRate(number.row)
      if outcome == .narrow, !mustReach { continue }
      var known = [without.outcome(need)]
      if let before = sameInFirst(need) { known.append(first.outcome(before)) }
      if known.contains(outcome) || known.contains(.told) || known.contains(.undecided) {
        found.toldAnyway += 1
        continue
      }
      let words = "seed \(seed), \(need.target): \(need.lower)...\(need.upper)"
      if outcome == .told { found.told.append(words) } else { found.narrow.append(words) }
    }
    found.regionsTold = found.told.isEmpty ? 0 : 1
    return found
  }

  /// The same of the first night, where it is of the same persons.
  private func sameInFirst(_ need: NightStrataAttack.Need) -> NightStrataAttack.Need? {
    let target = need.target
    guard target.since == nil, numbers.changed(target.number, 0, target.night) == 0 else {
      return nil
    }
    return NightStrataAttack.Need(
      target: NightStrataAttack.Target(number: target.number, night: 0),
      lower: need.lower,
      upper: need.upper
    )
  }

  /// The same attack near the truth, and everywhere.
  private final class Attacks {
    let near: NightStrataAttack?
    private(set) lazy var whole = makeWhole()
    private let makeWhole: () -> NightStrataAttack?

    init(
      _ own: NightCase,
      _ numbers: NightNumbers,
      _ rows: [[RatesShown]]
    ) {
      func attack(_ window: Int?) -> NightStrataAttack? {
        NightStrataAttack(
          numbers,
          rows,
          knowsPersons: !own.policy.open.isEmpty,
          minimum: Int(own.policy.minimum),
          window: window
        )
      }
      near = attack(Int(own.policy.minimum) + 1)
      makeWhole = { attack(nil) }
    }

    func outcome(_ need: NightStrataAttack.Need) -> Outcome {
      guard let near, let reach = near.reach(of: need) else { return .undecided }
      if reach.isLow, reach.isHigh { return .met }
      if !near.isPartial { return reach.isOther ? .narrow : .told }
      guard let whole, let reach = whole.reach(of: need) else { return .undecided }
      return reach.isLow && reach.isHigh ? .met : reach.isOther ? .narrow : .told
    }
  }
}
