@testable import DisclosureControl

/// What someone tells of counts of strata who reads the rates of all areas night after night, by
/// looking through all tables of whole numbers that fit all nights.
///
/// Of each night he knows what `StrataAttack` says: what is printed, where nobody is or is counted,
/// where all are, and the strata of the whole region but those below the minimum and the largest
/// beside them. He knows too which areas are of the same persons in two nights, and where nobody
/// joined or nobody left. What is held is of the night in which it was shown first.
struct NightStrataAttack {
  typealias Number = NightNumbers.Number
  typealias Kind = NightNumbers.Kind

  let numbers: NightNumbers
  /// By night, by row.
  let shown: [[RatesShown]]
  let knowsPersons: Bool
  let minimum: Int
  /// How far from the truth numbers are looked at whose sum is hidden; nil for all there are.
  let window: Int?
  /// By night, by row.
  let observed: [[[Int]]]
  let population: [[[Int]]]
  /// Counts of all nights in one number: of each night who is counted by stratum, then all by stratum.
  let bits: Int
  let readings: [RateReading]
  /// By area: the counts of all nights that fit what is shown of it.
  private(set) var lists: [[Int]] = []
  /// What the whole region may come to.
  private(set) var regions: [Region] = []
  /// Whether hidden numbers are looked at near the truth alone.
  private(set) var isPartial = false

  struct Region {
    /// By night.
    let observed: [[Int]]
    let population: [[Int]]
    let key: Int
  }

  /// A number of a night, or how it changed since another.
  struct Target: Hashable, CustomStringConvertible {
    let number: Number
    let night: Int
    var since: Int? = nil

    var description: String {
      since.map { "\(number) from night \($0) to \(night)" } ?? "\(number) in night \(night)"
    }
  }

  /// How far a target must reach.
  struct Need {
    let target: Target
    let lower: Int
    let upper: Int
  }

  /// What numbers that fit reach.
  struct Reach {
    var isLow = false
    var isHigh = false
    /// Whether it is another number than the truth in any of them.
    var isOther = false
    var hasTruth = false
  }

  var nightCount: Int { numbers.regions.count }
  var areaCount: Int { numbers.rowCount - 1 }
  var strataCount: Int { numbers.strataCount }
  /// How many numbers of an area and night are written.
  var width: Int { strataCount * (knowsPersons ? 1 : 2) }

  /// Nil where there is too much to look through.
  ///
  /// - Parameters:
  ///   - numbers: the truth.
  ///   - shown: by night, by row of the first table: what is renewed.
  ///   - knowsPersons: of each area and stratum.
  ///   - minimum: of the policy.
  ///   - window: how far from the truth numbers are looked at whose sum is hidden; nil for all.
  init?(
    _ numbers: NightNumbers,
    _ shown: [[RatesShown]],
    knowsPersons: Bool,
    minimum: Int,
    window: Int?
  ) {
    (self.numbers, self.shown, self.minimum) = (numbers, shown, minimum)
    (self.knowsPersons, self.window) = (knowsPersons, window)
    readings = numbers.regions.map(\.reading)
    let counts = numbers.regions.map { region in
      (0..<region.rowCount).map { region.counts(of: $0) }
    }
    observed = counts.map { $0.map(\.observed) }
    population = counts.map { $0.map(\.population) }
    bits = 62 / (numbers.strataCount * (knowsPersons ? 1 : 2) * numbers.regions.count)
    let most = numbers.regions.map(\.persons.count).max() ?? 0
    let hasFew = population.contains { rows in
      rows[numbers.rowCount - 1].contains { (1..<minimum).contains($0) }
    }
    // Sums of all areas must not run into each other.
    guard 2 * most < 1 << bits, knowsPersons || !hasFew else { return nil }
    for area in 0..<areaCount {
      guard let list = chains(of: area) else { return nil }
      lists.append(list)
    }
    guard let regions = wholes() else { return nil }
    self.regions = regions
    isPartial =
      window != nil
      && (0..<nightCount).contains { night in
        shown[night].contains { $0.observed == nil || !knowsPersons && $0.persons == nil }
      }
  }

