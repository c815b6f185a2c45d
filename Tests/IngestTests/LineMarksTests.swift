import Glibc
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

private let people = [column("name", .name, required: true), column("amount", .money)]

@Suite("Footers and trailers")
struct LineMarksTests {
  @Test("a footer is skipped and counted, wherever and however it is written")
  func footers() throws {
    let extract = Extract.csv(people).with { $0.footer = "^©" }
    let text = "name;amount\nAnn;1\n© CBS; a; b\nBo;2\n\"© \"\"CBS\"\", 2026\"\n©\r\n"
    for multiline in [false, true] {
      let outcome = try extract.with { $0.multiline = multiline }.read(text)
      #expect(outcome.rows == ["Ann|1", "Bo|2"])
      #expect(outcome.lines == [2, 4])
      #expect(outcome.skipped == [.footer: 3])
      #expect(outcome.read == 5 && outcome.rejected == 0)
      #expect(outcome.facts.map(\.rowCount) == [2])
    }
  }

  @Test("a footer is found in ISO-8859-1 too, where it is another byte")
  func latin1() throws {
    let extract = Extract.csv(people, encoding: .latin1).with { $0.footer = "^©" }
    for multiline in [false, true] {
      let outcome = try extract.with { $0.multiline = multiline }.read(
        Array("name;amount\nRen".utf8) + [0xE9] + Array(";1\n".utf8) + [0xA9, 0x20, 0x0A]
      )
      #expect(outcome.rows == ["René|1"])
      #expect(outcome.skipped == [.footer: 1])
    }
  }

  @Test("a line longer than any footer is a row, whatever glibc would take for the pattern")
  func longLines() throws {
    let extract = Extract.csv(people).with { $0.footer = "Totaal.*regels$" }
    // Each beginning of the pattern would cost a pass over the rest of the line: minutes.
    let hostile = String(repeating: "Totaal", count: 170_000)
    let longest = "Totaal" + String(repeating: ".", count: LineMarks.lengthLimit - 12) + "regels"
    let outcome = try extract.read(
      "name;amount\nAnn;1\n\(longest)\n.\(longest)\n\(hostile)\nBo;2\n"
    )
    #expect(outcome.rows == ["Ann|1", "Bo|2"])
    #expect(outcome.skipped == [.footer: 1])
    #expect(outcome.rejected == 2)
  }

  @Test("a stray quote in a footer swallows nothing, and a row that begins alike stays a row")
  func near() throws {
    let extract = Extract.csv(people).with {
      $0.footer = "^Tot[ae]+l"
      $0.multiline = true
    }
    let outcome = try extract.read("name;amount\nTom;1\nTotaal \"x\nToto;2\nTotel;\"3\nTo;4\n")
    #expect(outcome.rows == ["Tom|1", "Toto|2", "To|4"])
    #expect(outcome.skipped == [.footer: 2])
  }

  @Test("a trailer tells rows and total in cents", arguments: [16, 40, 1 << 20])
  func trailer(chunkSize: Int) throws {
    let extract = Extract.csv(people).with {
      $0.trailer = TrailerForm(when: "^T;", rows: 2, total: 3)
    }
    let text = "name;amount\nAnn;1\nTom;2\nBo;3\nT;3;6\n"
    let outcome = try extract.inChunks(of: chunkSize).read(text)
    #expect(outcome.rows == ["Ann|1", "Tom|2", "Bo|3"])
    #expect(outcome.facts.map(\.trailerRows) == [3])
    #expect(outcome.facts.map(\.trailerTotal) == [6])
    #expect(outcome.facts.map(\.rowCount) == [3])
    #expect(outcome.skipped == [.footer: 1])
  }

  @Test(
    "a total is written as amounts are",
    arguments: [
      ("1.234,56", false, 123_456), ("1234,5", false, 123_450), ("1234", false, 1234),
      ("1234", true, 123_400), ("1.234", true, 123_400), (" -12,00 ", true, -1200),
      ("\"12,34\"", false, 1234),
    ]
  )
  func totals(written: String, euros: Bool, cents: Int64) throws {
    let columns = [column("name", .name), column("amount", .money, euros: euros)]
    let extract = Extract.csv(columns).with {
      $0.decimal = UInt8(ascii: ",")
      $0.thousands = UInt8(ascii: ".")
      $0.trailer = TrailerForm(when: "^T;", rows: nil, total: 2)
    }
    #expect(try extract.read("name;amount\nT;\(written)\n").facts.map(\.trailerTotal) == [cents])
  }

  @Test("a trailer without the number that it should have refuses the file")
  func faultyTrailer() {
    let extract = Extract.csv(people).with {
      $0.trailer = TrailerForm(when: "^T;", rows: 2, total: 3)
    }
    for line in ["T;x;1", "T;;1", "T;1", "T;1;2.5.1", "T;\"1;2"] {
      #expect(extract.refusal(of: "name;amount\n\(line)\n").hasPrefix("found no number in field"))
    }
  }

  @Test("trailers of files put together add up")
  func severalTrailers() throws {
    let extract = Extract.csv(people).with {
      $0.trailer = TrailerForm(when: "^T;", rows: 2, total: nil)
    }
    let outcome = try extract.read("name;amount\nAnn;1\nT;1\nBo;1\nT;1\n")
    #expect(outcome.facts.map(\.trailerRows) == [2])
    let large =
      "name;amount\nT;90000000000000000\n" + String(repeating: "T;90000000000000000\n", count: 200)
    #expect(try extract.read(large).facts.map(\.trailerRows) == [.max])
  }

  @Test(
    "what a pattern begins with never hides a line that it matches",
    arguments: 0..<40 as Range<UInt64>
  )
  func prefixes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let parts = [
      "^", "T", ";", "©", ".", "*", "+", "?", "|", "$", "(", ")", "[a-T]", "\\.", "{1,2}", "é",
    ]
    for _ in 0..<200 {
      let pattern = (0..<Int.random(in: 1...6, using: &random))
        .map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      guard let made = LinePattern(pattern) else { continue }
      for _ in 0..<20 {
        let line = (0..<Int.random(in: 0...5, using: &random))
          .map { _ in ["T", ";", "©", "a", ".", "é"].randomElement(using: &random) ?? "" }
          .joined()
        let bytes = Array(line.utf8) + [0]
        let found = unsafe bytes.withUnsafeBufferPointer { buffer in
          unsafe buffer.baseAddress.map { unsafe made.matches($0, bytes.count - 1) } ?? false
        }
        #expect(found == plainlyMatches(pattern, line), "'\(pattern)' on '\(line)', seed \(seed)")
        if found, let first = line.utf8.first { #expect(made.mayBegin(with: first)) }
      }
    }
  }

  private func plainlyMatches(_ pattern: String, _ line: String) -> Bool {
    var expression = unsafe regex_t()
    guard unsafe regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB) == 0 else { return false }
    defer { unsafe regfree(&expression) }
    return unsafe regexec(&expression, line, 0, nil, 0) == 0
  }
}
