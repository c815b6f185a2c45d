import Tabular

@testable import DisclosureControl

/// What someone tells of counts of strata who reads the rates of all areas, by looking through all
/// tables of whole numbers that fit.
///
/// He knows which strata of an area nobody is in or nobody is counted in, where all are counted, what
/// the first table shows, and of the whole region each stratum but those below the minimum and the
/// largest beside them. He may know the persons of each area and stratum too.
struct StrataAttack {
  let region: RandomRates
  let shown: [RatesShown]
  private let knowsPersons: Bool
  private let minimum: Int
  private let reading: RateReading
  /// By area: all counts that fit what is shown of it; nil where it is not shown how many are counted.
  private let lists: [[Int]?]
  /// What strata of the whole region may come to.
  private let regions: [(observed: [Int], key: Int)]

  /// A number of an area and stratum.
  struct Target: Hashable, CustomStringConvertible {
    let area: Int
    let stratum: Int
    let kind: Kind

    enum Kind {
      case counted, persons, others
    }

    var description: String { "\(kind) of stratum \(stratum) in area \(area)" }
  }

  /// How many bits hold a count.
  ///
  /// Counts are written in one number, first who is counted by stratum, then all by stratum. Sums and
  /// differences of such numbers are those of the counts.
  private let bits: Int
  private let highBits: Int
  /// So many sums of two are looked at, and no more.
  private static let most = 60_000

  /// Nil where there is too much to look through.
  ///
  /// - Parameters:
  ///   - region: the truth.
  ///   - shown: one a row of the first table.
  ///   - knowsPersons: of each area and stratum.
  ///   - minimum: of the policy.
  init?(_ region: RandomRates, _ shown: [RatesShown], knowsPersons: Bool, minimum: Int) {
    (self.region, self.shown, self.minimum) = (region, shown, minimum)
    self.knowsPersons = knowsPersons
    reading = region.reading
    guard shown[region.areaCount].observed != nil,
      knowsPersons
        || shown.allSatisfy({ $0.observed != nil && $0.persons != nil })
          && region.counts(of: region.areaCount).population.allSatisfy({ $0 >= minimum })
    else { return nil }
    bits = min(10, 62 / (region.strataCount * (knowsPersons ? 1 : 2)))
    var highBits = 0
    for count in 1...62 / bits { highBits |= 1 << (count * bits - 1) }
    self.highBits = highBits
    let all = region.counts(of: region.areaCount)
    guard (all.population.max() ?? 0) < 1 << (bits - 1) || knowsPersons,
      (all.observed.max() ?? 0) < 1 << (bits - 1)
    else { return nil }
    var lists: [[Int]?] = []
    for area in 0..<region.areaCount {
      let row = shown[area]
      let isShown = row.observed != nil
      lists.append(
        isShown ? Self.list(region, reading, row, area, knowsPersons: knowsPersons, bits) : nil
      )
    }
    self.lists = lists
    regions = Self.regions(region, reading, shown, knowsPersons: knowsPersons, minimum, bits)
  }

  // MARK: Needs

  /// Counts of strata that must not be told exactly.
  ///
  /// - Parameters:
  ///   - kinds: of numbers.
  ///   - isOfRate: those of areas of which a rate is shown, which is made of them; or those of others.
  /// - Returns: in the order of areas.
  func needs(_ kinds: [Target.Kind], isOfRate: Bool) -> [Target] {
    var found: [Target] = []
    for area in 0..<region.areaCount where (shown[area].rate != nil) == isOfRate {
      for stratum in 0..<region.strataCount {
        for kind in kinds {
          let target = Target(area: area, stratum: stratum, kind: kind)
          let isTold = kind == .persons && knowsPersons || isAll(target)
          if (1..<minimum).contains(truth(of: target)), !isTold { found.append(target) }
        }
      }
    }
    return found
  }

  /// Whether everyone there is counted, or nobody: then it is the number of all, and they are known.
  private func isAll(_ target: Target) -> Bool {
    let (observed, population) =
      (region.observed[target.area][target.stratum], region.population[target.area][target.stratum])
    switch target.kind {
    case .counted: return knowsPersons && observed == population
    case .persons: return false
    case .others: return observed == 0
    }
  }

