import Tabular
import Testing

@testable import PipelineFile

@Suite("Limits of a source")
struct LimitsTests {
  @Test(
    "a number of bytes has a unit of 1,024 or none",
    arguments: [
      ("1", 1), ("65536", 65_536), ("64 KiB", 65_536), ("64KiB", 65_536), ("4 MiB", 4 << 20),
      ("2 GiB", 2 << 30), ("1 TiB", 1 << 40), ("0 KiB", nil), ("-1", nil), ("KiB", nil),
      ("1 kiB", nil), ("1.5 MiB", nil), ("4 MB", nil), ("8388608 TiB", nil), ("", nil),
      ("999999999999999999 KiB", nil),
    ] as [(String, Int64?)]
  )
  func sizes(text: String, count: Int64?) {
    #expect(byteCount(text) == count)
  }

  @Test("a size is told in the unit that takes no decimals")
  func written() {
    #expect(SourceLimits.written(1 << 20) == "1 MiB")
    #expect(SourceLimits.written(1025) == "1025 bytes")
    #expect(SourceLimits.written(3 << 40) == "3 TiB")
  }

  private static let formats: [Format] = [
    .csv(Dialect(), .utf8), .fixed(.fixed, .utf8), .ndjson(), .xml(record: "a/b"),
    .vektis(.latin1), .iwmo(messages: [301]), .stufBg, .lo3(.soap), .lo3(.lg01),
    .lo3Csv(Dialect(), .utf8), .brp, .fhir(rows: "Patient"),
  ]

  @Test("what a source says nothing of is as the design has it", arguments: formats)
  func standard(format: Format) {
    let limits = SourceLimits(of: format)
    let isJSON = [.ndjson(), .brp, .fhir(rows: "Patient")].contains(format)
    #expect(limits.line == (isJSON ? 16 << 20 : 1 << 20))
    #expect(limits.field == 65_536 && limits.fields == 4096 && limits.nesting == 64)
    #expect(limits.text == 1 << 20 && limits.base64 == 64 << 20)
    #expect(limits.inflated == 64 << 30 && limits.ratio == 250)
  }

  @Test("every format heeds some, and its own are within what it has room for", arguments: formats)
  func bounds(format: Format) {
    let bounds = SourceLimits.bounds(of: format)
    #expect(bounds[.inflated] != nil && bounds[.ratio] != nil)
    let all = SourceLimits(of: format, bounds)
    let standard = SourceLimits(of: format)
    #expect(all.line >= standard.line && all.field >= standard.field)
    #expect(all.fields >= standard.fields && all.text >= standard.text)
    #expect(all.base64 >= standard.base64 && all.nesting >= standard.nesting)
    #expect(all.inflated >= standard.inflated && all.ratio >= standard.ratio)
  }

  @Test("what a source says reaches its readers")
  func read() throws {
    let text = smallPipeline.replacing(
      "    files: register.csv\n",
      with:
        "    files: register.csv\n    limits: {line: 4 MiB, field: 1000, fields: 9, ratio: 1032}\n"
    )
    let pipeline = try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today)
    let register = try #require(pipeline.source(named: "register"))
    #expect(register.limitChanges == [.line: 4 << 20, .field: 1000, .fields: 9, .ratio: 1032])
    #expect(register.limits.line == 4 << 20 && register.limits.inflated == 64 << 30)
    #expect(pipeline.source(named: "care")?.limitChanges == [:])
  }

  @Test("flat messages may be in UTF-8, claims too, and XML formats have no encoding of their own")
  func encodings() throws {
    let text = smallPipeline.replacing(
      "    read: iwmo\n",
      with: "    read: iwmo\n    encoding: utf-8\n"
    )
    let pipeline = try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today)
    #expect(
      pipeline.source(named: "support")?.format
        == .iwmo(messages: [301, 305, 307, 323], .utf8)
    )
  }
}
