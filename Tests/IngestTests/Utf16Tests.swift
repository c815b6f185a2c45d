import Diagnostics
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

private let people = [column("name", .name, required: true), column("amount", .money)]

private func utf16(_ text: String) -> [UInt8] {
  text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
}

@Suite("UTF-16")
struct Utf16Tests {
  let extract = Extract.csv(people, encoding: .utf16le)

  @Test(
    "it is read as its UTF-8 twin, with or without byte order mark",
    arguments: [16, 99, 1 << 20]
  )
  func twin(chunkSize: Int) throws {
    let rows = (0..<300).map { "Ren\u{E9} 𝄞 \u{20AC} Ģ\($0);\($0)\n" }.joined()
    let text = "name;amount\r\n\(rows);7\n\"a;\"\"b\";8\n"
    let plain = try Extract.csv(people).read(text)
    for start in ["", "\u{FEFF}"] {
      let outcome = try extract.inChunks(of: chunkSize).read(utf16(start + text))
      #expect(outcome.meaning == plain.meaning)
      #expect(outcome.rows.last == "a;\"b|8")
      #expect(outcome.rejects == ["302 name required empty"])
    }
  }

  @Test("half a character at the end refuses the file, and so does half of a pair")
  func halves() throws {
    let text = utf16("name;amount\nAnn;1\n")
    #expect(extract.refusal(of: text + [0x41]).hasPrefix("found half a character at the end"))
    for lone: [UInt8] in [
      [0x00, 0xDC], [0x00, 0xD8], [0x00, 0xD8, 0x41, 0x00], [0, 0xD8, 0, 0xD8],
    ] {
      #expect(extract.refusal(of: text + lone).hasPrefix("found half of a surrogate pair"))
    }
    do {
      _ = try extract.read(text + [0x00, 0xDC])
      Issue.record("was read")
    } catch IngestError.refused(let fault, let place) {
      #expect(place.line == 3)
      #expect(fault.reason == .encoding)
    }
  }

  @Test("other byte order marks refuse, and NUL characters cost their row only")
  func marks() throws {
    #expect(
      extract.refusal(of: [0xEF, 0xBB, 0xBF] + utf16("name"))
        == "found the byte order mark of utf-8, expected utf-16le | declare 'encoding: utf-8'"
    )
    #expect(extract.refusal(of: [0xFE, 0xFF, 0, 0x41]).contains("utf-16be, expected utf-16le"))
    let outcome = try extract.read(utf16("name;amount\nA\u{0}nn;1\nBo;2\n"))
    #expect(outcome.rows == ["Bo|2"])
    #expect(outcome.rejects == ["2  nul "])
  }

  @Test("an odd number of bytes is refused at any cut", arguments: [16, 1 << 20])
  func cuts(chunkSize: Int) throws {
    let text = utf16("name;amount\nAnn;1\n𝄞;2\nBo;3\n")
    for end in 24..<text.count {
      let isRefused = extract.inChunks(of: chunkSize).refusal(of: Array(text[..<end]))
        .hasPrefix("found half")
      // The pair stands at characters 18 and 19.
      #expect(isRefused == (end % 2 == 1 || end == 38), "cut at \(end)")
    }
  }
}
