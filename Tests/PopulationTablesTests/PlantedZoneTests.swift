import Foundation
import PipelineFile
import TestSupport
import Testing

@testable import DisclosureControl
@testable import Tabular

@Suite("Planted zones")
struct PlantedZoneTests {
  private static let side = 7
  /// A share of 0.1 expects 15 of each area.
  private static let personsPerArea = 150

  // EVERY_RUN=1 makes 999 runs of the 99 that take a debug build less time.
  @Test("twelve areas with twice the persons counted are found, and few where none is planted")
  func found() throws {
    let isWhole = ProcessInfo.processInfo.environment["EVERY_RUN"] == "1"
    let runs = isWhole ? 999 : 99
    var random = SeededGenerator(seed: 606)
    let streams = (0..<runs).map { _ in random.next() }
    var found = 0
    var toldHigh = 0
    var alarms = 0
    var highAlarms = 0
    for seed in 0..<100 as Range<UInt64> {
      let planted = planted(seed: seed)
      let hot = try table(planted, seed: seed, runs, streams)
      let best = zone(hot)
      found += 2 * best.intersection(planted).count >= max(best.count, planted.count) ? 1 : 0
      toldHigh += hot.texts("verdict").contains("high") ? 1 : 0
      let even = try table([], seed: seed + 1000, runs, streams)
      alarms += zone(even).isEmpty ? 0 : 1
      highAlarms += even.texts("verdict").contains("high") ? 1 : 0
    }
    #expect(found >= 95)
    #expect(toldHigh >= 95)
    #expect(alarms <= 10)
    #expect(highAlarms <= 10)
    #expect(alarms > 0, "a test that never errs is no test at 5 %")
  }

  /// The areas of the zones that chance makes in one of twenty regions.
  private func zone(_ table: ProtectedTable) -> Set<String> {
    let labels = table.dimensions[0].labels
    return Set(
      labels.indices.filter { table.texts("zone")[$0] == "1" && table["zone_p"][$0] ?? 1 <= 0.05 }
        .map { labels[$0] }
    )
  }

  private func code(_ area: Int) -> String { "BU9001\(1000 + area)" }

  /// An area and its eleven nearest.
  private func planted(seed: UInt64) -> Set<String> {
    var random = SeededGenerator(seed: seed)
    let centre = position(Int.random(in: 0..<Self.side * Self.side, using: &random))
    let nearest = (0..<Self.side * Self.side).sorted {
      let (left, right) = (position($0), position($1))
      let far =
        (left.x - centre.x) * (left.x - centre.x) + (left.y - centre.y) * (left.y - centre.y)
      let other =
        (right.x - centre.x) * (right.x - centre.x) + (right.y - centre.y) * (right.y - centre.y)
      return (far, $0) < (other, $1)
    }
    return Set(nearest.prefix(12).map(code))
  }

  private func position(_ area: Int) -> Area.Position {
    Area.Position(x: Double(area % Self.side) * 600, y: Double(area / Self.side) * 600)
  }

  private func table(
    _ planted: Set<String>,
    seed: UInt64,
    _ runs: Int,
    _ streams: [UInt64]
  ) throws -> ProtectedTable {
    var random = SeededGenerator(seed: seed)
    var people: [SpotPerson] = []
    for area in 0..<Self.side * Self.side {
      let isHot = planted.contains(code(area))
      for person in 0..<Self.personsPerArea {
        // The old are counted three times as often as the young.
        let isOld = person % 2 == 0
        let share = (isOld ? 0.15 : 0.05) * (isHot ? 2 : 1)
        people.append(
          SpotPerson(
            area: code(area),
            age: isOld ? "65+" : "0-64",
            sex: person % 3 == 0 ? "male" : "female",
            isCounted: Double.random(in: 0..<1, using: &random) < share
          )
        )
      }
    }
    let areas = (0..<Self.side * Self.side).map { area in
      Area(code: code(area), position: position(area))
    }
    return try SpotRegion(people: people).shown(
      SpotRegion.stage(find: [.smr, .scan], near: SpotRegion.near(areas), runs: runs),
      streams: streams,
      workers: 2
    )
  }
}
