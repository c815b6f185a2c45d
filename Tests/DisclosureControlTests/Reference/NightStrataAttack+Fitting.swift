@testable import DisclosureControl

/// Counts that fit what is shown of one row.
extension NightStrataAttack {
  /// So many counts of an area are looked at, and no more.
  private static let mostChains = 200_000

  // MARK: Areas

  /// The counts of an area in all nights; nil where they are too many.
  func chains(of area: Int) -> [Int]? {
    var chains = [0]
    for night in 0..<nightCount {
      guard let own = counts(of: area, in: night) else { return nil }
      guard let next = linked(chains, own, area, night) else { return nil }
      chains = next
    }
    return chains
  }

  /// Counts of all nights before with those of one more that go together with them.
  private func linked(_ chains: [Int], _ own: [Int], _ row: Int, _ night: Int) -> [Int]? {
    if chains.count * own.count > Self.mostChains { return nil }
    let links = (0..<night).flatMap { earlier in
      numbers.links(of: row, earlier, night).map { (earlier, $0.number, $0.link) }
    }
    let place = bits * width * night
    // What links ask of a night is worked out once a chain.
    let later = own.map { counts in
      links.map { value(counts << place, $0.1, in: night) }
    }
    var found: [Int] = []
    for chain in chains {
      let before = links.map { value(chain, $0.1, in: $0.0) }
      for (counts, after) in zip(own, later)
      where links.indices.allSatisfy({ links[$0].2.holds(before[$0], after[$0]) }) {
        found.append(chain | counts << place)
      }
    }
    return found
  }

  /// The counts of an area that fit what is shown of it in a night.
  private func counts(of area: Int, in night: Int) -> [Int]? {
    let row = shown[night][area]
    let (counted, all) = (observed[night][area], population[night][area])
    var populations = [all]
    if !knowsPersons {
      let ranges = all.map { count in
        count == 0 ? 0...0 : row.persons == nil ? near(count) ?? 0...200 : 0...200
      }
      populations = Self.ways(ranges, to: row.persons)
    }
    var found: [Int] = []
    for persons in populations {
      let ranges = counted.indices.map { stratum -> ClosedRange<Int> in
        if counted[stratum] == 0 { return 0...0 }
        let most = persons[stratum]
        if counted[stratum] == all[stratum] { return most...most }
        if row.observed == nil, let near = near(counted[stratum]) {
          return min(near.lowerBound, most)...min(near.upperBound, most)
        }
        return 0...most
      }
      for counts in Self.ways(ranges, to: row.observed)
      where row.rate?.isRead(readings[night], counts, persons) ?? true {
        found.append(key(counts + (knowsPersons ? [] : persons)))
        if found.count > Self.mostChains { return nil }
      }
    }
    return found
  }

  private func near(_ count: Int) -> ClosedRange<Int>? {
    window.map { max(0, count - $0)...(count + $0) }
  }

  // MARK: The region

  /// What the whole region may come to in all nights; nil where that is too much.
  func wholes() -> [Region]? {
    var chains = [0]
    for night in 0..<nightCount {
      guard let next = linked(chains, whole(in: night), areaCount, night) else { return nil }
      chains = next
    }
    return chains.map { chain in
      Region(
        observed: (0..<nightCount).map { counts(chain, in: $0, from: 0) },
        population: (0..<nightCount).map {
          knowsPersons ? population[$0][areaCount] : counts(chain, in: $0, from: strataCount)
        },
        key: chain
      )
    }
  }

  /// What it may come to in one night.
  private func whole(in night: Int) -> [Int] {
    let row = shown[night][areaCount]
    let (counted, all) = (observed[night][areaCount], population[night][areaCount])
    var populations = [all]
    if !knowsPersons, row.persons == nil {
      populations = Self.ways(all.map { near($0) ?? 0...(2 * $0) }, to: nil)
    }
    let few = counted.indices.filter { (1..<minimum).contains(counted[$0]) }
    let largest = all.firstIndex(of: all.max() ?? 0)
    let unknown = few.isEmpty ? [] : Set(few + (largest.map { [$0] } ?? []))
    return populations.flatMap { persons in
      let ranges = counted.indices.map { stratum in
        if row.observed == nil, counted[stratum] > 0 {
          let near = near(counted[stratum]) ?? 0...persons[stratum]
          return min(near.lowerBound, persons[stratum])...min(near.upperBound, persons[stratum])
        }
        return unknown.contains(stratum)
          ? 0...persons[stratum] : counted[stratum]...counted[stratum]
      }
      return Self.ways(ranges, to: row.observed).filter { counts in
        isRead(counts, persons, in: night)
      }.map { key($0 + (knowsPersons ? [] : persons)) }
    }
  }

  /// Whether all would be read as it is that depends on the region alone.
  private func isRead(_ counts: [Int], _ persons: [Int], in night: Int) -> Bool {
    let row = shown[night][areaCount]
    guard row.rate?.isRead(readings[night], counts, persons) ?? true else { return false }
    return !knowsPersons
      || (0..<areaCount).allSatisfy { area in
        let expected = RateReading.expected(population[night][area], (counts, persons))
        return shown[night][area].expected?.isRead(expected) ?? true
      }
  }

  // MARK: Ways

  /// All numbers of such ranges, of which the sum may be known.
  private static func ways(_ ranges: [ClosedRange<Int>], to sum: Int?) -> [[Int]] {
    guard let first = ranges.first else { return sum ?? 0 == 0 ? [[]] : [] }
    if ranges.count == 1, let sum { return first.contains(sum) ? [[sum]] : [] }
    return first.flatMap { own -> [[Int]] in
      if let sum, own > sum { return [] }
      return ways(Array(ranges.dropFirst()), to: sum.map { $0 - own }).map { [own] + $0 }
    }
  }
}
