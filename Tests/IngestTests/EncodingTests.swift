import PipelineFile
import Tabular
import Testing

@testable import Ingest

private let amounts = [column("amount", .integer)]

@Suite("Bytes beyond ASCII")
struct EncodingTests {
  @Test(
    "invalid UTF-8 costs its row, also where nobody declared the column",
    arguments: [16, 1 << 20]
  )
  func undeclared(chunkSize: Int) throws {
    let extract = Extract.csv(amounts).inChunks(of: chunkSize)
    for bad: [UInt8] in [[0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0x80]] {
      let text = Array("note;amount\nok é;1\na".utf8) + bad + Array(";2\n\"é\"\"é\";3\n".utf8)
      let outcome = try extract.read(text)
      #expect(outcome.rows == ["1", "3"], "\(bad)")
      #expect(outcome.rejects == ["3  encoding "], "\(bad)")
    }
  }

  @Test("a row of several lines is refused as one row, whichever of its lines is bad")
  func severalLines() throws {
    let extract = Extract.csv(amounts).with { $0.multiline = true }
    let text = Array("note;amount\n\"a\nb".utf8) + [0xFF] + Array("\nc\";2\nd;3\n".utf8)
    let outcome = try extract.read(text)
    #expect(outcome.rows == ["3"])
    #expect(outcome.rejects == ["2  encoding "])
  }

  @Test("quotes that are doubled leave no half letters behind")
  func doubledQuotes() throws {
    let extract = Extract.csv([column("note", .text), column("amount", .integer)])
    let outcome = try extract.read("note;amount\n\"\"\"éé\"\"é\"\"\";1\n\"é\"\"\";2\n")
    #expect(outcome.rows == ["\"éé\"é\"|1", "é\"|2"])
    #expect(outcome.rejected == 0)
  }

  @Test("in ISO-8859-1 bytes 80 to 9F cost their row in any column, and warn of windows-1252")
  func windows() throws {
    let extract = Extract.csv(amounts, encoding: .latin1)
    let outcome = try extract.read(
      Array("note;amount\n".utf8) + [0xE9] + Array(";1\n".utf8) + [0x80, 0xE9]
        + Array("5;2\nx;3\n".utf8)
    )
    #expect(outcome.rows == ["1", "3"])
    #expect(outcome.rejects == ["3  encoding "])
    #expect(outcome.warnings == [.looksLikeWindows1252])
  }

  @Test("a file in ISO-8859-1 whose accents all form UTF-8 warns", arguments: [16, 1 << 20])
  func looksLikeUTF8(chunkSize: Int) throws {
    let extract = Extract.csv(amounts, encoding: .latin1).inChunks(of: chunkSize)
    let rows = (0..<500).map { "René ß €;\($0)\n" }.joined()
    let text = Array("note;amount\n\(rows)".utf8)
    #expect(try extract.read(text).warnings == [.looksLikeUTF8])
    let one = text + [0x20, 0xE9, 0x3B, 0x31, 0x0A]
    #expect(!(try extract.read(one).warnings.contains(.looksLikeUTF8)))
    #expect(try extract.read("note;amount\nAnn;1\n").warnings == [])
    #expect(try Extract.csv(amounts).read(text).warnings == [])
  }
}
