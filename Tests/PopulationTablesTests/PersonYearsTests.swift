import PipelineFile
import Tabular
import Testing

@testable import PopulationTables

@Suite struct PersonYearsTests {
  @Test(
    "A day is a part of its own calendar year",
    arguments: [
      ("2027-11-10", "2028-03-01", 306_400), ("2026-01-01", "2027-01-01", 1_000_000),
      ("2028-01-01", "2029-01-01", 1_000_000), ("2026-08-01", "2026-08-01", 0),
      ("2026-08-31", "2026-08-01", 0), ("2000-01-01", "2030-01-01", 30_000_000),
    ]
  )
  func countsDays(from: String, end: String, millionths: Int64) throws {
    let first = try #require(CivilDate(from))
    let before = try #require(CivilDate(end))
    let parts = PersonYears.parts(from: first, before: before)
    #expect(PersonYears.millionths(parts) == millionths)
  }
}
