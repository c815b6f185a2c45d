import Diagnostics
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile
@testable import PopulationTables
@testable import Tabular

@Suite struct EpisodesTests {
  @Test(
    "Episodes agree with those found row by row, for any number of workers",
    arguments: 0..<120 as Range<UInt64>
  )
  func agreesWithPlain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(random: &random)
    var stage = smallStage(random: &random)
    stage.time = ["care": .day("date"), "support": .spell(start: "start", end: "end")]
    let definition = someEpisodes(random: &random)
    stage.episodes = [definition]
    stage.tables = [table(definition), chain(definition)]
    let episodes = PlainEpisodes(definition: definition, stage: stage, rows: region.rows)
    let persons = region.persons.indices.map { person in
      region.persons[person].merging(episodes.columns(of: person)) { $1 }
    }
    let plain = PlainTables(stage, persons: persons, rows: region.rows)
    let chain = PlainTables(
      AggregateStage(persons: [], tables: [], protect: stage.protect),
      persons: region.persons.indices.flatMap { person in
        PlainCalendar(stage: stage).counts(region.persons[person])
          ? episodes.links(of: person, region.persons[person], by: ["care_type", "provider"]) : []
      },
      rows: []
    )
    for workers in [1, 2, 8] {
      let tables = try aggregate(
        stage,
        residents: region.residents,
        sources: region.sources,
        workers: workers
      )
      #expect(tables[0].plain == plain.cells(stage.tables[0]), "seed \(seed), \(workers) workers")
      #expect(tables[1].plain == chain.cells(stage.tables[1]), "seed \(seed), \(workers) workers")
    }
  }

  @Test(
    "Outcomes for what episodes cost agree by the rows that started them",
    arguments: 0..<80 as Range<UInt64>
  )
  func agreesByStart(seed: UInt64) throws {
    var found = ShownCase(seed: seed)
    let definition = someEpisodes(random: &found.random)
    found.stage.time = ["care": .day("date"), "support": .spell(start: "start", end: "end")]
    found.stage.episodes = [definition]
    let value = ValueDefinition(
      outcome: TypedExpression(.column("age"), type: .integer),
      cost: TypedExpression(.column(definition.column(.amount)), type: .money),
      per: 1000
    )
    let by = ["provider", "sex", "care_type"]
    let table = TableDefinition(
      name: "value",
      rows: [],
      by: by,
      totals: by.filter { _ in Bool.random(using: &found.random) },
      content: .value(value),
      place: Place(file: "test.yaml"),
      episodes: definition.name
    )
    found.stage.tables = [table]
    let region = found.region
    let episodes = PlainEpisodes(definition: definition, stage: found.stage, rows: region.rows)
    let starts = region.persons.indices.map { person in
      episodes.start(of: person, by: ["provider", "care_type"])
    }
    let plain = PlainTables(
      found.stage,
      persons: zip(region.persons, starts).enumerated().map { person, known in
        var record = known.0.merging(episodes.columns(of: person)) { $1 }
        record["provider"] = known.1.map { .text($0[0]) }
        record["care_type"] = known.1.map { .text($0[1]) }
        return record
      },
      rows: region.rows
    )
    let cells = plain.personsOfCell(table).mapValues { $0.filter { starts[$0] != nil } }
      .filter { !$0.value.isEmpty }
    let reference = PlainValueTable(
      plain: plain,
      value: value,
      minimum: Int(found.minimum),
      levels: found.levels
    )
    let shown = try #require(try found.tables().first)
    #expect(shown.cellCount == cells.count, "seed \(seed)")
    for (place, persons) in cells {
      let cell = try #require(shown.row(place), "seed \(seed), \(place)")
      let figures = reference.figures(of: persons)
      for figure in shown.figures {
        let difference = figure.difference(from: figures[figure.name] ?? nil, cell)
        #expect(difference == nil, "seed \(seed), \(place)")
      }
    }
  }

  private func someEpisodes(random: inout SeededGenerator) -> EpisodeDefinition {
    EpisodeDefinition(
      name: "hip",
      starts: EpisodeDefinition.Rows(
        source: "care",
        condition: .comparison(.notEqual, .column("care_type"), .text("b"))
      ),
      cleanDays: Int64.random(in: 1...200, using: &random),
      lengthInDays: Int64.random(in: 1...200, using: &random),
      takes: [
        EpisodeDefinition.Rows(source: "support", condition: nil),
        EpisodeDefinition.Rows(
          source: "care",
          condition: .comparison(.less, .column("amount"), .integer(50_000))
        ),
      ]
    )
  }

  /// Cut by a column of persons, two of rows, and the domain of the source.
  private func chain(_ definition: EpisodeDefinition) -> TableDefinition {
    let amount = TypedExpression(.column(definition.column(.amount)), type: .money)
    let kinds: [Measure.Kind] = [
      .count, .sum(amount), .mean(amount), .quantile(percent: 90, amount),
      .quotient(of: "m1", per: 1, by: "m0"),
    ]
    return TableDefinition(
      name: "chain",
      rows: [],
      by: ["care_type", "sex", "domain", "provider"],
      totals: ["sex"],
      content: .measures(kinds.enumerated().map { Measure(name: "m\($0)", kind: $1) }),
      place: Place(file: "test.yaml"),
      episodes: definition.name
    )
  }

  private func table(_ definition: EpisodeDefinition) -> TableDefinition {
    let amount = TypedExpression(.column(definition.column(.amount)), type: .money)
    let counts = [EpisodeDefinition.Figure.count, .open].map { figure in
      Measure.Kind.sum(TypedExpression(.column(definition.column(figure)), type: .integer))
    }
    let kinds = [.mean(amount), .quantile(percent: 90, amount)] + counts
    return TableDefinition(
      name: "hip",
      rows: [],
      by: ["sex"],
      totals: ["sex"],
      content: .measures(kinds.enumerated().map { Measure(name: "m\($0)", kind: $1) }),
      place: Place(file: "test.yaml")
    )
  }

  @Test("A row that starts one within the clean days of another start starts none")
  func staysClean() {
    let definition = EpisodeDefinition(
      name: "hip",
      starts: EpisodeDefinition.Rows(source: "care", condition: nil),
      cleanDays: 10,
      lengthInDays: 5,
      takes: []
    )
    // The start of day 18 starts none, and keeps that of day 28 from being clean.
    let keys = [(0, 39), (0, 10), (0, 18), (0, 28), (1, 11), (0, 10), (0, 60)].compactMap {
      Episodes.key(person: $0, day: $1)
    }
    let episodes = Episodes(definition, startKeys: keys, personCount: 3, end: 43)
    #expect(episodes.count == 3)
    #expect(episodes.latest(of: episodes.numbers(of: 0), on: 14) == 0)
    #expect(episodes.latest(of: episodes.numbers(of: 0), on: 15) == nil)
    #expect(episodes.latest(of: episodes.numbers(of: 0), on: 9) == nil)
    #expect(episodes.latest(of: episodes.numbers(of: 0), on: 39) == 1)
    #expect(episodes.numbers(of: 2).isEmpty)
    #expect(Episodes.key(person: 0, day: missingInteger) == nil)
  }
}
