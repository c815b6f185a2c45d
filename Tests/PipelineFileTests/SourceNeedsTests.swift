import Testing

@testable import PipelineFile

@Suite("What needs the rows of a source")
struct SourceNeedsTests {
  private func stage() throws -> AggregateStage {
    let text =
      smallPipeline
      .replacing(
        "recent: care.max(date)",
        with: "supported: support.count > 0\n    needy: supported and age > 60\n"
          + "    recent: care.max(date)"
      )
      .replacing(
        "costs: sum care.amount",
        with: "rate: needy_n per 100 residents\n        needy_n: count where needy\n"
          + "        types: distinct support.care_type"
      )
      .replacing(
        "    contacts:",
        with: "    by-need: {by: [area, needy], measure: {residents: count}}\n"
          + "    needs: {by: [area], measure: {needy: count where needy}}\n    contacts:"
      )
    return try PipelineLoader.load(bytes: Array(text.utf8), path: "p.yaml", today: today).aggregate
  }

  private func table(_ name: String, of stage: AggregateStage) throws -> TableDefinition {
    try #require(stage.tables.first { $0.name == name })
  }

  @Test("a measure needs a source through columns, and through a measure that stands below it")
  func followsColumnsAndQuotients() throws {
    let stage = try stage()
    let use = try table("use", of: stage)
    #expect(
      SourceNeeds(of: ["support"], in: stage).measures(of: use) == ["rate", "needy_n", "types"]
    )
    #expect(SourceNeeds(of: ["care"], in: stage).measures(of: use) == ["in_care"])
    #expect(SourceNeeds(of: [], in: stage).measures(of: use).isEmpty)
  }

  @Test("a table needs a source whose rows it counts, that cuts it, or that all its measures need")
  func findsWholeTables() throws {
    let stage = try stage()
    let support = SourceNeeds(of: ["support"], in: stage)
    let care = SourceNeeds(of: ["care"], in: stage)
    #expect(
      stage.tables.filter { support.hold(all: $0) }.map(\.name) == ["by-need", "needs", "contacts"]
    )
    #expect(stage.tables.filter { care.hold(all: $0) }.map(\.name) == ["contacts"])
    #expect(!stage.tables.contains { SourceNeeds(of: [], in: stage).hold(all: $0) })
  }

  @Test("a source may be left out, but not the one that holds the persons")
  func refusesTheSpine() throws {
    let care = smallPipeline.replacing(
      "files: care/{period}.csv",
      with: "files: care/{period}.csv\n    delivery: {late: leave-out}"
    )
    let pipeline = try PipelineLoader.load(bytes: Array(care.utf8), path: "p.yaml", today: today)
    #expect(pipeline.source(named: "care")?.delivery.late == .leaveOut)
    #expect(pipeline.source(named: "care")?.earlierFiles.isEmpty == true)
    let register = smallPipeline.replacing(
      "files: register.csv",
      with: "files: register.csv\n    delivery: {late: leave-out}"
    )
    #expect(throws: PipelineFileError.self) {
      try PipelineLoader.load(bytes: Array(register.utf8), path: "p.yaml", today: today)
    }
  }
}