  // MARK: Needs

  /// Counts of strata, and how they changed, that must not be told exactly.
  ///
  /// - Parameter kinds: of numbers.
  /// - Returns: in the order of areas.
  func needsOfStrata(_ kinds: [Kind]) -> [Need] {
    var found: [Need] = []
    for area in 0..<areaCount {
      for stratum in 0..<strataCount {
        for kind in kinds where kind != .persons || !knowsPersons {
          let number = Number(row: area, stratum: stratum, kind: kind)
          for night in 0..<nightCount {
            let value = numbers.truth(of: number, in: night)
            if (1..<minimum).contains(value), !isTold(number, in: night) {
              found.append(
                Need(
                  target: Target(number: number, night: night),
                  lower: value - 1,
                  upper: value + 1
                )
              )
            }
            for earlier in 0..<night {
              let before = numbers.truth(of: number, in: earlier)
              guard before > 0, value > 0, before != value,
                numbers.changed(number, earlier, night) < minimum,
                !isTold(number, in: earlier) || !isTold(number, in: night)
              else { continue }
              found.append(
                Need(
                  target: Target(number: number, night: night, since: earlier),
                  lower: value - before - 1,
                  upper: value - before + 1
                )
              )
            }
          }
        }
      }
    }
    return found
  }

  /// Counts of areas that a table would show, and how they changed, where they are hidden.
  func needsOfAreas() -> [Need] {
    var found: [Need] = []
    for area in 0..<areaCount {
      for kind in Kind.allCases where kind == .counted || !knowsPersons {
        let number = Number(row: area, stratum: nil, kind: kind)
        for night in 0..<nightCount where !isShown(number, in: night) {
          let value = numbers.truth(of: number, in: night)
          let wasShown = (0..<nightCount).contains {
            isShown(number, in: $0) && numbers.changed(number, $0, night) == 0
          }
          if (1..<minimum).contains(value), !wasShown {
            found.append(
              Need(target: Target(number: number, night: night), lower: 1, upper: minimum)
            )
          }
        }
        for night in 0..<nightCount {
          for earlier in 0..<night {
            let (before, value) =
              (numbers.truth(of: number, in: earlier), numbers.truth(of: number, in: night))
            let changed = numbers.changed(number, earlier, night)
            let areShown = isShown(number, in: earlier) && isShown(number, in: night)
            guard before > 0, value > 0, before != value, changed < minimum, !areShown else {
              continue
            }
            let least =
              numbers.link(number, earlier, night) == nil
              ? abs(value - before) : minimum
            found.append(
              Need(
                target: Target(number: number, night: night, since: earlier),
                lower: value > before ? 0 : -least,
                upper: value > before ? least : 0
              )
            )
          }
        }
      }
    }
    return found
  }

  /// Whether a number of a whole area is printed, or follows from two that are.
  func isShown(_ number: Number, in night: Int) -> Bool {
    let row = shown[night][number.row]
    return switch number.kind {
    case .counted: row.observed != nil
    case .persons: row.persons != nil
    case .others: row.observed != nil && row.persons != nil
    }
  }

  /// Whether everyone of a stratum is counted, or nobody: then it is the number of all.
  private func isTold(_ number: Number, in night: Int) -> Bool {
    guard let stratum = number.stratum else { return false }
    let (counted, all) =
      (observed[night][number.row][stratum], population[night][number.row][stratum])
    return switch number.kind {
    case .counted: knowsPersons && counted == all
    case .persons: false
    case .others: counted == 0
    }
  }

  /// Whether a rate of an area was renewed in any night.
  func hasRate(_ area: Int) -> Bool { shown.contains { $0[area].rate != nil } }

