import Diagnostics
import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("Refused files")
struct RefusalTests {
  let extract = Extract.csv([column("bsn", .bsn), column("birth_date", .date)])

  @Test("an empty file is refused")
  func empty() {
    #expect(extract.refusal(of: "").hasPrefix("found no header line"))
    #expect(extract.refusal(of: [0xEF, 0xBB, 0xBF]).hasPrefix("found no header line"))
  }

  @Test("a missing column is told by name, with the header that is nearest")
  func missingColumn() {
    #expect(
      extract.refusal(of: "bsn;Birth date\n")
        == "found no column 'birth_date' in the header | the header has 'Birth date'; is that the column?"
    )
    #expect(extract.refusal(of: "BSN;birth_date\n").contains("the header has 'BSN'"))
  }

  @Test("all missing columns are told at once, with the headers that are like them")
  func missingColumns() {
    let names = (0..<12).map { "column_\($0)" }
    let many = Extract.csv([column("bsn", .bsn)] + names.map { column($0, .text) })
    #expect(
      many.refusal(of: "bsn;Column 3;COLUMN-7;other\n" + "x")
        == "found no columns 'column_0', 'column_1', 'column_2', 'column_3', 'column_4', "
        + "'column_5', 'column_6', 'column_7' or 4 others in the header | the header has "
        + "'Column 3' and 'COLUMN-7'; are those the columns?"
    )
    let three = Extract.csv([column("bsn", .bsn), column("start", .date), column("stop", .date)])
    #expect(
      three.refusal(of: "stop\n").hasPrefix("found no columns 'bsn' or 'start' in the header")
    )
    // A declared column is not proposed for another.
    #expect(!three.refusal(of: "stop;bsn\n").contains("the header has"))
    let twice = Extract.csv([column("a", .text, from: "x"), column("b", .text, from: "x")])
    #expect(twice.refusal(of: "y\n").hasPrefix("found no column 'x' in the header"))
  }

  @Test("a first line that is no header is never told")
  func noHeader() {
    for line in ["ben;1950-01-31", "bsm;birthdate", "123456782;1950-01-31"] {
      #expect(
        extract.refusal(of: line + "\n")
          == "found no columns 'bsn' or 'birth_date' in the header | has the file a header line, and does the delimiter fit?"
      )
    }
  }

  @Test("a repeated header refuses only where its column is declared")
  func repeatedColumn() throws {
    #expect(
      extract.refusal(of: "bsn;bsn;birth_date\n").hasPrefix("found column 'bsn' more than once")
    )
    #expect(
      extract.refusal(of: "birth_date;bsn;bsn;birth_date\n")
        .hasPrefix("found columns 'bsn' and 'birth_date' more than once")
    )
    #expect(try extract.read("bsn;x;x;;;birth_date\n;;;;;\n").accepted == 1)
  }

  @Test("a header that cannot be read refuses")
  func unreadableHeader() {
    #expect(extract.refusal(of: [0x62, 0xFF, 0x0A]).contains("(encoding)"))
    #expect(extract.refusal(of: "bsn;\"birth_date\n").contains("(quote)"))
    #expect(extract.refusal(of: "bsn;birth\u{1}_date\n").contains("(control)"))
    let many = "bsn;birth_date" + String(repeating: ";", count: 4096) + "\n"
    #expect(extract.refusal(of: many).hasPrefix("found 4098 columns"))
    let long = String(repeating: "x", count: 1 << 21)
    #expect(extract.refusal(of: long).contains("(line-length)"))
  }

  @Test("a byte order mark that contradicts the encoding refuses")
  func byteOrderMark() {
    #expect(
      extract.refusal(of: [0xFF, 0xFE, 0x62, 0x00]).contains("mark of utf-16le, expected utf-8")
    )
    #expect(extract.refusal(of: [0xFE, 0xFF, 0x00, 0x62]).contains("mark of utf-16"))
    let latin = Extract.csv(extract.columns, encoding: .latin1)
    #expect(latin.refusal(of: "\u{FEFF}bsn").contains("mark of utf-8, expected iso-8859-1"))
  }

  @Test(
    "a NUL byte in the first 4 KiB refuses, behind them it costs its row",
    arguments: [64, 1 << 20]
  )
  func nul(chunkSize: Int) throws {
    let rows = String(repeating: ";\n", count: 3000)
    let extract = extract.inChunks(of: chunkSize)
    var early = Array("bsn;birth_date\n\(rows)".utf8)
    early[4095] = 0
    #expect(extract.refusal(of: early).hasPrefix("found a NUL byte in the first 4 KiB"))
    early[4095] = UInt8(ascii: ";")
    early[4098] = 0
    #expect(try extract.read(early).rejects.contains { $0.contains(" nul ") })
  }

  @Test("gzip data and the name of the file must agree")
  func gzip() {
    var named = extract
    named.fileName = "extract.csv.gz"
    #expect(named.refusal(of: "bsn;birth_date\n").contains("expected gzip as the name says"))
    #expect(extract.refusal(of: [0x1F, 0x8B, 8, 0]).contains("expected plain data"))
  }

  @Test("a file that is not there is an error of the system, other faults are of the data")
  func exitStatus() throws {
    let reader = try ExtractReader(
      source: extract.source,
      wanted: ["bsn"],
      files: ["/nonexistent/extract.csv"]
    )
    let error = #expect(throws: IngestError.self) { _ = try reader.next() }
    #expect(error?.exitStatus == .inputOutput)
    // The same again: no worker may take a failed file for a finished one.
    #expect(throws: IngestError.self) { _ = try reader.next() }
    #expect(IngestError.refused(.nul, Place(file: "x")).exitStatus == .dataGate)
  }

  @Test("no sentence shows what stands in the file")
  func canaries() {
    for text in ["Kanarie;123456782\n", "bsn;Kanarie\n", "\"Kanarie;bsn;birth_date\n"] {
      #expect(!extract.refusal(of: text).contains("Kanarie"))
    }
  }
}
