import Diagnostics
import Tabular
import Testing

@testable import PipelineFile

@Suite struct VariablesTests {
  @Test("A setting that nothing uses is told, and is a mistake of usage") func tellsUnused() {
    do {
      _ = try load(smallPipeline, ["colour": "red"])
      Issue.record("no fault")
    } catch {
      #expect(error.exitStatus == .usage)
      #expect(error.diagnostics.count == 1)
      #expect(error.diagnostics.first?.place == nil)
      #expect(error.diagnostics.first?.sentence.contains("'colour'") == true)
    }
  }

  @Test("A name that the command line lacks is told once, a misspelt one at each place")
  func tellsUnknown() {
    let text = smallPipeline.replacing("register.csv", with: "'{folder}/{folder}.csv'")
    #expect(faults(of: text).map(\.place?.column) == [13])
    #expect(faults(of: text).first?.hint?.contains("--set folder=") == true)
    let misspelt = smallPipeline.replacing("register.csv", with: "'{perid}/{perid}.csv'")
    #expect(faults(of: misspelt).map(\.place?.column) == [13, 21])
  }

  @Test("A misspelt setting draws one message") func tellsMisspeltSetting() {
    let text = smallPipeline.replacing("register.csv", with: "'{folder}/x.csv'")
    let found = faults(of: text, settings: ["foldr": "x"])
    #expect(found.map(\.hint) == ["did you mean '{foldr}', or --set folder=…?"])
  }

  @Test("Settings go into values only, and into file patterns literally") func replaces() throws {
    let text = smallPipeline.replacing("register.csv", with: "in/{folder}/*.csv")
    let pipeline = try load(text, ["folder": "a*[b]?\\"])
    #expect(pipeline.sources.first?.files == "in/a\\*\\[b\\]\\?\\\\/*.csv")
  }

  @Test(
    "A setting with a line end or control character is refused",
    arguments: ["a\nb", "a\u{1B}[2J"]
  )
  func refusesUnsafe(value: String) {
    let text = smallPipeline.replacing("register.csv", with: "\"{folder}.csv\"")
    let found = faults(of: text, settings: ["folder": value])
    #expect(found.count == 1)
    #expect(found.first?.sentence.contains("control characters") == true)
    #expect(found.allSatisfy { !$0.text.contains("\u{1B}") })
  }

  @Test("Names of the format cannot be set") func protectsFormatNames() {
    #expect(faults(of: smallPipeline, settings: ["pipeline": "x"]).count == 1)
    #expect(faults(of: smallPipeline, settings: ["period.end": "x"]).count == 1)
  }

  @Test("Braces that hold no name stay") func keepsOtherBraces() throws {
    let pipeline = try load(smallPipeline)
    #expect(pipeline.source(named: "register")?.column(named: "area")?.textPattern == "BU[0-9]{4}")
  }

  @Test(
    "The period comes from the command line, the file, or the day",
    arguments: [
      ("2026-08", nil, "2026-08", "2026-08-01", "2026-08-31"),
      ("2026-08", "2024-02", "2024-02", "2024-02-01", "2024-02-29"),
      ("previous", nil, "2026-08", "2026-08-01", "2026-08-31"),
      ("previous", "previous", "2026-08", "2026-08-01", "2026-08-31"),
    ] as [(String, String?, String, String, String)]
  )
  func choosesPeriod(
    written: String,
    set: String?,
    label: String,
    first: String,
    last: String
  ) throws {
    let text = smallPipeline.replacing("default: 2026-08", with: "default: \(written)")
    let day = try #require(CivilDate(year: 2026, month: 9, day: 3))
    let pipeline = try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "small.yaml",
      settings: set.map { ["period": $0] } ?? [:],
      today: day
    )
    #expect(pipeline.period?.label == label)
    #expect(pipeline.period?.firstDay.description == first)
    #expect(pipeline.period?.lastDay.description == last)
  }

  @Test("January's previous month is December") func goesBackAYear() throws {
    let day = try #require(CivilDate(year: 2026, month: 1, day: 31))
    #expect(try PeriodReading.read("previous", unit: .month, today: day).label == "2025-12")
    #expect(try PeriodReading.read("previous", unit: .year, today: day).label == "2025")
  }

  @Test(
    "A period that is none is refused",
    arguments: [
      "2026-13", "2026-8", "2026", "26-08", "", "2026-08-01", "next", "２０２６-08", "0000-01",
      "2026-01..2026-03",
    ]
  )
  func refusesPeriods(text: String) {
    #expect(faults(of: smallPipeline, settings: ["period": text]).count == 1)
  }

  private func load(
    _ text: String,
    _ settings: [String: String] = [:]
  ) throws(PipelineFileError) -> Pipeline {
    try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "small.yaml",
      settings: settings,
      today: today
    )
  }
}
