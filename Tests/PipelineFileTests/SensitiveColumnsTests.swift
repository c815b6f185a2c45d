import Testing

@testable import PipelineFile

@Suite("Columns of class sensitive") struct SensitiveColumnsTests {
  /// Of the small pipeline, in which `care_type` of the source care is sensitive.
  private static func stage(
    _ measures: [String],
    persons: String = "",
    segments: String = ""
  ) throws -> AggregateStage {
    let text =
      smallPipeline
      .replacing("care_type: {type: code}", with: "care_type: {type: code, class: sensitive}")
      .replacing("    age: years", with: "\(persons)    age: years")
      .replacing("  tables:\n    use:", with: "\(segments)  tables:\n    use:")
      .replacing(
        "        in_care: count where care.count > 0 or recent\n",
        with: measures.enumerated().map { "        m\($0): \($1)\n" }.joined()
      )
    return try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today).aggregate
  }

  private static func figures(of stage: AggregateStage) throws -> Set<String> {
    stage.sensitiveFigures(of: try #require(stage.tables.first { $0.name == "use" }))
  }

  @Test(
    "a condition on rows, and what is made of it, is sensitive, by the file or by the format; a count of all rows is not"
  )
  func ofRows() throws {
    let stage = try Self.stage(
      [
        "count where care.count > 0",
        "count where (care.count where care_type = ggz) > 0",
        "count where in_ggz and postcode_pc4 > 18",
        "sum (care.sum(amount) where care_type = ggz)",
        "count where postcode_pc4 > 18",
        "count where (support.count where care_type = x) > 0",
      ],
      persons: "    in_ggz: (care.count where care_type = ggz) > 0\n"
    )
    let found = try Self.figures(of: stage)
    #expect(found == ["m1", "m2", "m3", "m5"])
  }

  @Test("a segment is sensitive if one of its rules is") func ofSegments() throws {
    let rules = { (rule: String) in "  segments:\n    first: \(rule)\n    others: otherwise\n" }
    let measure = "count where segment = first"
    let ill = try Self.stage([measure], segments: rules("(care.count where care_type = ggz) > 0"))
    #expect(try Self.figures(of: ill) == ["m0"])
    let old = try Self.stage([measure], segments: rules("age > 65"))
    #expect(try Self.figures(of: old) == [])
  }

  @Test("the part is read exactly") func readsShare() throws {
    let text = smallPipeline.replacing("method: hide", with: "method: suppress, group: 87.5 %")
    let stage = try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today)
      .aggregate
    #expect(stage.protect.group?.millionths == 875_000)
  }

  @Test("a p that a credential holds is not known before it is read") func readsCredential() throws
  {
    let text = smallPipeline.replacing(
      "method: hide",
      with: "method: suppress, dominance: {p: {credential: koppel-dominance}}"
    )
    let stage = try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today)
      .aggregate
    #expect(stage.protect.dominance == nil)
    let read = stage.readingDominance { name -> Double in name == "koppel-dominance" ? 0.15 : 0 }
    #expect(read.protect.dominance == .prior(share: 0.15))
  }
}
