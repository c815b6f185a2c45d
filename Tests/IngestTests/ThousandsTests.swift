import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("Numbers with marks")
struct ThousandsTests {
  private let extract = Extract.csv([
    column("amount", .money, required: true, euros: true), column("n", .integer),
    column("d", .decimal),
  ]).with {
    $0.decimal = UInt8(ascii: ",")
    $0.thousands = UInt8(ascii: ".")
  }

  @Test(
    "marks stand between groups of three digits",
    arguments: [
      ("1.234,56", "123456"), ("1.234.567", "123456700"), ("12.345,6", "1234560"),
      ("1234,56", "123456"), ("-1.000", "-100000"), (" 999 ", "99900"), ("0,05", "5"),
    ]
  )
  func right(written: String, cents: String) throws {
    #expect(try extract.read("amount;n;d\n\(written);1;1\n").rows == ["\(cents)|1|10000"])
  }

  @Test(
    "a mark anywhere else is no number",
    arguments: [
      "1.23", "1.2345", "1234.567", ".123", "1..234", "1.234.", "1,234.567", "1.234,567", "1.",
      "12.34,5", "1.234.56", "1,", ",5", "1.234,", "-.123", "1 234",
    ]
  )
  func wrong(written: String) throws {
    let outcome = try extract.read("amount;n;d\n\(written);1;1\n")
    #expect(outcome.rejects.map { $0.prefix(14) } == ["2 amount money"], "\(written)")
  }

  @Test("XML and texts of JSON have the declared marks; numbers of JSON have a point always")
  func documents() throws {
    let columns = [
      column("amount", .money, euros: true), column("n", .integer), column("d", .decimal),
      column("t", .text),
    ]
    func marked(_ extract: Extract) -> Extract {
      extract.with {
        $0.decimal = UInt8(ascii: ",")
        $0.thousands = UInt8(ascii: ".")
      }
    }
    let json = try marked(.ndjson(columns)).read(
      """
      {"amount":"1.234,56","n":"12.345","d":"0,5","t":"1,5"}
      {"amount":1234.56,"n":12345,"d":0.5,"t":1.5}
      {"amount":-0.5,"n":1.234,"d":1,"t":1}
      {"amount":"1,234.56","n":1,"d":1,"t":"1"}
      """
    )
    #expect(
      json.rows
        == ["123456|12345|5000|1,5", "123456|12345|5000|1.5", "-50|-|10000|1", "-|1|10000|1"]
    )
    #expect(json.blanked == ["amount": 1, "n": 1])
    let xml = try marked(.xml("p/r", columns)).read(
      "<p><r><amount>1.234,56</amount><n>12.345</n><d>0,5</d><t>1,5</t></r></p>"
    )
    #expect(xml.rows == ["123456|12345|5000|1,5"])
    // Unless it is declared a comma is no mark of decimals.
    let plain = try Extract.ndjson(columns).read("{\"amount\":\"1,5\"}")
    #expect(plain.blanked == ["amount": 1])
  }

  @Test("whole numbers may have them too; without the key no mark may stand")
  func others() throws {
    #expect(try extract.read("amount;n;d\n1;12.345;1.234,5\n").rows == ["100|12345|12345000"])
    let plain = Extract.csv([column("n", .integer)])
    #expect(try plain.read("n\n12.345\n").blanked == ["n": 1])
    let blank = plain.with { $0.thousands = UInt8(ascii: " ") }
    #expect(try blank.read("n\n 12 345 \n1 23\n").rows == ["12345", "-"])
  }
}
