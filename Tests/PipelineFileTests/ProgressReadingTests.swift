import Diagnostics
import Testing

@testable import PipelineFile

@Suite("Tables of progress in a pipeline file")
struct ProgressReadingTests {
  private let progress =
    "of: use.rate, periods: 2025-11..2026-08, changed: 2026-03, comparator: area = BU0001, "
    + "target: {value: 40.5, by: 2027-02, better: lower, owner: region}"

  private func load(
    _ progress: String,
    files: String = "care.csv",
    period: String? = nil,
    countingOnePeriod: Bool = false,
    publishing tables: String = "use, contacts"
  ) throws -> Pipeline {
    let text =
      ratedPipeline
      .replacing("files: care/{period}.csv", with: "files: \(files)")
      .replacing("tables: [use, contacts]", with: "tables: [\(tables)]")
      .replacing(
        "  tables:\n    use:",
        with: "  time: {care: date}\n  tables:\n    less: {progress: {\(progress)}}\n    use:"
      )
    return try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "p.yaml",
      settings: period.map { ["period": $0] } ?? [:],
      today: today,
      countingOnePeriod: countingOnePeriod
    )
  }

  private func sentences(_ old: String, _ new: String, files: String = "care.csv") -> [String] {
    do {
      _ = try load(progress.replacing(old, with: new), files: files)
      return []
    } catch {
      return (error as? PipelineFileError)?.diagnostics.map(\.sentence) ?? ["?"]
    }
  }

  @Test("periods are all between the ends, and what it asks is kept of the person columns alone")
  func reads() throws {
    let stage = try load(progress).aggregate
    let table = try #require(stage.tables.first)
    guard case .progress(let progress) = table.content else {
      Issue.record("no progress")
      return
    }
    #expect(progress.periods.count == 10)
    #expect(progress.periods[progress.changed].label == "2026-03")
    #expect(progress.target?.due == 11 && progress.target?.value == 40.5)
    #expect(progress.parts.map(\.name) == ["in_care", "residents"])
    let counting = try #require(stage.counting(progressOf: "less"))
    #expect(counting.tables.count == 1)
    #expect(counting.tables[0].measures.map(\.name) == ["in_care", "residents", "rate"])
    // 'in_care' looks at 'recent'; nothing looks at 'age' or 'age_band'.
    #expect(counting.persons.map(\.name) == ["recent", AggregateStage.comparatorColumn])
    #expect(stage.counting(progressOf: "use") == nil)
  }

  @Test(
    "each mistake draws one message",
    arguments: [
      ("use.rate", "use.rat", "no table of persons has a measure 'use.rat'"),
      ("use.rate", "use.costs", "found 'use.costs', which is no quotient"),
      ("2025-11..2026-08", "2026-08..2025-11", "found no periods"),
      ("2025-11..2026-08", "1990-01..2026-08", "found more than 120 periods"),
      ("changed: 2026-03", "changed: 2025-11", "found a change in '2025-11'"),
      ("comparator: area = BU0001", "comparator: area", "as a comparator"),
      ("value: 40.5", "value: many", "found no number as a target"),
      ("by: 2027-02", "by: 2026-02", "found no period in which the target is due"),
      (", owner: region", "", "has no 'owner'"),
    ]
  )
  func refuses(old: String, new: String, sentence: String) {
    let found = sentences(old, new)
    #expect(found.count == 1 && found.first?.contains(sentence) == true, "\(found)")
  }

  @Test("a file whose periods end with that of the run is read for each of them")
  func countsOnePeriod() throws {
    let open = progress.replacing("2025-11..2026-08", with: "\"2025-11..{period}\"")
    #expect(try load(open).aggregate.tables.count == 3)
    #expect(throws: PipelineFileError.self) { try load(open, period: "2025-11") }
    let stage = try load(open, period: "2025-11", countingOnePeriod: true).aggregate
    #expect(stage.counting(progressOf: "less")?.period?.label == "2025-11")
  }

  @Test(
    "files by period are read for each of its periods, and the persons must say who lived where"
  )
  func readsPeriods() throws {
    let byPeriod = try load(progress, files: "care/{period}.csv", publishing: "less")
    #expect(
      byPeriod.source(named: "care")?.otherFiles.map(\.period)
        == ["2025-11", "2025-12"] + (1...7).map { "2026-0\($0)" }
    )
  }

  @Test("persons of one period's files cannot be those of another, unless they say who lived where")
  func asksForPersons() throws {
    let text =
      ratedPipeline
      .replacing("files: register.csv", with: "files: register-{period}.csv")
      .replacing("care.csv", with: "care/{period}.csv")
      .replacing(
        "  tables:\n    use:",
        with: "  time: {care: date}\n  tables:\n    less: {progress: {\(progress)}}\n    use:"
      )
    do {
      _ = try PipelineLoader.load(bytes: Array(text.utf8), path: "p.yaml", today: today)
      Issue.record("taken")
    } catch {
      #expect(
        error.diagnostics.map(\.sentence) == [
          "found a rate that needs 'register', whose files are of one period"
        ]
      )
      #expect(error.diagnostics.first?.hint?.contains("resident: [MOVED_IN, MOVED_OUT]") == true)
    }
  }
}
