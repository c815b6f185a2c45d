import PipelineFile
import TestSupport
import Testing

@testable import Linkage
@_spi(Pseudonymisation) @testable import Tabular

@Suite struct LinkageTests {
  private let passes = [
    pass(["bsn"], unless: ["birth_date", "sex"]),
    pass(["surname", "birth_date", "sex"]),
    pass(["surname", "birth_date_year", "postcode_pc4"], unless: ["sex"]),
    pass(["postcode_pc4"]),
  ]

  @Test("Links agree with a search among all residents", arguments: 0..<120 as Range<UInt64>)
  func agreesWithSearch(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let spine = randomRecords(Int.random(in: 0...30, using: &random), random: &random)
    let source = randomRecords(Int.random(in: 0...40, using: &random), random: &random)
    var columns = allColumns
    if Bool.random(using: &random) { columns.removeAll { $0 == "birth_date" } }
    let seen = source.map { record in record.filter { columns.contains($0.key) } }
    let (links, report) = try linkExactly(
      spine: staged(spine, allColumns),
      source: staged(seen, columns),
      rowCounts: source.map { _ in 3 },
      passes: passes,
      assignment: .manyToOne
    )
    let plain = plainLinks(
      spine: spine,
      source: seen,
      sourceColumns: Set(columns),
      passes: passes
    )
    #expect(links.persons == plain.persons, "seed \(seed)")
    #expect(links.reasons == plain.reasons, "seed \(seed)")
    #expect(report.accepted.identities == source.count, "seed \(seed)")
    #expect(report.accepted.rows == 3 * source.count, "seed \(seed)")
    #expect(
      report.passes.reduce(0) { $0 + $1.linked.identities } == report.linked.identities,
      "seed \(seed)"
    )
    #expect(
      report.reasons.values.reduce(0) { $0 + $1.rows } == report.unlinked.rows,
      "seed \(seed)"
    )
  }

  @Test(
    "The order of residents and of identities does not matter",
    arguments: 0..<60 as Range<UInt64>
  )
  func ignoresOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let spine = randomRecords(25, random: &random)
    let source = randomRecords(25, random: &random)
    let spineOrder = Array(spine.indices).shuffled(using: &random)
    let sourceOrder = Array(source.indices).shuffled(using: &random)
    for assignment in [Assignment.manyToOne, .oneToOne] {
      let (links, first) = try linkExactly(
        spine: staged(spine, allColumns),
        source: staged(source, allColumns),
        rowCounts: source.map { _ in 1 },
        passes: passes,
        assignment: assignment
      )
      let (shuffled, second) = try linkExactly(
        spine: staged(spineOrder.map { spine[$0] }, allColumns),
        source: staged(sourceOrder.map { source[$0] }, allColumns),
        rowCounts: source.map { _ in 1 },
        passes: passes,
        assignment: assignment
      )
      let back = sourceOrder.indices.map { place -> Int32 in
        let person = shuffled.persons[place]
        return person < 0 ? -1 : Int32(spineOrder[Int(person)])
      }
      #expect(back == sourceOrder.map { links.persons[$0] }, "seed \(seed)")
      #expect(shuffled.reasons == sourceOrder.map { links.reasons[$0] }, "seed \(seed)")
      var (report, shuffledReport) = (first, second)
      let queued = report.reviews.pairs.map { [$0.resident, $0.identity] }
      let queuedBack = shuffledReport.reviews.pairs.map {
        [Int32(spineOrder[Int($0.resident)]), Int32(sourceOrder[Int($0.identity)])]
      }
      #expect(Set(queued) == Set(queuedBack), "seed \(seed)")
      #expect(queued.count == queuedBack.count, "seed \(seed)")
      (report.reviews, shuffledReport.reviews) = (ReviewQueue(), ReviewQueue())
      #expect(report == shuffledReport, "seed \(seed)")
    }
  }

  @Test("A vetoed pair stays apart in later passes, another resident may still be found")
  func barsVetoedPairs() throws {
    let spine: [PlainRecord] = [
      ["bsn": "1", "surname": "Jansen", "birth_date": "1950", "sex": "female"]
    ]
    let source: [PlainRecord] = [
      ["bsn": "1", "surname": "Jansen", "birth_date": "1980", "sex": "male"],
      ["bsn": "1", "surname": "Jansen", "birth_date": "1980", "sex": "female"],
      ["bsn": "1", "surname": "Jansen", "sex": "male"],
    ]
    let (links, report) = try linkExactly(
      spine: staged(spine, ["bsn", "surname", "birth_date", "sex"]),
      source: staged(source, ["bsn", "surname", "birth_date", "sex"]),
      rowCounts: [1, 2, 4],
      passes: [pass(["bsn"], unless: ["birth_date", "sex"]), pass(["surname"])],
      assignment: .manyToOne
    )
    #expect(links.persons == [-1, 0, 0])
    #expect(links.reasons == [.veto, nil, nil])
    #expect(report.passes[0].vetoes == 1)
    #expect(report.linked.rows == 6)
    #expect(report.unlinkedShare == 1.0 / 3)
  }

  @Test("Two residents with one BSN are flagged, and a later pass may decide between them")
  func goesOnAfterDuplicateBSN() throws {
    let spine: [PlainRecord] = [
      ["bsn": "1", "surname": "Jansen"], ["bsn": "1", "surname": "Smit"], ["surname": "Smit"],
    ]
    let source: [PlainRecord] = [
      ["bsn": "1", "surname": "Jansen"], ["bsn": "1", "surname": "Bakker"],
      ["bsn": "2", "surname": "Jansen"],
    ]
    let table = staged(spine, ["bsn", "surname"])
    let (links, report) = try linkExactly(
      spine: table,
      source: staged(source, ["bsn", "surname"]),
      rowCounts: [1, 1, 1],
      passes: [pass(["bsn"]), pass(["surname"])],
      assignment: .manyToOne
    )
    #expect(links.persons == [0, -1, -1])
    #expect(links.passes == [1, -1, -1])
    #expect(links.reasons == [nil, .duplicateBSN, .bsnConflict])
    #expect(report.passes[0].ambiguousKeys == 1)
    #expect(report.passes[1].bsnConflicts == 1)
    #expect(spineDuplicates(table, on: ["bsn"]) == [true, true, false])
    #expect(spineDuplicates(table, on: ["surname"]) == [false, true, true])
    #expect(spineDuplicates(table, on: ["postcode"]) == [false, false, false])
  }

  @Test("One-to-one gives a resident to one client; two clients in one pass go on")
  func assignsOneToOne() throws {
    let spine: [PlainRecord] = [
      ["bsn": "1", "surname": "Jansen", "postcode": "7001"],
      ["bsn": "2", "surname": "Smit", "postcode": "7002"],
    ]
    let source: [PlainRecord] = [
      ["bsn": "1", "surname": "Jansen"],
      ["bsn": "1", "surname": "de Vries"],
      ["surname": "Jansen", "postcode": "9999"],
      ["surname": "Smit", "postcode": "7002"],
      ["surname": "Smit", "postcode": "8888"],
    ]
    let columns = ["bsn", "surname", "postcode"]
    let oneToOne = try linkExactly(
      spine: staged(spine, columns),
      source: staged(source, columns),
      rowCounts: [1, 1, 1, 1, 1],
      passes: [pass(["bsn"]), pass(["surname"]), pass(["postcode"])],
      assignment: .oneToOne
    )
    #expect(oneToOne.links.persons == [0, 0, -1, 1, -1])
    #expect(oneToOne.links.reasons == [nil, nil, .taken, nil, .tie])
    let manyToOne = try linkExactly(
      spine: staged(spine, columns),
      source: staged(source, columns),
      rowCounts: [1, 1, 1, 1, 1],
      passes: [pass(["bsn"]), pass(["surname"]), pass(["postcode"])],
      assignment: .manyToOne
    )
    #expect(manyToOne.links.persons == [0, 0, 0, 1, 1])
  }

  @Test("A pass on a column that the source lacks is skipped and says so")
  func skipsPasses() throws {
    let (links, report) = try linkExactly(
      spine: staged([["bsn": "1", "surname": "Jansen"]], ["bsn", "surname"]),
      source: staged([["bsn": "1"]], ["bsn"]),
      rowCounts: [1],
      passes: [pass(["surname"]), pass(["bsn"], unless: ["surname"])],
      assignment: .manyToOne
    )
    #expect(report.passes.map(\.skipped) == [true, false])
    #expect(links.persons == [0])
    #expect(links.passes == [1])
  }
}
