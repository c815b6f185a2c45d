import Diagnostics
import Testing

@testable import PipelineFile

@Suite struct TimeReadingTests {
  private let stage = """
    population: {on: "{period.end}", resident: [moved, left]}
      time: {care: date, support: [start, end]}
      covers: {care: "area in [BU0001]"}
      persons:

    """

  private var text: String {
    smallPipeline.replacing("persons:\n", with: stage)
      .replacing(
        "area: {type",
        with: "moved: {type: date}\n      left: {type: date}\n      area: {type"
      )
      .replacing(
        "area: keep",
        with: "area: keep\n    moved: keep\n    left: keep\n    start: keep\n    end: keep"
      )
      .replacing("costs: sum care.amount", with: "costs: sum care.amount\n        py: person-years")
  }

  @Test("Population, time and coverage are read")
  func reads() throws {
    let stage = try load(text).aggregate
    #expect(
      stage.population
        == PopulationDefinition(
          on: 20_696,
          residence: PopulationDefinition.Residence(movedIn: "moved", movedOut: "left")
        )
    )
    #expect(stage.time == ["care": .day("date"), "support": .spell(start: "start", end: "end")])
    #expect(stage.covers["care"]?.type == .boolean)
    #expect(stage.period?.label == "2026-08")
  }

  @Test("Rows that an episode takes by two conditions on one source are taken by either")
  func joinsRows() throws {
    let stage = try load(episodesText).aggregate
    #expect(
      stage.episodes == [
        EpisodeDefinition(
          name: "hip",
          starts: EpisodeDefinition.Rows(source: "care", condition: nil),
          cleanDays: 1,
          lengthInDays: 180,
          takes: [
            EpisodeDefinition.Rows(
              source: "care",
              condition: .or(
                .comparison(.greater, .column("amount"), .integer(5)),
                .comparison(.less, .column("amount"), .integer(2))
              )
            ), EpisodeDefinition.Rows(source: "support", condition: nil),
          ]
        )
      ]
    )
    #expect(stage.persons.needingRows.contains("dear"))
  }

  private var episodesText: String {
    text.replacing(
      "  persons:\n",
      with: """
          episodes:
            hip:
              starts: care
              clean: 1 day
              lasts: 180 days
              takes: [care where amount > 5, support, care where amount < 2]
          persons:
            dear: episodes.hip.amount > 100000 and episodes.hip.open = 0

        """
    )
  }

  @Test("A table of the amount of episodes may be cut by what their rows are")
  func readsChain() throws {
    let chain = """
      by: [domain, care_type, area]
            measure: {n: count, cost: mean episodes.hip.amount, high: p90 episodes.hip.amount}
      """
    let text = try #require(chained(by: chain))
    let stage = try load(text).aggregate
    #expect(stage.tables.map(\.episodes) == [nil, "hip"])

    let wrong = """
      by: [domain, message, area]
            totals: [domain, area]
            measure: {n: count where age > 5, cost: mean episodes.hip.amount}
      """
    let found = faults(of: try #require(chained(by: wrong))).map(\.sentence)
    #expect(
      found == [
        "source 'care' has no column 'message', and persons have none either",
        "found a total of 'domain', in whose cells one episode stands several times",
        "found another measure in a table that is cut by the rows of episodes",
      ]
    )
  }

  @Test(
    "Episodes read the months in which one that ends in the period may begin, and be clean before"
  )
  func readsMonths() throws {
    let text = episodesText.replacing(
      "costs: sum care.amount",
      with: "costs: sum episodes.hip.amount"
    )
    let care = try #require(load(text).source(named: "care"))
    #expect(care.otherFiles.map(\.period) == (2...7).map { "2026-0\($0)" })
    #expect(try load(episodesText).source(named: "care")?.otherFiles == [])
  }

  /// With another second table.
  private func chained(by table: String) -> String? {
    let old = """
      rows: [care, support]
            by: [area, care_type]
            measure: {persons: count, n: rows, costs: sum amount}
      """
    return episodesText.contains(old) ? episodesText.replacing(old, with: table) : nil
  }

  @Test("A residence by a column that is dropped or no date is told at its place")
  func refusesResidence() throws {
    let text = self.text.replacing("[moved, left]", with: "[surname, area]")
    #expect(
      faults(of: text).map(\.sentence).filter { !$0.contains("sex") } == [
        "found 'surname', which is a token: it can be linked on, not looked at",
        "found a text in 'area', expected a date",
      ]
    )
  }

  @Test("Time and person-years ask for a period")
  func asksForPeriod() {
    let text = self.text
      .replacing("period: {unit: month, default: 2026-08}\n", with: "")
      .replacing("{period.end}", with: "2026-08-31").replacing("{period.start}", with: "2026-08-01")
      .replacing("/{period}", with: "")
    let found = faults(of: text).map(\.sentence)
    #expect(found.count { $0.contains("is about no period") } == 2, "\(found)")
  }

  private func load(_ text: String) throws -> Pipeline {
    try PipelineLoader.load(bytes: Array(text.utf8), path: "small.yaml", today: today)
  }
}