  func truth(of target: Target) -> Int {
    let (observed, population) =
      (region.observed[target.area][target.stratum], region.population[target.area][target.stratum])
    return switch target.kind {
    case .counted: observed
    case .persons: population
    case .others: population - observed
    }
  }

  /// All that a number may be; only whether it is less, itself or more than the truth where that is
  /// enough to say that it is not told.
  ///
  /// - Returns: nil where there is too much to look through.
  func reach(of target: Target) -> Set<Int>? {
    let truth = truth(of: target)
    var found: Set<Int> = [truth]
    for other in beside(target) {
      found.insert(other)
      if found.contains(where: { $0 < truth }), found.contains(where: { $0 > truth }) {
        return found
      }
    }
    return everywhere(target)
  }

  // MARK: Looking through

  /// What a number is in the tables in which one other area makes up for it.
  private func beside(_ target: Target) -> [Int] {
    let own = key(of: target.area)
    var found: [Int] = []
    for other in 0..<region.areaCount where other != target.area {
      let both = own + key(of: other)
      switch (lists[target.area], lists[other]) {
      case (let list?, let others?):
        let set = Set(others)
        found += list.filter { set.contains(both - $0) }.map { value($0, target) }
      case (let list?, nil):
        found += list.filter { isInBox(both - $0, [other]) }.map { value($0, target) }
      case (nil, let list?):
        found += list.map { both - $0 }.filter { isInBox($0, [target.area]) }
          .map { value($0, target) }
      case (nil, nil): found += values(both, target, beside: [other])
      }
    }
    return found
  }

  /// What it is in any table; nil where there is too much to look through.
  private func everywhere(_ target: Target) -> Set<Int>? {
    var found: Set<Int> = []
    for (observed, whole) in regions {
      var open: [Int] = []
      var sums: Set<Int> = [0]
      for other in 0..<region.areaCount where other != target.area {
        guard let list = list(other, observed) else {
          open.append(other)
          continue
        }
        if sums.count * list.count > Self.most { return nil }
        var next: Set<Int> = []
        for sum in sums {
          for key in list where isWithin(sum + key, whole) { next.insert(sum + key) }
        }
        sums = next
      }
      guard let list = list(target.area, observed) else {
        for sum in sums { found.formUnion(values(whole - sum, target, beside: open)) }
        continue
      }
      if !open.isEmpty, sums.count * list.count > Self.most { return nil }
      for key in list {
        let isPossible =
          open.isEmpty
          ? sums.contains(whole - key) : sums.contains { isInBox(whole - key - $0, open) }
        if isPossible { found.insert(value(key, target)) }
      }
    }
    return found
  }

  /// The counts of an area that fit what is shown of it, and what is expected there.
  private func list(_ area: Int, _ observed: [Int]) -> [Int]? {
    guard let list = lists[area] else { return nil }
    guard let expected = shown[area].expected else { return list }
    let population = region.counts(of: region.areaCount).population
    return list.filter { key in
      let own = knowsPersons ? region.population[area] : counts(key, from: region.strataCount)
      return expected.isRead(RateReading.expected(own, (observed, population)))
    }
  }

  /// What a number of an area of which nothing is shown may be, where it and others come to a sum.
  private func values(_ sum: Int, _ target: Target, beside others: [Int]) -> [Int] {
    guard isInBox(sum, others + [target.area]) else { return [] }
    let counts = counts(sum, from: 0)
    let most = most(of: others)[target.stratum]
    let left = counts[target.stratum]
    let values = max(0, left - most)...min(left, self.most(of: [target.area])[target.stratum])
    let all = region.population[target.area][target.stratum]
    return values.map { target.kind == .others ? all - $0 : $0 }
  }

  private func most(of areas: [Int]) -> [Int] {
    (0..<region.strataCount).map { stratum in
      areas.reduce(0) {
        $0
          + (region.observed[$1][stratum] == 0 ? 0 : region.population[$1][stratum])
      }
    }
  }