  // MARK: Looking through

  /// So many sums are looked at, and no more.
  private static let most = 60_000

  /// What a target reaches; only so far as it must, where that is enough.
  ///
  /// - Returns: nil where there is too much to look through.
  func reach(of need: Need) -> Reach? {
    var reach = Reach()
    let area = need.target.number.row
    let truth = value(need.target)
    func visit(_ key: Int) -> Bool {
      let value = value(key, need.target)
      if value == truth { reach.hasTruth = true } else { reach.isOther = true }
      if value <= need.lower { reach.isLow = true }
      if value >= need.upper { reach.isHigh = true }
      return reach.isLow && reach.isHigh && reach.hasTruth
    }
    let others = (0..<areaCount).filter { $0 != area }
    // With one other area that makes up for it.
    for other in others {
      let both = self.truth(of: area) + self.truth(of: other)
      let set = Set(lists[other])
      for key in lists[area] where set.contains(both - key) {
        if isExpected(key, area), isExpected(both - key, other), visit(key) { return reach }
      }
    }
    var sums: Set<Int> = []
    var observed: [[Int]] = []
    for region in regions {
      // What is expected of an area depends on the region.
      if sums.isEmpty || !knowsPersons && observed != region.observed {
        observed = region.observed
        sums = [0]
        for other in others {
          let list = lists[other].filter { isExpected($0, other, region) }
          if sums.count * list.count > Self.most { return nil }
          var next: Set<Int> = []
          for sum in sums { for key in list { next.insert(sum + key) } }
          sums = next
        }
      }
      for key in lists[area]
      where sums.contains(region.key - key) && isExpected(key, area, region) {
        if visit(key) { return reach }
      }
    }
    return reach
  }

  private func isExpected(_ key: Int, _ area: Int) -> Bool {
    isExpected(
      key,
      area,
      Region(
        observed: observed.map { $0[areaCount] },
        population: population.map { $0[areaCount] },
        key: 0
      )
    )
  }

  /// Whether what is expected of an area would be read as it is.
  private func isExpected(_ key: Int, _ area: Int, _ region: Region) -> Bool {
    if knowsPersons { return true }
    return (0..<nightCount).allSatisfy { night in
      guard let expected = shown[night][area].expected else { return true }
      let own = counts(key, in: night, from: strataCount)
      return expected.isRead(
        RateReading.expected(own, (region.observed[night], region.population[night]))
      )
    }
  }

  // MARK: Keys

  func key(_ counts: [Int]) -> Int { counts.reversed().reduce(0) { $0 << bits + $1 } }

  func counts(_ key: Int, in night: Int, from first: Int) -> [Int] {
    (first..<first + strataCount).map { field(key, night, $0) }
  }

  private func field(_ key: Int, _ night: Int, _ place: Int) -> Int {
    key >> (bits * (width * night + place)) & (1 << bits - 1)
  }

  func truth(of row: Int) -> Int {
    key((0..<nightCount).flatMap { observed[$0][row] + (knowsPersons ? [] : population[$0][row]) })
  }

  private func value(_ target: Target) -> Int {
    value(truth(of: target.number.row), target)
  }

  private func value(_ key: Int, _ target: Target) -> Int {
    value(key, target.number, in: target.night)
      - (target.since.map { value(key, target.number, in: $0) } ?? 0)
  }

  /// What a number of a row is, of a night.
  func value(_ key: Int, _ number: Number, in night: Int) -> Int {
    guard let stratum = number.stratum else {
      return (0..<strataCount).reduce(0) {
        $0 + value(key, Number(row: number.row, stratum: $1, kind: number.kind), in: night)
      }
    }
    let counted = field(key, night, stratum)
    if number.kind == .counted { return counted }
    let all =
      knowsPersons
      ? population[night][number.row][stratum] : field(key, night, strataCount + stratum)
    return number.kind == .persons ? all : all - counted
  }
}
