import Diagnostics
import Testing

@testable import PipelineFile

@Suite struct WarningTests {
  @Test(
    "Counting messages of several kinds draws a warning, unless one kind is meant",
    arguments: [
      ("support.count > 2", 1), ("support.count > 0", 0),
      ("(support.count where message = 323) > 2", 0), ("care.count > 2", 0),
    ]
  )
  func warnsAboutMessages(condition: String, count: Int) throws {
    let text = smallPipeline.replacing("care.count > 0 or recent", with: condition)
    #expect(try warnings(of: text).count { $0.sentence.contains("several kinds") } == count)
  }

  @Test("A column that stays for nothing is noted") func notesUnused() throws {
    let text = smallPipeline.replacing(" and postcode_pc4 != 9999", with: "")
    let notes = try warnings(of: text).filter { $0.severity == .note }
    #expect(notes.map(\.sentence).first?.hasPrefix("'message' stay") == true)
  }

  @Test("A table that is not published is warned of") func warnsOfTables() throws {
    let text = smallPipeline.replacing("tables: [use, contacts]", with: "tables: [use]")
    let found = try warnings(of: text).filter { $0.sentence.contains("not published") }
    #expect(found.map(\.place) == [place(of: "contacts:", in: text)])
  }

  @Test("Real data without a period in 'files' is warned of, made-up data is not")
  func warnsOfPeriod() throws {
    let text = smallPipeline.replacing("sample: true", with: "sample: false")
    #expect(try warnings(of: text).count { $0.sentence.contains("whatever the period") } == 2)
    #expect(try !warnings(of: smallPipeline).contains { $0.sentence.contains("whatever the") })
  }

  @Test("Codes that two sources name differently are warned of where a pass compares them")
  func warnsOfCodes() throws {
    let text = smallPipeline.replacing("{M: male, V: female}", with: "{M: man, V: vrouw}")
    let found = try warnings(of: text).filter { $0.sentence.contains("'sex' is man or vrouw") }
    #expect(found.map(\.place) == [place(of: "[surname, birth_date", in: text)])
  }

  @Test("Files of no period are not warned of where 'time' tells which rows count")
  func trustsTime() throws {
    let text = smallPipeline.replacing("sample: true", with: "sample: false").replacing(
      "care/{period}.csv",
      with: "care/*.csv"
    )
    let timed = text.replacing("persons:\n", with: "time: {care: date}\n  persons:\n")
    #expect(try warnings(of: text).count { $0.sentence.contains("whatever the period") } == 3)
    #expect(try warnings(of: timed).count { $0.sentence.contains("whatever the period") } == 2)
  }

  @Test("'hide' draws a warning, 'round' does not") func warnsOfHide() throws {
    let text = smallPipeline.replacing("method: hide", with: "method: round, base: 3")
    #expect(try warnings(of: smallPipeline).contains { $0.sentence.contains("'hide'") })
    #expect(try !warnings(of: text).contains { $0.sentence.contains("'hide'") })
  }

  @Test(
    "A segment that an earlier one leaves nobody is warned of",
    arguments: [
      ("a: age > 65, b: age > 65, c: otherwise", ["b"]),
      ("a: age > 65, b: age > 80, c: age >= 65, d: otherwise", ["b"]),
      ("a: age > 18 or recent, b: age < 5 and recent, c: otherwise", ["b"]),
      ("a: recent, b: recent and age > 80 or age > 90 and recent, c: otherwise", ["b"]),
      ("a: recent, b: recent or age > 80, c: otherwise", []),
      ("a: age > 65 and recent, b: age > 65, c: otherwise", []),
      ("a: age < 18, b: age < 10, c: age = 17, d: age > 10, e: otherwise", ["b", "c"]),
      ("a: true, b: recent, c: otherwise", ["b", "c"]),
      ("a: not recent, b: age != 3, c: age != 3.0, d: otherwise", []),
    ]
  )
  func warnsOfSegments(rules: String, names: [String]) throws {
    let text = smallPipeline.replacing(
      "  tables:\n    use:",
      with: "  segments: {\(rules)}\n  tables:\n    use:"
    )
    let found = try warnings(of: text).filter { $0.sentence.contains("never reached") }
    #expect(found.map(\.place) == names.map { place(of: "\($0): ", in: text) })
  }

  private func warnings(of text: String) throws -> [Diagnostic] {
    try PipelineLoader.load(bytes: Array(text.utf8), path: "small.yaml", today: today).warnings
  }
}
