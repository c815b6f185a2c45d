import PipelineFile
import Tabular
import Testing

@testable import Ingest

private let columns = [
  column("bsn", .bsn, required: true, at: .bytes(1...9)),
  column("born", .date, at: .bytes(10...17)),
  column("name", .name, at: .bytes(18...25)),
  column("amount", .money, at: .bytes(26...31)),
]

/// `123456782` born on 2 January 1950, and what stands behind it.
private func line(_ name: String, _ amount: String, born: String = "19500102") -> String {
  "123456782" + born + name + String(repeating: " ", count: 8 - name.count) + amount
}

@Suite("Lines of fixed width")
struct FixedTests {
  let extract = Extract.fixed(columns)

  @Test("columns are bytes of the line, texts lose their padding", arguments: [16, 1 << 20])
  func columnsByBytes(chunkSize: Int) throws {
    let text =
      "\u{FEFF}\(line("Ann", "000012"))\r\n\(line("  Bo", "   -13"))\n\(line("C D", "000014"))XYZ"
    let outcome = try extract.inChunks(of: chunkSize).read(text)
    #expect(
      outcome.rows == [
        "123456782|1950-01-02|Ann|12", "123456782|1950-01-02|Bo|-13", "123456782|1950-01-02|C D|14",
      ]
    )
    #expect(outcome.lines == [1, 2, 3])
    #expect(outcome.facts.map(\.rowCount) == [3])
  }

  @Test("blank columns and dates of zeros have no value")
  func missing() throws {
    let outcome = try extract.read(line("", "      ", born: "00000000") + "\n")
    #expect(outcome.rows == ["123456782|-|-|-"])
    #expect(outcome.blanked == [:])
    #expect(try extract.read(line("", "      ", born: "19500100") + "\n").blanked == ["born": 1])
  }

  @Test("a line may lack blanks only: one that ends within a value is rejected")
  func shortLines() throws {
    let whole = line("Ann", "000012")
    for count in 0..<whole.count {
      let text = whole.prefix(count) + "\n" + whole + "\n"
      let outcome = try extract.read(String(text))
      // At 9, 17, 25 a column ends; 20 to 25 lack blanks of the name, which may be cut there.
      switch count {
      case 9: #expect(outcome.rows.first == "123456782|-|-|-")
      case 17: #expect(outcome.rows.first == "123456782|1950-01-02|-|-")
      case 25: #expect(outcome.rows.first == "123456782|1950-01-02|Ann|-")
      default: #expect(outcome.rejects == ["1  line-length \(count) bytes"], "\(count) bytes")
      }
      #expect(outcome.read == 2)
    }
    #expect(try extract.read(line("", "      ").prefix(20) + "\n").accepted == 1)
  }

  @Test("a file that is cut loses its last line, wherever it is cut")
  func cuts() throws {
    let text = (line("Ann", "000012") + "\n" + line("Bo", "000013"))
    for count in 32..<text.count {
      let outcome = try extract.read(String(text.prefix(count)))
      #expect(outcome.accepted == 1 && outcome.read == (count > 32 ? 2 : 1), "cut at \(count)")
    }
  }

  @Test("in ISO-8859-1 an accent is one byte, in UTF-8 two", arguments: [16, 1 << 20])
  func accents(chunkSize: Int) throws {
    let start = Array("12345678219500102Ren".utf8)
    let latin = start + [0xE9] + Array("    000012\n".utf8)
    let outcome = try Extract.fixed(columns, encoding: .latin1).inChunks(of: chunkSize)
      .read(latin + latin)
    #expect(outcome.rows == Array(repeating: "123456782|1950-01-02|René|12", count: 2))
    let utf8 = start + Array("é   000012\n".utf8)
    #expect(try extract.inChunks(of: chunkSize).read(utf8).rows == ["123456782|1950-01-02|René|12"])
    // A column that ends within a letter is no text.
    let cut = Array("12345678219500102Annette".utf8) + Array("é00012\n".utf8)
    #expect(try extract.read(cut).rejects.first?.hasPrefix("1 name encoding") == true)
    let short = start + [0xE9, 0x0A]
    #expect(
      try Extract.fixed(columns, encoding: .latin1).read(short).rejects == [
        "1  line-length 21 bytes"
      ]
    )
  }

  @Test("control characters and NUL cost their line, wherever they stand")
  func controls() throws {
    let good = line("Ann", "000012")
    let filler = String(repeating: good + "\n", count: 200)
    for (bad, reason) in [
      ("\t", "control"), ("\u{0}", "nul"), ("\r", "control"), ("\u{1}\u{0}", "nul"),
    ] {
      let text = filler + line("A\(bad)n", "000012") + "\n" + good + bad + "\n" + good + "\n"
      let outcome = try extract.read(text)
      let isReturn = bad == "\r"
      #expect(outcome.accepted == (isReturn ? 202 : 201))
      #expect(outcome.rejects.first == "201  \(reason) ")
      #expect(outcome.rejects.count == (isReturn ? 1 : 2))
    }
  }

  @Test("lines above the first one and footers are passed over")
  func topAndFooter() throws {
    let extract = extract.with {
      $0.top = 1
      $0.header = 1
      $0.footer = "^99"
    }
    let outcome = try extract.read("a\nb\n\(line("Ann", "000012"))\n99 end\n")
    #expect(outcome.rows == ["123456782|1950-01-02|Ann|12"])
    #expect(outcome.lines == [3])
    #expect(outcome.skipped == [.footer: 1])
  }

  @Test("a line longer than 1 MiB costs its own row", arguments: [64, 1 << 20])
  func longLine(chunkSize: Int) throws {
    let long = line("Ann", "000012") + String(repeating: "x", count: 1 << 20)
    let text = "\(line("Ann", "000012"))\n\(long)\n\(line("Bo", "000013"))\n"
    let outcome = try extract.inChunks(of: chunkSize).read(text)
    #expect(outcome.accepted == 2)
    #expect(outcome.rejects == ["2  line-length "])
  }

  @Test("the marks of the dialect hold")
  func dialect() throws {
    let columns = [
      column("amount", .money, euros: true, at: .bytes(1...10)),
      column("code", .code, at: .bytes(11...12)),
    ]
    let extract = Extract.fixed(columns).with {
      $0.decimal = UInt8(ascii: ",")
      $0.thousands = UInt8(ascii: ".")
      $0.missing = ["", "-"]
    }
    let outcome = try extract.read("  1.234,50A \n         -- \n")
    #expect(outcome.rows == ["123450|A", "-|-"])
  }
}