  /// Whether areas of which nothing is shown can come to a sum.
  private func isInBox(_ sum: Int, _ areas: [Int]) -> Bool {
    if sum < 0 { return false }
    let least = (0..<region.strataCount).map { stratum in
      areas.reduce(0) { least, area in
        let all = region.population[area][stratum]
        return region.observed[area][stratum] == all ? least + all : least
      }
    }
    let most = most(of: areas)
    let counts = counts(sum, from: 0)
    // Below zero somewhere: another count is then far too high.
    return counts.indices.allSatisfy { least[$0] <= counts[$0] && counts[$0] <= most[$0] }
  }

  /// Whether no count of a sum is larger than that of the whole.
  private func isWithin(_ sum: Int, _ whole: Int) -> Bool {
    // Counts leave their highest bit free: with it set, each can be taken from without borrowing.
    ((whole | highBits) - sum) & highBits == highBits
  }

  private func key(of area: Int) -> Int {
    Self.key(region.observed[area] + (knowsPersons ? [] : region.population[area]), bits)
  }

  private static func key(_ counts: [Int], _ bits: Int) -> Int {
    counts.reversed().reduce(0) { $0 << bits + $1 }
  }

  private func counts(_ key: Int, from first: Int) -> [Int] {
    (first..<first + region.strataCount).map { key >> (bits * $0) & (1 << bits - 1) }
  }

  private func value(_ key: Int, _ target: Target) -> Int {
    let observed = counts(key, from: 0)[target.stratum]
    if target.kind == .counted { return observed }
    let all =
      knowsPersons
      ? region.population[target.area][target.stratum]
      : counts(key, from: region.strataCount)[target.stratum]
    return target.kind == .persons ? all : all - observed
  }

  // MARK: Lists

  private static func list(
    _ region: RandomRates,
    _ reading: RateReading,
    _ shown: RatesShown,
    _ area: Int,
    knowsPersons: Bool,
    _ bits: Int
  ) -> [Int] {
    let (observed, population) = (region.observed[area], region.population[area])
    let populations =
      knowsPersons
      ? [population]
      : divided(shown.persons ?? 0, among: population.map { $0 == 0 ? 0...0 : 0...Int.max })
    var found: [Int] = []
    for all in populations {
      let ranges = observed.indices.map { stratum in
        let isEmpty = observed[stratum] == 0
        let isFull = observed[stratum] == population[stratum]
        return isEmpty ? 0...0 : isFull ? all[stratum]...all[stratum] : 0...all[stratum]
      }
      for counted in divided(shown.observed ?? 0, among: ranges)
      where shown.rate?.isRead(reading, counted, all) ?? true {
        found.append(key(counted + (knowsPersons ? [] : all), bits))
      }
    }
    return found
  }

  private static func regions(
    _ region: RandomRates,
    _ reading: RateReading,
    _ shown: [RatesShown],
    knowsPersons: Bool,
    _ minimum: Int,
    _ bits: Int
  ) -> [(observed: [Int], key: Int)] {
    let (observed, population) = region.counts(of: region.areaCount)
    let few = observed.indices.filter { (1..<minimum).contains(observed[$0]) }
    let largest = population.firstIndex(of: population.max() ?? 0)
    let unknown = few.isEmpty ? [] : Set(few + (largest.map { [$0] } ?? []))
    let ranges = observed.indices.map { stratum in
      unknown.contains(stratum)
        ? 0...population[stratum] : observed[stratum]...observed[stratum]
    }
    return divided(observed.reduce(0, +), among: ranges).filter { counted in
      shown[region.areaCount].rate?.isRead(reading, counted, population) ?? true
    }.map { ($0, key($0 + (knowsPersons ? [] : population), bits)) }
  }

  /// All ways to divide a number.
  private static func divided(_ number: Int, among ranges: [ClosedRange<Int>]) -> [[Int]] {
    guard let last = ranges.last else { return number == 0 ? [[]] : [] }
    if ranges.count == 1 { return last.contains(number) ? [[number]] : [] }
    let least = ranges.dropLast().reduce(0) { $0 + $1.lowerBound }
    guard last.lowerBound <= min(number - least, last.upperBound) else { return [] }
    return (last.lowerBound...min(number - least, last.upperBound)).flatMap { own in
      divided(number - own, among: ranges.dropLast()).map { $0 + [own] }
    }
  }
}
