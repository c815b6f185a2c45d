import Tabular
import Testing

@testable import PipelineFile

@Suite struct ClockTests {
  @Test(
    "A day so many months earlier is the same day, or the last of a shorter month",
    arguments: [
      ("2026-08-31", 12, "2025-08-31"), ("2026-08-31", 6, "2026-02-28"),
      ("2024-03-31", 1, "2024-02-29"), ("2026-01-15", 1, "2025-12-15"),
      ("2026-05-31", 1, "2026-04-30"), ("2026-08-01", 0, "2026-08-01"),
    ]
  )
  func movesDays(day: String, months: Int, earlier: String) throws {
    let day = try #require(CivilDate(day))
    #expect(day.movedBack(byMonths: months).description == earlier)
  }

  @Test("With the clock back, the period, who lives here and its dates in expressions are earlier")
  func movesStages() throws {
    let text = smallPipeline.replacing(
      "  persons:\n",
      with: "  population: {on: 2026-08-20}\n  persons:\n"
    ).replacing(
      "recent: care.max(date) > {period.start}",
      with: "recent: care.max(date) > 2026-08-01"
    )
    .replacing("postcode_pc4 != 9999", with: "care.max(date) != 2026-07-31")
    let stage = try PipelineLoader.load(bytes: Array(text.utf8), path: "p.yaml", today: today)
      .aggregate.movedBack(byMonths: 6)
    #expect(stage.period?.firstDay.description == "2026-02-01")
    #expect(stage.period?.lastDay.description == "2026-02-28")
    #expect(stage.period?.label == "2026-02")
    let on = CivilDate(dayNumber: Int(stage.population?.on ?? 0))
    #expect(on.description == "2026-02-20")
    #expect(stage.tables.isEmpty)
    #expect(stage.persons[0].expression.expression.text.contains("2026-02-28"))
    // A date that is not of the period stays.
    let recent = stage.persons[2].expression.expression.text
    #expect(recent.contains("2026-02-01") && recent.contains("2026-07-31"))
  }
}
