import PipelineFile
import Tabular
import Testing

@testable import Ingest

private let people = [column("name", .name, required: true), column("amount", .money)]

@Suite("CSV headers")
struct CsvHeaderTests {
  @Test("lines above the header are passed over, and counted as lines", arguments: [16, 1 << 20])
  func top(chunkSize: Int) throws {
    let text = "Regio; \"open\u{1}\n\nname;amount\nAnn;1\n;2\nBo;3\n"
    let outcome = try Extract.csv(people).with { $0.top = 2 }.inChunks(of: chunkSize).read(text)
    #expect(outcome.rows == ["Ann|1", "Bo|3"])
    #expect(outcome.lines == [4, 6])
    #expect(outcome.rejects == ["5 name required empty"])
    #expect(outcome.read == 3)
  }

  @Test("a file that ends above its header is refused")
  func noHeader() {
    let extract = Extract.csv(people).with { $0.top = 3 }
    #expect(extract.refusal(of: "a\nb\n").hasPrefix("found no header line"))
    #expect(extract.refusal(of: "").hasPrefix("found no header line"))
  }

  @Test("without a header columns are told by number, and the first row is a row")
  func noHeaderLine() throws {
    let columns = [
      column("name", .name, at: .field(2)), column("amount", .money, at: .field(1)),
    ]
    let extract = Extract.csv(columns).with { $0.header = 0 }
    let outcome = try extract.read("\u{FEFF}1;Ann;x\n2;Bo;y\n3;Cy\n")
    #expect(outcome.rows == ["Ann|1", "Bo|2"])
    #expect(outcome.lines == [1, 2])
    #expect(outcome.rejects == ["3  field-count 2 fields"])
    #expect(try extract.read("1;Ann").rows == ["Ann|1"])
    #expect(try extract.read("").read == 0)
    #expect(
      extract.refusal(of: "1\n2\n")
        == "found 1 fields, expected column 'name' in field 2 | "
        + "has every row that many fields, and does the delimiter fit?"
    )
  }

  @Test("without a header too, more fields than there is room for refuse the file")
  func noHeaderFieldLimit() throws {
    let extract = Extract.csv([column("name", .name, at: .field(1))]).with { $0.header = 0 }
    func text(_ count: Int) -> String {
      // Quotes take another way than fields without.
      String(repeating: "Ann" + String(repeating: ";", count: count - 1) + "\n", count: 2)
        + String(repeating: "\"Ann\"" + String(repeating: ";", count: count - 1) + "\n", count: 2)
    }
    #expect(try extract.read(text(4096)).rows == ["Ann", "Ann", "Ann", "Ann"])
    for count in [4097, 5000, 40_000] {
      #expect(extract.refusal(of: text(count)).hasPrefix("found \(count) columns"))
    }
    let far = Extract.csv([column("name", .name, at: .field(5000))]).with { $0.header = 0 }
    #expect(far.refusal(of: "").hasPrefix("found 5000 columns"))
  }

  @Test("where a faulty row comes first the next one tells how many fields there are")
  func faultyFirstRow() throws {
    let columns = [column("name", .name, at: .field(2))]
    for multiline in [false, true] {
      let extract = Extract.csv(columns).with {
        $0.header = 0
        $0.multiline = multiline
        $0.footer = "^#"
      }
      let outcome = try extract.read("# a;b;c;d\n\"1;Ann;x\n2;Bo;y\n3;Cy;z\n")
      #expect(outcome.rows == ["Bo", "Cy"])
      #expect(outcome.rejects == ["2  quote "])
      #expect(outcome.skipped == [.footer: 1])
    }
  }

  @Test("of several header lines a column is called by one of them, or by all")
  func severalLines() throws {
    let text = "Regio;Bevolking;Bevolking;Jaar\n;mannen;vrouwen;\nGM1680;1;2;2026\n"
    let columns = [
      column("region", .code, from: "Regio"), column("men", .integer, from: "Bevolking mannen"),
      column("women", .integer, from: "vrouwen"), column("year", .code, from: "Jaar"),
    ]
    let outcome = try Extract.csv(columns).with { $0.header = 2 }.read(text)
    #expect(outcome.rows == ["GM1680|1|2|2026"])
    #expect(outcome.lines == [3])
    // What is told of the header afterwards calls them the same.
    let lines = text.split(separator: "\n").prefix(2).map { Array($0.utf8) }
    let form = try #require(CsvForm(Extract.csv(columns).with { $0.header = 2 }.source))
    let names = try CsvLayout(header: lines, form: form, path: "a.csv").names
    #expect(names == ["Regio", "Bevolking mannen", "vrouwen", "Jaar"])
    #expect(HeaderDrift(columns: columns, names: names).isNone)
    let unread = try CsvLayout(
      header: lines,
      form: CsvForm(form.dialect, form.encoding),
      path: "a.csv"
    )
    #expect(unread.names(for: columns) == names)
    let people = Extract.csv([column("people", .integer, from: "Bevolking")]).with {
      $0.header = 2
    }
    #expect(people.refusal(of: text).hasPrefix("found column 'Bevolking' more than once"))
  }

  @Test("repeated and empty names are reached by number only")
  func repeatedNames() throws {
    let text = "name;;x;x;amount\nAnn;e;1;2;3\n"
    let columns = [
      column("empty", .text, at: .field(2)), column("second", .integer, at: .field(4)),
      column("name", .name),
    ]
    #expect(try Extract.csv(columns).read(text).rows == ["e|2|Ann"])
    #expect(try Extract.csv([column("name", .name)]).read(text).rows == ["Ann"])
    #expect(
      Extract.csv([column("x", .text)]).refusal(of: text).contains("by its number, as {at: 3}")
    )
    #expect(
      Extract.csv([column("x", .text, at: .field(6))]).refusal(of: text)
        .hasPrefix("found 5 fields, expected column 'x' in field 6")
    )
  }

  @Test("a header with another delimiter is told with what to declare")
  func otherDelimiter() {
    #expect(
      Extract.csv(people).refusal(of: "name,amount\nAnn,1\n")
        == "found a header line with ',' and no ';', expected ';' between the names | "
        + "declare it: dialect: {delimiter: \",\"}"
    )
    #expect(Extract.csv(people).refusal(of: "name\tamount\n").hasSuffix("{delimiter: tab}"))
    let comma = Extract.csv(people).with { $0.delimiter = UInt8(ascii: ",") }
    #expect(comma.refusal(of: "name;amount\nAnn;1\n").hasSuffix("{delimiter: \";\"}"))
  }
}
