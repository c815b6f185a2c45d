import Testing

@testable import PipelineFile

@Suite struct ColumnFateTests {
  @Test("Every column of every source has its fate") func tellsFates() throws {
    let pipeline = try PipelineLoader.load(
      bytes: Array(smallPipeline.utf8),
      path: "small.yaml",
      today: today
    )
    let fates = pipeline.columnFates
    #expect(
      fates.filter { $0.source == "register" }.map(\.fate) == [
        "token person", "token surname", "token birth-date, keeps birth_date_year", "kept",
        "token postcode, keeps postcode_pc4", "kept",
      ]
    )
    let support = fates.filter { $0.source == "support" }
    #expect(support.first { $0.column == "care_type" }?.sourceName == "product")
    #expect(support.first { $0.column == "message_id" }?.fate == "dropped")
    #expect(support.first { $0.column == "house_number" }?.fate == "dropped")
    #expect(fates.count == pipeline.sources.map(\.columns.count).reduce(0, +))
  }
}
