import Testing

@testable import PipelineFile

@Suite("Which other periods' files a run reads")
struct ReachTests {
  /// The small pipeline, whose sources are by period, with times, and other lines.
  private func load(_ changes: [(String, String)] = []) throws -> Pipeline {
    var text = smallPipeline.replacing(
      "persons:\n",
      with: "time: {care: date}\n  persons:\n"
    )
    for (old, new) in changes { text = text.replacing(old, with: new) }
    return try PipelineLoader.load(bytes: Array(text.utf8), path: "f/p.yaml", today: today)
  }

  private func periods(_ pipeline: Pipeline) -> [String] {
    pipeline.source(named: "care")?.otherFiles.map(\.period) ?? []
  }

  /// All months from one to another.
  private func months(_ first: String, _ last: String) -> [String] {
    (2024...2028).flatMap { year in
      (1...12).map { "\(year)-\($0 < 10 ? "0" : "")\($0)" }
    }.filter { first <= $0 && $0 <= last && $0 != "2026-08" }
  }

  @Test(
    "a window reads the months that it touches and no other, each where its files stand",
    arguments: [
      ("last 12", "2025-09", "2026-07"), ("last 2", "2026-07", "2026-07"),
      ("last 1", "9", "0"), ("next 12", "2026-09", "2027-08"), ("next 1", "2026-09", "2026-09"),
    ]
  )
  func windows(window: String, first: String, last: String) throws {
    let pipeline = try load([("care.count > 0", "(care.count over \(window) months) > 0")])
    #expect(periods(pipeline) == months(first, last))
    for other in pipeline.source(named: "care")?.otherFiles ?? [] {
      #expect(other.files == "f/care/\(other.period).csv")
    }
    #expect(pipeline.source(named: "register")?.otherFiles == [])
    let all = try load([
      ("care.count > 0", "(care.count over \(window) months) > 0"),
      ("care/{period}.csv", "care/*.csv"),
    ])
    #expect(periods(all).isEmpty)
  }

  @Test("rows of the period alone, and of a source without time, read no other")
  func none() throws {
    #expect(try periods(load()).isEmpty)
    #expect(try periods(load([("time: {care: date}", "intervals: [95 %]")])).isEmpty)
  }

  @Test("a person column that no published table needs reads nothing")
  func unneeded() throws {
    let column = ("persons:\n", "persons:\n    long: care.count over last 12 months\n")
    #expect(try periods(load([column])).isEmpty)
    let used = ("costs: sum care.amount", "costs: sum long")
    #expect(try periods(load([column, used])) == months("2025-09", "2026-07"))
    let through = ("costs: sum care.amount", "costs: sum longer")
    let other = ("    age_band:", "    longer: long + 1\n    age_band:")
    #expect(try periods(load([column, other, through])) == months("2025-09", "2026-07"))
  }

  @Test("segments are proved, and so read what their rules look at")
  func segments() throws {
    let segments = (
      "  tables:\n",
      "  segments: {ill: (care.count over last 3 months) > 2, healthy: otherwise}\n  tables:\n"
    )
    #expect(try periods(load([segments])) == ["2026-06", "2026-07"])
  }

  @Test("the table of another region's rate reads what the rate looks at")
  func benchmark() throws {
    let rate = (
      "costs: sum care.amount",
      "long: sum care.count over last 2 months\n        each: long per residents"
    )
    let table = (
      "  tables:\n", "  tables:\n    regions: {benchmark: {of: use.each, from: [../ede]}}\n"
    )
    let published = ("tables: [use, contacts]", "tables: [regions]")
    #expect(
      try periods(load([rate, table, published, ("totals: [area]", "totals: [area, age_band]")]))
        == ["2026-07"]
    )
  }
}
