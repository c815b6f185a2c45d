import Statistics
import Testing

@testable import DisclosureControl
@testable import PipelineFile
@testable import Tabular

@Suite("Regions beside each other at equal strata")
struct RegionRatioTests {
  /// Persons and events of a stratum as they are shown.
  private typealias Stratum = (persons: Double, events: Double)

  /// The strata of a region that are shown, and whether they hold nine in ten.
  private func strata(_ found: ShownCase, _ table: TableDefinition) -> [[String]: Stratum]? {
    let plain = found.plain
    let measures = found.measures(plain, table.measures)
    var strata: [[String]: Stratum] = [:]
    var shown = 0.0
    for person in Dictionary(
      grouping: plain.members,
      by: { member in
        ["age_band", "sex"].map { plain.label($0, member) }
      }
    ) {
      guard let persons = measures.figure("m0", of: person.value)?.value,
        let events = measures.figure("m1", of: person.value)?.value
      else { continue }
      strata[person.key] = (persons, events)
      shown += persons
    }
    guard !plain.members.isEmpty, let all = measures.figure("m0", of: plain.members)?.value,
      shown >= 0.9 * all
    else { return nil }
    return strata
  }

  @Test(
    "Ratios agree with those of all strata counted person by person",
    arguments: 0..<80 as Range<UInt64>
  )
  func agrees(seed: UInt64) throws {
    var found = ShownCase(seed: seed)
    let ratio = Measure(name: "smr", kind: .ratio(of: "m1", strata: ["age_band", "sex"]))
    let parts = Array(found.stage.tables[0].measures[0...1].reversed())
    found.keepTable(by: ["age_band", "neighbourhood", "sex"].shuffled(using: &found.random)) {
      .measures($0.measures)
    }
    let table = found.stage.tables[0]
    let benchmark = BenchmarkDefinition(
      table: table.name,
      rate: ratio,
      parts: parts,
      strata: ["age_band", "sex"],
      from: [],
      coverage: nil
    )
    var regions: [(name: String, strata: [[String]: Stratum]?)] = []
    var published: [PublishedRegion] = []
    for name in ["b", "c", "a"] {
      let one = regions.isEmpty ? found : found.beside()
      regions.append((name, strata(one, table)))
      let shown = try #require(try one.tables().first)
      published.append(PublishedRegion(name: name, of: shown, benchmark, coverage: nil))
    }
    let result = benchmarkTable(
      named: "regions",
      benchmark,
      of: published,
      levels: found.confidences
    )
    for region in regions {
      let comment: Comment = "seed \(seed), \(region.name)"
      let cell = try #require(result.row([region.name]), comment)
      var (events, expected) = (0.0, 0.0)
      for (stratum, own) in region.strata ?? [:] {
        let all = regions.compactMap { $0.strata?[stratum] }
        let persons = all.reduce(0) { $0 + $1.persons }
        guard persons > 0 else { continue }
        events += own.events
        expected += own.persons * all.reduce(0) { $0 + $1.events } / persons
      }
      let isThere = region.strata != nil && expected > 0
      #expect(agree(result, "m1", cell, isThere ? events : nil), comment)
      #expect(agree(result, "expected", cell, isThere ? expected * 1e6 : nil), comment)
      #expect(agree(result, "smr", cell, isThere ? events / expected * 1e6 : nil), comment)
      #expect((result.text("verdict", cell) == "incomparable") == !isThere, comment)
    }
  }

  private func agree(_ table: ProtectedTable, _ name: String, _ cell: Int, _ value: Double?) -> Bool
  {
    guard let found = table.figure(name)?.values[cell] else { return false }
    guard let value else { return found == missingInteger }
    return abs(Double(found) - value) <= 0.51
  }
}
