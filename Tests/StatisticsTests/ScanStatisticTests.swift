import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("The scan statistic")
struct ScanStatisticTests {
  @Test("the likelihood ratio is the page's, and 0 without excess")
  func knownRatio() {
    #expect(isPrinted(logLikelihoodRatio(18, expected: 9.5, of: 120), 3.339083))
    #expect(logLikelihoodRatio(9, expected: 9.5, of: 120) == 0)
    #expect(logLikelihoodRatio(9, expected: 0, of: 120) == 0)
    #expect(abs(logLikelihoodRatio(5, expected: 2, of: 5) - 5 * log(2.5)) < 1e-12)
  }

  @Test("zones are those of brute force, the best first and without overlap", arguments: 0..<60)
  func agreesWithBruteForce(seed: UInt64) {
    let region = smallRegion(seed: seed)
    let found = ScanStatistic(
      observed: region.observed,
      expected: region.expected,
      zones: ScanZones(x: region.x, y: region.y, sizes: region.residents, atMost: 0.5)
    ).hotZones(streams: [], workers: 1)
    let plain = plainHotZones(region, atMost: 0.5)
    #expect(found.map { Set($0.areas) } == plain.map(\.areas), "seed \(seed)")
    for (found, plain) in zip(found, plain) {
      #expect(abs(found.logLikelihoodRatio - plain.ratio) < 1e-9, "seed \(seed)")
      #expect(abs(found.expected - plain.expected) < 1e-9, "seed \(seed)")
      #expect(found.observed == plain.observed && found.p == 1, "seed \(seed)")
    }
  }

  @Test("p counts the runs that are as good or better, by a plain deal of the same streams")
  func countsRuns() {
    let region = ScanRegion(side: 4, casesPerArea: 3, ratio: 1.5, seed: 3)
    let streams = (1...150).map { UInt64($0) }
    let zones = ScanZones(x: region.x, y: region.y, sizes: region.residents, atMost: 0.5)
    let scan = ScanStatistic(observed: region.observed, expected: region.expected, zones: zones)
    let dealing = CaseDealing(expected: region.expected)
    let cases = region.observed.reduce(0, +)
    let highest = streams.map { stream in
      var dealt = region
      dealing.deal(cases, stream: stream, into: &dealt.observed)
      return plainHotZones(dealt, atMost: 0.5).first?.ratio ?? 0
    }
    let found = scan.hotZones(streams: streams, workers: 2)
    #expect(found.count > 1)
    for zone in found {
      let asGood = highest.count { $0 >= zone.logLikelihoodRatio - 1e-9 }
      #expect(zone.p == Double(1 + asGood) / 151)
    }
  }

  @Test("it tells the same on any number of workers", arguments: [2, 3, 8])
  func sameOnWorkers(workers: Int) {
    let region = ScanRegion(side: 6, casesPerArea: 2, ratio: 1.3, seed: 8)
    let zones = ScanZones(x: region.x, y: region.y, sizes: region.residents, atMost: 0.5)
    let scan = ScanStatistic(observed: region.observed, expected: region.expected, zones: zones)
    let streams = (0..<99).map { UInt64($0) }
    let alone = scan.hotZones(streams: streams, workers: 1)
    #expect(alone.contains { $0.p < 1 })
    #expect(scan.hotZones(streams: streams, workers: workers) == alone)
    #expect(scan.hotZones(streams: streams.map { $0 + 500 }, workers: workers) != alone)
  }

  // Of zones in which 15 cases are expected in all, three in ten are found: chance does as much
  // somewhere in a region. Here each of the twelve areas expects at least 4. EVERY_RUN=1 makes 999
  // runs of the 199 that take a debug build less time.
  @Test("planted zones of 12 areas with twice the cases are found, and few where none is")
  func findsPlanted() {
    let isWhole = ProcessInfo.processInfo.environment["EVERY_RUN"] == "1"
    let streams = (0..<(isWhole ? 999 : 199)).map { UInt64($0) }
    func best(_ region: ScanRegion) -> ScanStatistic.Zone? {
      ScanStatistic(
        observed: region.observed,
        expected: region.expected,
        zones: ScanZones(x: region.x, y: region.y, sizes: region.residents, atMost: 0.5)
      ).hotZones(streams: streams, workers: 2).first { $0.p <= 0.05 }
    }
    var found = 0
    var alarms = 0
    for seed in 0..<100 as Range<UInt64> {
      let region = ScanRegion(side: 7, casesPerArea: 4, ratio: 2, seed: seed)
      if let zone = best(region) {
        let both = Set(zone.areas).intersection(region.planted).count
        found += 2 * both >= max(zone.areas.count, region.planted.count) ? 1 : 0
      }
      let even = ScanRegion(side: 7, casesPerArea: 4, ratio: 1, seed: seed + 1000)
      alarms += best(even) == nil ? 0 : 1
    }
    #expect(found >= 95)
    #expect(alarms <= 10)
    #expect(alarms > 0, "a test that never errs is no test at 5 %")
  }

