import Testing

@testable import PipelineFile

@Suite("What hangs together by what it looks at") struct TogetherTests {
  private static func stage(by: String, measure: String = "count") throws -> AggregateStage {
    let text =
      smallPipeline
      .replacing("      by: [area, age_band]\n      totals: [area]\n", with: "      by: [\(by)]\n")
      .replacing("count where care.count > 0 or recent", with: measure)
      .replacing(
        "    age: years",
        with: "    young: birth_date_year > 2000\n    used: care.count > 0\n    age: years"
      )
      .replacing("method: hide", with: "method: suppress, zeros: hide")
    return try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today).aggregate
  }

  @Test(
    "dimensions hang together that look at the same columns",
    arguments: [
      ("area, age_band", []), ("age_band, area, young", [["age_band", "young"]]),
      ("used, recent, young, age_band, sex", [["used", "recent"], ["young", "age_band"]]),
    ] as [(String, [[String]])]
  )
  func dimensions(by: String, expected: [[String]]) throws {
    let stage = try Self.stage(by: by)
    let table = try #require(stage.tables.first { $0.name == "use" })
    #expect(stage.dimensionsTogether(in: table) == expected)
    #expect(stage.protect.hidesZeros)
  }

  @Test(
    "a condition hangs together with a dimension that looks at what it looks at",
    arguments: [
      ("count where young", true), ("count where care.count > 2 and age > 3", true),
      ("count where care.count > 2", false), ("count where sex = male", false),
    ]
  )
  func figures(measure: String, expected: Bool) throws {
    let stage = try Self.stage(by: "area, age_band", measure: measure)
    let table = try #require(stage.tables.first { $0.name == "use" })
    #expect(stage.figuresTogether(in: table).contains("in_care") == expected)
  }
}
