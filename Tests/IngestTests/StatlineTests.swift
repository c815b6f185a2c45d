import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("StatLine")
struct StatlineTests {
  private let columns = [
    column("region", .code, from: "RegioS", required: true),
    column("period", .code, from: "Perioden"),
    column("people", .integer, from: "TotaleBevolking_1"),
    column("share", .decimal, from: "Aandeel_2"),
  ]

  @Test("padding goes, a dot and nothing are missing, the byte order mark is swallowed")
  func table() throws {
    let text = """
      \u{FEFF}"ID";"RegioS";"Perioden";"TotaleBevolking_1";"Aandeel_2"
      "0";"NL01  ";"2015JJ00";" 16900726";"   12.5"
      "1";"GM1680    ";"2015KW01";"    25390";"      ."
      "2";"BU16800000";"2015MM01";"        .";""
      "3";"          ";"2015JJ00";"1";"2"

      """
    let outcome = try Extract.statline(columns).read(text)
    #expect(
      outcome.rows == [
        "NL01|2015JJ00|16900726|125000", "GM1680|2015KW01|25390|-", "BU16800000|2015MM01|-|-",
      ]
    )
    #expect(outcome.rejects == ["5 region required empty"])
    #expect(outcome.blanked == [:])
  }

  @Test("codes are compared without their padding")
  func codes() throws {
    let columns = [
      column("region", .code, values: [("GM1680", "aa")]),
      column("area", .text, textPattern: "BU[0-9]{8}"),
    ]
    let outcome = try Extract.statline(columns).read(
      "\"region\";\"area\"\n\"GM1680    \";\"BU16800000  \"\n"
    )
    #expect(outcome.rows == ["aa|BU16800000"])
  }

  @Test("an old export has lines above, several header lines and a footer")
  func oldExport() throws {
    let columns = [
      column("region", .code, from: "Regio's"), column("period", .code, from: "Perioden"),
      column("men", .integer, from: "Totale bevolking Mannen aantal"),
      column("women", .integer, from: "Vrouwen"),
    ]
    let text =
      "\"Bevolking; ge\u{E9}xporteerd\"\n"
      + "\"Regio's\";\"Perioden\";\"Totale bevolking\";\"Totale bevolking\"\n"
      + "\"\";\"\";\"Mannen\";\"Vrouwen\"\n\"\";\"\";\"aantal\";\"aantal\"\n"
      + "\"Aa en Hunze\";\"2015*\";\"12605\";\"12785\"\n"
      + "\"\u{A9} Centraal Bureau voor de Statistiek, Den Haag/Heerlen 1-2-2016\"\n"
    let extract = Extract.statline(columns, encoding: .latin1).with {
      $0.top = 1
      $0.header = 3
    }
    let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    for chunkSize in [16, 64, 1 << 20] {
      let outcome = try extract.inChunks(of: chunkSize).read(bytes)
      #expect(outcome.rows == ["Aa en Hunze|2015*|12605|12785"])
      #expect(outcome.lines == [5])
      #expect(outcome.skipped == [.footer: 1])
    }
  }

  @Test("in csv padding and dots mean what they say")
  func plainCsv() throws {
    let columns = [column("code", .code), column("n", .integer)]
    let outcome = try Extract.csv(columns).read("code;n\nA ; 12 \nB;.\n")
    #expect(outcome.rows == ["A |12", "B|-"])
    #expect(outcome.blanked == ["n": 1])
    let dotted = try Extract.csv(columns).with { $0.missing = ["", "."] }
      .read("code;n\n .;  .\n.;.\n")
    #expect(dotted.rows == [" .|-", "-|-"])
    #expect(dotted.blanked == [:])
  }
}