  @Test("without cases, or where nothing is expected, there is no zone")
  func nothingToFind() {
    let zones = ScanZones(x: [0, 1, 2], y: [0, 0, 0], sizes: [1, 1, 1], atMost: 1)
    func zoneCount(_ observed: [Int], _ expected: [Double]) -> Int {
      ScanStatistic(observed: observed, expected: expected, zones: zones)
        .hotZones(streams: [1, 2], workers: 1).count
    }
    #expect(zoneCount([0, 0, 0], [1, 1, 1]) == 0)
    #expect(zoneCount([1, 2, 3], [0, 0, 0]) == 0)
    #expect(zoneCount([1, 2, 3], [.nan, -1, .infinity]) == 0)
    #expect(zoneCount([2, 2, 2], [1, 1, 1]) == 0)
    #expect(zoneCount([9, 0, 3], [0, 1, 1]) == 1)
  }

  private func smallRegion(seed: UInt64) -> ScanRegion {
    var random = SeededGenerator(seed: seed)
    var region = ScanRegion(side: 4, casesPerArea: 1, ratio: 1, seed: seed)
    let count = Int.random(in: 1...16, using: &random)
    // Whole metres on a small grid, so that distances are often equal.
    region.x = (0..<count).map { _ in Double(Int.random(in: 0...3, using: &random)) }
    region.y = (0..<count).map { _ in Double(Int.random(in: 0...3, using: &random)) }
    region.residents = (0..<count).map { _ in Int.random(in: 0...50, using: &random) }
    region.expected = (0..<count).map { _ in max(0, Double.random(in: -0.5...3, using: &random)) }
    region.observed = (0..<count).map { _ in Int.random(in: 0...5, using: &random) }
    return region
  }
}

private struct PlainZone {
  let areas: Set<Int>
  let observed: Int
  let expected: Double
  let ratio: Double
}

/// Every zone written out, and the best taken again and again.
private func plainHotZones(_ region: ScanRegion, atMost: Double) -> [PlainZone] {
  let all = region.observed.reduce(0, +)
  let scale = Double(all) / region.expected.reduce(0, +)
  var zones: [PlainZone] = []
  for centre in region.x.indices {
    let others = region.x.indices.filter { $0 != centre }.sorted {
      let left = hypot(region.x[$0] - region.x[centre], region.y[$0] - region.y[centre])
      let right = hypot(region.x[$1] - region.x[centre], region.y[$1] - region.y[centre])
      return left == right ? $0 < $1 : left < right
    }
    for size in 0...others.count {
      let areas = [centre] + others.prefix(size)
      let residents = areas.reduce(0) { $0 + region.residents[$1] }
      let expected = areas.reduce(0) { $0 + region.expected[$1] } * scale
      let observed = areas.reduce(0) { $0 + region.observed[$1] }
      guard Double(residents) <= atMost * Double(region.residents.reduce(0, +)),
        expected > 0, Double(observed) > expected + 1e-9
      else { continue }
      let (c, e, rest) = (Double(observed), expected, Double(all - observed))
      let outside = rest == 0 ? 0 : rest * log(rest / (Double(all) - e))
      let ratio = c * log(c / e) + outside
      zones.append(.init(areas: Set(areas), observed: observed, expected: expected, ratio: ratio))
    }
  }
  var hot: [PlainZone] = []
  while var best = zones.first {
    for zone in zones where zone.ratio > best.ratio + 1e-9 { best = zone }
    hot.append(best)
    zones.removeAll { !$0.areas.isDisjoint(with: best.areas) }
  }
  return hot
}
