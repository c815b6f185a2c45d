import Diagnostics
import TestSupport
import Testing

@testable import PipelineFile
@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite struct SegmentsReportTests {
  @Test(
    "The report agrees with rules that are tried person by person",
    arguments: 0..<150 as Range<UInt64>
  )
  func agreesWithPlainReport(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(random: &random)
    var stage = smallStage(random: &random)
    stage.tables.append(report)
    let plain = PlainTables(stage, persons: region.persons, rows: region.rows)
    let tables = try aggregate(
      stage,
      residents: region.residents,
      sources: region.sources,
      workers: 2
    )
    let table = try #require(tables.last)
    #expect(table.figures.map(\.name).prefix(3) == ["place", "persons", "share"])
    let labels = table.dimensions[0].labels
    #expect(labels == stage.segments.map(\.name).sorted())
    for (place, segment) in stage.segments.enumerated() {
      let cell = try #require(labels.firstIndex(of: segment.name))
      let account = plain.segmentAccount(place)
      let found = ["persons", "meets", "taken", "unknown"].map { name in
        table.figures.first { $0.name == name }?.values[cell]
      }
      #expect(found == account, "seed \(seed), \(segment.name)")
      #expect(table.figures[0].texts[Int(table.figures[0].values[cell])] == "\(place + 1)")
    }
    let sizes = table.persons.dropLast()
    let residents = Int64(region.persons.count { plain.calendar.counts($0) })
    #expect(sizes.reduce(0, +) == residents && table.persons.last == residents)
  }

  @Test("Nobody in a segment is told of, with the proof of the others")
  func tellsOfEmptySegments() throws {
    let old = Expression.comparison(.greater, .column("age"), .integer(65))
    let findings = try findings(
      [("a", old), ("b", .and(old, .boolean(true))), ("c", nil)],
      ages: [70, 80, missingInteger]
    )
    #expect(findings == [.segmentsAddUp(persons: 3, areas: 3), .emptySegment(name: "b")])
  }

  @Test("Segments without one for all others are refused when somebody is in none")
  func refusesGaps() {
    let old = Expression.comparison(.greater, .column("age"), .integer(65))
    let error = #expect(throws: PopulationTablesError.self) {
      try findings([("a", old)], ages: [70, 20])
    }
    guard case .segments(by: "segment") = error else {
      Issue.record("found another error")
      return
    }
  }

  @Test("What a small group would follow from is given that group for its protection")
  func protectsWhatFollows() throws {
    let segmentation = try Segmentation(
      [
        Segment(name: "a", rule: typed(.comparison(.greater, .column("age"), .integer(97)))),
        Segment(name: "b", rule: typed(.comparison(.greater, .column("age"), .integer(1)))),
        Segment(name: "c", rule: nil),
      ],
      of: columns((0..<100).map { $0 })
    )
    let table = SegmentsReport(name: "r", segmentation: segmentation, areaCount: 0).table()
    let meets = try #require(table.figures.first { $0.name == "meets" })
    // Of b, two were taken by a and two do not meet it; of c, all that are not its own were taken.
    #expect(meets.values == [2, 98, 100, missingInteger])
    #expect(meets.kind == .group(least: [2, 2, 98, 0]))
  }

  private let report = TableDefinition(
    name: Segment.report,
    rows: [],
    by: [Segment.column],
    totals: [Segment.column],
    content: .segmentsReport,
    place: Place(file: "test.yaml")
  )

  private func typed(_ expression: Expression) -> TypedExpression {
    TypedExpression(expression, type: .boolean)
  }

  private func columns(_ ages: [Int64]) -> PersonColumns {
    PersonColumns(
      residents: Table(names: ["age"], columns: [.integers(ages, .number)], rowCount: ages.count)
    )
  }

  private func findings(
    _ rules: [(String, Expression?)],
    ages: [Int64]
  ) throws -> [AggregateFinding] {
    var stage = AggregateStage(
      persons: [],
      tables: [report],
      protect: Protection(minimum: 10, method: .hide)
    )
    stage.segments = rules.map { Segment(name: $0, rule: $1.map(typed)) }
    stage.tables.append(
      TableDefinition(
        name: "by-age",
        rows: [],
        by: ["age", "segment"],
        totals: [],
        content: .measures([]),
        place: Place(file: "test.yaml")
      )
    )
    var findings: [AggregateFinding] = []
    _ = try aggregate(
      stage,
      residents: PseudonymisedTable(
        vouchingFor: Table(
          names: ["age"],
          columns: [.integers(ages, .number)],
          rowCount: ages.count
        )
      ),
      sources: [],
      workers: 1
    ) { findings.append($0) }
    return findings
  }
}
