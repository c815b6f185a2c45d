import Diagnostics
import PipelineFile
import Tabular
import Testing

@testable import Ingest

private let people = [
  column("bsn", .bsn), column("name", .name, required: true), column("amount", .money),
]

@Suite("CSV")
struct CsvTests {
  let extract = Extract.csv(people)

  @Test("columns are found by name, in any order, and undeclared ones are passed over")
  func headers() throws {
    let outcome = try extract.read(
      "x;amount;name;y;bsn\n1;5;Ann;2;123456782\n1;;Bo;2;\n"
    )
    #expect(outcome.rows == ["123456782|Ann|5", "-|Bo|-"])
    #expect(outcome.lines == [2, 3])
    #expect(outcome.read == 2)
  }

  @Test("a batch holds the wanted columns in the wanted order; the others are checked all the same")
  func wanted() throws {
    var extract = extract
    extract.wanted = ["amount", "name"]
    let outcome = try extract.read("bsn;name;amount\n1;Ann;5\n123456782;;6\n")
    #expect(outcome.rows == ["5|Ann"])
    #expect(outcome.blanked == ["bsn": 1])
    #expect(outcome.rejects == ["3 name required empty"])
  }

  @Test("a wanted column that is not declared is a bug, told as such")
  func unknownWanted() {
    #expect(throws: IngestError.self) {
      _ = try ExtractReader(source: extract.source, wanted: ["bsm"], files: [])
    }
  }

  @Test("a fault in a required column costs the row, in another the value")
  func faults() throws {
    let outcome = try Extract.csv([column("bsn", .bsn, required: true), column("n", .integer)])
      .read("bsn;n\n12345678A;5\n123456782;x\n;1\n")
    #expect(outcome.rejects == ["2 bsn bsn-check 9{8}a", "4 bsn required empty"])
    #expect(outcome.rows == ["123456782|-"])
    #expect(outcome.blanked == ["n": 1])
    #expect(outcome.read == 3 && outcome.accepted == 1 && outcome.rejected == 2)
  }

  @Test("LF and CRLF end lines, the last may lack its end")
  func lineEnds() throws {
    let expected = ["-|Ann|1", "-|Bo|2"]
    for text in [
      "bsn;name;amount\n;Ann;1\n;Bo;2\n", "bsn;name;amount\r\n;Ann;1\r\n;Bo;2\r\n",
      "bsn;name;amount\n;Ann;1\n;Bo;2", "bsn;name;amount\r\n;Ann;1\r\n;Bo;2",
      "bsn;name;amount\r\n;Ann;1\n;Bo;2\r", "\u{FEFF}bsn;name;amount\n;Ann;1\n;Bo;2\n",
      "bsn;name;amount\n;Ann;1\n;Bo;2\n\n", "bsn;name;amount\r\n;Ann;1\r\n;Bo;2\r\n\r\n\n",
    ] {
      #expect(try extract.read(text).rows == expected)
    }
  }

  @Test("a carriage return elsewhere is a control character")
  func carriageReturn() throws {
    let outcome = try extract.read("bsn;name;amount\n;A\rnn;1\n;Bo;2\r\r\n;Cy;3\n")
    #expect(outcome.rows == ["-|Cy|3"])
    #expect(outcome.rejects == ["2  control ", "3  control "])
  }

  @Test("a blank line within the file has too few fields; at its very end it is no row")
  func blankLines() throws {
    let outcome = try extract.read("bsn;name;amount\n\n;Ann;1\n\n\n;Bo;2\n\n\n")
    #expect(
      outcome.rejects.map { $0.prefix(15) } == [
        "2  field-count ", "4  field-count ", "5  field-count ",
      ]
    )
    #expect(outcome.read == 5)
    let single = Extract.csv([column("n", .integer)])
    #expect(try single.read("n\n1\n\n2\n\n").rows == ["1", "-", "2"])
  }

  @Test("more blank lines at the end than anybody leaves are rows, whatever the chunk size")
  func manyBlankLines() throws {
    for count in [10, 4096, 4097, 9000] {
      let text = "n;m\n1;2\n" + String(repeating: "\n", count: count)
      for size in [64, 1000, 1 << 20] {
        let outcome = try Extract.csv([column("n", .integer)]).inChunks(of: size).read(text)
        #expect(outcome.read == (count <= 4096 ? 1 : count + 1), "\(count) in chunks of \(size)")
      }
    }
  }

  @Test("a row with another number of fields than the header is rejected")
  func fieldCount() throws {
    let outcome = try extract.read("bsn;name;amount\n;Ann\n;Bo;1;2\n;Cy;3\n;Di;4;\n")
    #expect(
      outcome.rejects == [
        "2  field-count 2 fields", "3  field-count 4 fields", "5  field-count 4 fields",
      ]
    )
    #expect(outcome.rows == ["-|Cy|3"])
  }

  @Test("a field is quoted if its first byte is the quote; a doubled quote is one")
  func quotes() throws {
    let outcome = try extract.read(
      #"""
      bsn;"name";amount
      "123456782";"Ann; ""A""";"5"
      ;A "nn" x;1
      ;"";2
      ;"""";3
      ;"Bo"x;4
      ;"Cy;5
      ;Di";6
      ; "Ed";7
      ;"Flo";"8

      """#
    )
    #expect(
      outcome.rows == [
        "123456782|Ann; \"A\"|5", "-|A \"nn\" x|1", "-|\"|3", "-|Di\"|6", "-| \"Ed\"|7",
      ]
    )
    #expect(
      outcome.rejects == [
        "4 name required empty", "6  quote ", "7  quote ", "10  quote ",
      ]
    )
  }

  @Test("without a quote in the dialect, quotes are characters")
  func noQuote() throws {
    let outcome = try extract.with { $0.quote = nil }.read("bsn;name;amount\n;\"A\";1\n")
    #expect(outcome.rows == ["-|\"A\"|1"])
  }

  @Test("other delimiters and quotes do the same")
  func otherDialect() throws {
    let tabbed = extract.with {
      $0.delimiter = 0x09
      $0.quote = UInt8(ascii: "'")
    }
    #expect(
      try tabbed.read("bsn\tname\tamount\n\t'A\tB'\t1\n\tC\"\t2\n").rows == ["-|A\tB|1", "-|C\"|2"]
    )
  }

  @Test("a quoted field may hold line ends only in a dialect of several lines")
  func multiline() throws {
    let text = "bsn;name;amount\n;\"A\nB\";1\n;Cy;2\n"
    #expect(try extract.read(text).rows == ["-|Cy|2"])
    #expect(try extract.read(text).read == 3)
    let multiline = extract.with { $0.multiline = true }
    #expect(try multiline.read(text).rows == ["-|A\nB|1", "-|Cy|2"])
    #expect(try multiline.read(text).lines == [2, 4])
    #expect(try multiline.read("bsn;name;amount\r\n;\"A\r\nB\";1\r\n").rows == ["-|A\r\nB|1"])
  }

  @Test("a stray quote costs one line also where fields may hold line ends")
  func multilineFallback() throws {
    let multiline = extract.with { $0.multiline = true }
    let rows = (0..<100).map { ";P\($0);\($0)\n" }.joined()
    let stray = try multiline.read("bsn;name;amount\n;\"A;1\n\(rows)")
    #expect(stray.rejects == ["2  quote "])
    #expect(stray.accepted == 100)
    // 64 lines are the most that a row may have.
    for (count, accepted) in [(63, 2), (64, 1 + 64)] {
      let lines = String(repeating: "x\n", count: count)
      let outcome = try multiline.read("bsn;name;amount\n;\"\(lines)\";1\n;B;2\n")
      #expect(outcome.accepted == (count == 63 ? accepted : 1), "\(count) lines")
    }
  }

  @Test("a row of control characters or NUL is rejected, in whatever column")
  func controls() throws {
    let filler = String(repeating: "1;;Ann;\n", count: 600)
    let outcome = try extract.read(
      "x;bsn;name;amount\n\(filler)\u{0};;Bo;\n\u{1};;Cy;\n1;;D\u{1B}i;\n"
    )
    #expect(outcome.rejects == ["602  nul ", "603  control ", "604  control "])
    #expect(outcome.accepted == 600)
  }

  @Test("a line longer than 1 MiB costs its own row, whatever the chunk size")
  func longLine() throws {
    let long = String(repeating: "x", count: (1 << 20) + 10)
    let text = "bsn;name;amount\n;Ann;1\n;\(long);2\n;Bo;3\n;\(long)\(long);4\n;Cy;5"
    for size in [64, 1 << 16, 1 << 20, 1 << 23] {
      let outcome = try extract.inChunks(of: size).read(text)
      #expect(outcome.rows == ["-|Ann|1", "-|Bo|3", "-|Cy|5"], "chunks of \(size)")
      #expect(outcome.rejects == ["3  line-length ", "5  line-length "], "chunks of \(size)")
    }
  }

  @Test("a field longer than 64 KiB costs its row")
  func longField() throws {
    let fits = String(repeating: "x", count: 1 << 16)
    let outcome = try extract.read("bsn;name;amount\n;\(fits);1\n;\(fits)x;2\n;Bo;3\n")
    #expect(outcome.accepted == 2)
    #expect(outcome.rejects == ["3  limit "])
  }

  @Test("several files are read in order, each with its own header and line numbers")
  func severalFiles() throws {
    let outcome = try extract.read("bsn;name;amount\n;Ann;1\n", "amount;bsn;name\n2;;Bo\nx;;\n")
    #expect(outcome.rows == ["-|Ann|1", "-|Bo|2"])
    #expect(outcome.rejects == ["3 name required empty"])
    #expect(outcome.deliveries.map(\.fileName) == ["0-extract.csv", "1-extract.csv"])
    #expect(outcome.deliveries.map(\.byteCount) == [23, 26])
    #expect(outcome.ordinals == [0, 1])
  }

  @Test("a delivery tells the SHA-256 of what was stored")
  func digest() throws {
    let outcome = try Extract.csv([column("abc", .text)]).read("abc")
    #expect(
      outcome.deliveries.map(\.sha256) == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      ]
    )
    #expect(outcome.read == 0)
  }

  @Test("at most a thousand rejects of a chunk are told, all are counted")
  func rejectCapacity() throws {
    let text = "n\n" + String(repeating: "x\n", count: 5000)
    let outcome = try Extract.csv([column("n", .integer, required: true)]).read(text)
    #expect(outcome.rejects.count == 1000)
    #expect(outcome.rejects.last == "1001 n number a")
    #expect(outcome.rejected == 5000)
  }
}
