import Diagnostics
import Testing

@testable import PipelineFile

@Suite("Steps that make tables coarser") struct RecodingTests {
  private static func text(_ steps: String, by: String = "area, age_band, sex") -> String {
    smallPipeline
      .replacing("      by: [area, age_band]\n      totals: [area]\n", with: "      by: [\(by)]\n")
      .replacing(
        "    age_band: band(age, 0, 18, 65)",
        with: "    age_band: band(age, 0, 18, 45, 65)"
      )
      .replacing("area", with: "neighbourhood")
      .replacing("method: hide", with: "method: suppress, recode: [\(steps)]")
  }

  private static func stage(_ steps: String, by: String = "area, age_band, sex") throws
    -> AggregateStage
  {
    let bytes = Array(text(steps, by: by).utf8)
    return try PipelineLoader.load(bytes: bytes, path: "x.yaml", today: today).aggregate
  }

  private static func table(_ stage: AggregateStage) throws -> TableDefinition {
    try #require(stage.tables.first { $0.name == "use" })
  }

  @Test("each step stays in force with the next, until none is left") func takesSteps() throws {
    var stage = try Self.stage(
      "age_band: 0 18 65, sex: total, neighbourhood: district, age_band: 0 65"
    )
    #expect(
      stage.protect.recode.map(\.text) == [
        "age_band: 0 18 65", "sex: total", "neighbourhood: district", "age_band: 0 65",
      ]
    )
    let own = stage.persons
    stage = stage.recoded
    var table = try Self.table(stage)
    #expect(table.by == ["neighbourhood", "age_band: 0 18 65", "sex"])
    #expect(stage.printed(table.by) == ["neighbourhood", "age_band", "sex"])
    #expect(stage.persons.count == own.count + 1)
    let band = try #require(stage.persons.first { $0.name == "age_band: 0 18 65" })
    #expect(band.expression.expression == .band(.column("age"), [0, 18, 65]))
    stage = stage.recoded
    table = try Self.table(stage)
    #expect(table.totals.contains("sex") && table.onlyTotals == ["sex"])
    stage = stage.recoded
    table = try Self.table(stage)
    #expect(table.by == ["district", "age_band: 0 18 65", "sex"])
    #expect(stage.coarserLevels == [AreaStep(finer: "neighbourhood", coarser: "district")])
    // A table without a band or a sex changes its areas alone.
    #expect(stage.tables.first { $0.name == "contacts" }?.by == ["district", "care_type"])
    stage = stage.recoded
    table = try Self.table(stage)
    #expect(stage.printed(table.by) == ["district", "age_band", "sex"])
    #expect(table.by[1] == "age_band: 0 65")
    #expect(stage.protect.recode.isEmpty && stage.protect.recoded.count == 4)
    #expect(stage.recoded.protect.recoded.count == 4)
  }

  @Test("levels that nest lose the finest") func nests() throws {
    let stage = try Self.stage(
      "neighbourhood: district",
      by: "area < district < municipality, age_band"
    ).recoded
    let table = try Self.table(stage)
    #expect(table.by == ["district", "municipality", "age_band"])
    #expect(table.nests == [["district", "municipality"]])
    let next = try Self.stage(
      "neighbourhood: municipality",
      by: "area < district < municipality, age_band"
    ).recoded
    #expect(try Self.table(next).by == ["district", "municipality", "age_band"])
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let steps: String
    let caret: String
    let sentence: String
    let hint: String
    var testDescription: String { steps }
  }

  static let faults = [
    Fault(
      steps: "age_bnd: 0 65",
      caret: "age_bnd",
      sentence: "'age_bnd', which no table is cut by",
      hint: "'age_band'"
    ),
    Fault(
      steps: "sex: total, sex: total",
      caret: "sex: total]",
      sentence: "only the total is left",
      hint: "name one of"
    ),
    Fault(
      steps: "neighbourhood: total",
      caret: "total]",
      sentence: "expected a coarser level of areas than neighbourhood",
      hint: "district, municipality"
    ),
    Fault(
      steps: "neighbourhood: district, district: region",
      caret: "region]",
      sentence: "coarser level of areas than district",
      hint: "write one of: municipality"
    ),
    Fault(
      steps: "sex: 0 18",
      caret: "0 18]",
      sentence: "which is no band",
      hint: "sex: total"
    ),
    Fault(
      steps: "age_band: 0 20 65",
      caret: "0 20",
      sentence: "the cut point 20, which 'age_band' does not have",
      hint: "0 18 45 65"
    ),
    Fault(
      steps: "age_band: 0 45, age_band: 0 18",
      caret: "0 18]",
      sentence: "the cut point 18",
      hint: "choose some of 0 45"
    ),
    Fault(
      steps: "age_band: 18 65",
      caret: "18 65",
      sentence: "begin above 0",
      hint: "the first among them"
    ),
    Fault(steps: "age_band: 0 65 18", caret: "0 65 18", sentence: "do not rise", hint: "choose"),
    Fault(
      steps: "age_band: 0 18 45 65",
      caret: "0 18 45 65]",
      sentence: "expected fewer",
      hint: "choose"
    ),
    Fault(
      steps: "age_band: none",
      caret: "none",
      sentence: "expected cut points or its total",
      hint: "choose"
    ),
  ]

  @Test("a step that cannot be taken is told with its place and cure", arguments: faults)
  func tells(fault: Fault) throws {
    let text = Self.text(fault.steps)
    let found = PipelineFileTests.faults(of: text)
    #expect(found.count == 1, "\(found.map(\.text))")
    let first = try #require(found.first)
    #expect(first.place == place(of: fault.caret, in: text), "\(first.text)")
    #expect(first.sentence.contains(fault.sentence), "\(first.text)")
    #expect(first.hint?.contains(fault.hint) == true, "\(first.text)")
  }

  @Test("'hide' takes no steps") func ofSuppress() {
    let text = Self.text("sex: total").replacing("method: suppress", with: "method: hide")
    let found = PipelineFileTests.faults(of: text)
    #expect(found.contains { $0.sentence.contains("'recode' with method hide") })
  }
}
