import Diagnostics
@testable import PipelineFile
import Statistics
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Tables of hot spots")
struct HotSpotTests {
  @Test(
    "They agree with those made person by person, for any number of workers",
    arguments: 0..<60 as Range<UInt64>
  )
  func agreesWithPlain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let codes = (1...Int.random(in: 2...9, using: &random)).map { "BU0000010\($0)" }
    let near = Self.near(codes, random: &random)
    let region = SpotRegion(
      people: (0..<Int.random(in: 1...400, using: &random)).map { _ in
        SpotPerson(
          area: Int.random(in: 0..<9, using: &random) == 0
            ? nil : codes.randomElement(using: &random),
          age: ["0-17", "18-64", "65+"].randomElement(using: &random) ?? "",
          sex: Bool.random(using: &random) ? "male" : "female",
          isCounted: Int.random(in: 0..<3, using: &random) == 0
        )
      }
    )
    let plain = PlainHotSpots(region.people, near: near, atMost: 0.6)
    let streams = (0..<40).map { _ in random.next() }
    let stage = SpotRegion.stage(find: [.smr, .scan, .gi], near: near, runs: 40, atMost: 0.6)
    let tables = try [1, 2, 8].map { workers in
      try region.shown(stage, streams: streams, workers: workers)
    }
    let table = tables[0]
    for other in tables.dropFirst() {
      for (figure, same) in zip(table.figures, other.figures) {
        #expect(figure.values == same.values && figure.marks == same.marks, "seed \(seed)")
      }
    }
    #expect(table.figures.map(\.name) == stage.tables[0].figureNames)
    #expect(table.dimensions[0].labels == plain.areas)
    let cells = try aggregate(stage, residents: region.residents, sources: [], workers: 1)[0]
    #expect(cells.figures.map(\.name) == ["observed", "expected"])
    #expect(cells.persons == plain.areas.map { Int64(plain.persons[$0] ?? 0) })
    #expect(table["observed"] == plain.areas.map { Double(plain.observed[$0] ?? 0) })
    compareRatios(table, plain, seed)
    compareZones(table, plain, seed)
    compareNeighbours(table, plain, seed)
  }

  private func compareRatios(_ table: ProtectedTable, _ plain: PlainHotSpots, _ seed: UInt64) {
    let expected = plain.areas.map { plain.expected[$0] ?? 0 }
    let observed = plain.areas.map { plain.observed[$0] ?? 0 }
    let isTested = plain.areas.indices.map { plain.areas[$0] != "unknown" && expected[$0] >= 1 }
    let p = plain.areas.indices.map { area in
      isTested[area] ? Poisson.upperTail(from: observed[area], mean: expected[area]) : nil
    }
    let q = benjaminiHochberg(p)
    for area in plain.areas.indices {
      let told = isTested[area] && observed[area] >= 10
      let ratio = expected[area] > 0 ? Double(observed[area]) / expected[area] : nil
      #expect(isClose(table["expected"][area], expected[area]), "seed \(seed)")
      #expect(isClose(table["smr"][area], ratio), "seed \(seed)")
      #expect(isClose(table["p"][area], told ? p[area] : nil), "seed \(seed)")
      #expect(isClose(table["q"][area], told ? q[area] : nil), "seed \(seed)")
      let isHigh = told && (q[area] ?? 1) <= 0.05
      #expect(table.texts("verdict")[area] == (isHigh ? "high" : nil), "seed \(seed)")
      #expect(
        table.figure("verdict")?.marks[area] == (told ? CellMark.none : .few),
        "seed \(seed)"
      )
    }
  }

  private func compareZones(_ table: ProtectedTable, _ plain: PlainHotSpots, _ seed: UInt64) {
    let zones = plain.zones
    var labels = [String?](repeating: nil, count: plain.areas.count)
    for (number, zone) in zones.enumerated() {
      for area in zone.areas { labels[plain.areas.firstIndex(of: area) ?? 0] = "\(number + 1)" }
    }
    // Zones that are equally good may come in another order.
    guard Set(zones.map { ($0.ratio * 1e6).rounded() }).count == zones.count else { return }
    #expect(table.texts("zone") == labels, "seed \(seed)")
    for area in plain.areas.indices {
      let zone = labels[area].flatMap { Int($0) }.map { zones[$0 - 1] }
      #expect(isClose(table["zone_llr"][area], zone?.ratio), "seed \(seed)")
      let p = table["zone_p"][area]
      #expect(zone == nil ? p == nil : (0...1).contains(p ?? 2), "seed \(seed)")
    }
  }

  private func compareNeighbours(_ table: ProtectedTable, _ plain: PlainHotSpots, _ seed: UInt64) {
    let known = plain.known
    let values = known.map { area -> Double? in
      let expected = plain.expected[area] ?? 0
      return expected >= 1 ? Double(plain.observed[area] ?? 0) / expected : nil
    }
    let beside = plain.neighbours
    let pairs = known.indices.flatMap { left in
      known.indices.filter { beside[known[left]]?.contains(known[$0]) == true }.map { (left, $0) }
    }
    let excess = getisOrd(
      values,
      neighbours: AreaNeighbours(pairs: pairs, areaCount: known.count)
    )
    for area in plain.areas.indices {
      let own = known.firstIndex(of: plain.areas[area]).flatMap { excess[$0] }
      #expect(isClose(table["gi"][area], own), "seed \(seed), \(plain.areas[area])")
    }
  }

  /// Places on a small grid, one of them unknown now and then, or a list of neighbours.
  static func near(_ codes: [String], random: inout SeededGenerator) -> AreaFile {
    if Bool.random(using: &random) {
      let ends = codes + ["BU00000199"]
      return SpotRegion.near(
        [],
        (0..<codes.count + 2).map { _ in
          NeighbourPair(
            ends.randomElement(using: &random) ?? "",
            ends.randomElement(using: &random) ?? ""
          )
        }
      )
    }
    return SpotRegion.near(
      codes.map { code in
        Area(
          code: code,
          position: Int.random(in: 0..<8, using: &random) == 0
            ? nil
            : Area.Position(
              x: Double(Int.random(in: 0...5, using: &random)) * 100,
              y: Double(Int.random(in: 0...5, using: &random)) * 100
            )
        )
      }
    )
  }

  private func isClose(_ found: Double?, _ wanted: Double?) -> Bool {
    guard let found, let wanted else { return found == nil && wanted == nil }
    return abs(found - wanted) < 2e-6 * max(1, abs(wanted))
  }
}

extension ProtectedTable {
  /// The numbers of a figure, in ones.
  subscript(name: String) -> [Double?] {
    guard let figure = figure(name) else { return [] }
    return figure.values.map {
      $0 == missingInteger ? nil : Double($0) / Double(figure.unit.perWhole)
    }
  }

  /// The texts of a figure.
  func texts(_ name: String) -> [String?] {
    guard let figure = figure(name) else { return [] }
    return figure.values.map { $0 == missingInteger ? nil : figure.texts[Int($0)] }
  }
}
