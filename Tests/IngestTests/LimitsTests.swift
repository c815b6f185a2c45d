import Diagnostics
import Files
import Foundation
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

extension Extract {
  func limited(_ limits: [SourceLimits.Key: Int]) -> Extract {
    var other = self
    other.limits = limits
    return other
  }
}

@Suite("Limits that a source changes")
struct LimitsTests {
  private let two = Extract.csv([column("a", .text), column("b", .text)])

  private func reasons(_ outcome: Outcome) -> [String] {
    outcome.rejects.map {
      $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    }
    .map { "\($0[0]) \($0[2])" }
  }

  @Test("a row is rejected when its line or one of its fields is too long, and only then")
  func lines() throws {
    var random = SeededGenerator(seed: 71)
    for _ in 0..<200 {
      let line = Int(random.next() % 60) + 4
      let field = Int(random.next() % 40) + 1
      var text = "a;b\n"
      var expected: [String] = []
      for number in 2..<40 {
        let first = Int(random.next() % 50)
        let second = Int(random.next() % 30)
        let quote = random.next() % 3 == 0 ? "\"" : ""
        let row =
          quote + String(repeating: "x", count: first) + quote + ";"
          + String(repeating: "y", count: second)
        text += row + (random.next() % 2 == 0 ? "\r\n" : "\n")
        if row.utf8.count > line {
          expected.append("\(number) line-length")
        } else if max(first, second) > field {
          expected.append("\(number) limit")
        }
      }
      let extract = two.limited([.line: line, .field: field])
      let whole = try extract.read(text)
      #expect(reasons(whole) == expected, "line \(line), field \(field)")
      #expect(whole.read == 38)
      let pieces = try extract.inChunks(of: 16).read(text)
      #expect(pieces.meaning == whole.meaning)
    }
  }

  @Test("lines, fields and their number may be more than they may unless said")
  func raised() throws {
    let long = String(repeating: "x", count: 900_000)
    let text = "a;b;c\n\(long);\(long);\(long)\n1;2;3\n"
    #expect(reasons(try two.read(text)) == ["2 line-length"])
    let lines = two.limited([.line: 4 << 20])
    #expect(reasons(try lines.read(text)) == ["2 limit"])
    for size in [1 << 12, 4 << 20] {
      let both = two.limited([.line: 4 << 20, .field: 1 << 20]).inChunks(of: size)
      #expect(try both.read(text).accepted == 2)
    }
    let names = (0..<5000).map { "c\($0)" }
    let values = names.indices.map { $0 % 7 == 0 ? "\"\($0)\"" : "\($0)" }
    let wide =
      names.joined(separator: ";") + "\n"
      + String(repeating: values.joined(separator: ";") + "\n", count: 12)
    let extract = Extract.csv([column("c4998", .integer), column("c4999", .integer)])
    #expect(
      extract.refusal(of: wide).hasPrefix(
        "found 5000 columns in the header, expected at most 4096"
      )
    )
    let outcome = try extract.limited([.fields: 5000]).read(wide)
    #expect(outcome.rows == Array(repeating: "4998|4999", count: 12))
    #expect(
      extract.limited([.fields: 4999]).refusal(of: wide).contains("expected at most 4999")
    )
  }

  @Test("lines of fixed width obey it too")
  func fixed() throws {
    let extract = Extract.fixed([column("a", .text, at: .bytes(1...3))]).limited([.line: 5])
    let outcome = try extract.read("abcde\nabcdef\nabc\n")
    #expect(outcome.rows == ["abc", "abc"] && reasons(outcome) == ["2 line-length"])
  }

  @Test("records of JSON are rejected for their length, texts, members and depth")
  func json() throws {
    let extract = Extract(
      columns: [column("a", .text).at("a")],
      format: .ndjson(),
      fileName: "extract.ndjson"
    )
    let text = """
      {"a":"xxxxx"}
      {"a":"xxxxxx"}
      {"a":"x","b":1,"c":2}
      {"a":"x","b":[[1]]}
      {"a":"x","b":[1]}
      {"a":"x","b":"                            "}

      """
    let limits: [SourceLimits.Key: Int] = [.line: 40, .field: 5, .fields: 2, .nesting: 2]
    let outcome = try extract.limited(limits).read(text)
    #expect(outcome.rows == ["xxxxx", "x"])
    #expect(reasons(outcome) == ["2 limit", "3 limit", "4 limit", "6 line-length"])
    #expect(try extract.read(text).accepted == 6)
    let long = "{\"a\":\"\(String(repeating: "x", count: 100_000))\"}\n"
    #expect(try extract.read(long).rejected == 1)
    #expect(try extract.limited([.field: 100_000]).read(long).accepted == 1)
  }

  @Test("a person of BRP may be no longer than a line may")
  func brp() throws {
    let columns = [column("surname", .name)]
    let extract = Extract(columns: columns, format: .brp, fileName: "p.json")
    let text = """
      {"personen":[{"naam":{"geslachtsnaam":"A"}},{"naam":{"geslachtsnaam":"B"},"x":"\
      \(String(repeating: "x", count: 200))"}]}
      """
    #expect(try extract.read(text).accepted == 2)
    let outcome = try extract.limited([.line: 100]).read(text)
    #expect(outcome.rows == ["A"] && outcome.rejected == 1)
  }

  @Test("texts and depth of XML may be more, and less, than they may unless said")
  func xml() throws {
    let extract = Extract.xml("p/r", [column("n", .text)])
    func nested(_ count: Int) -> String {
      "<p><r><n>1</n>" + String(repeating: "<x>", count: count)
        + String(repeating: "</x>", count: count) + "</r></p>"
    }
    #expect(extract.refusal(of: nested(63)).hasPrefix("found elements nested deeper than 64"))
    let deep = extract.limited([.nesting: 250])
    #expect(try deep.read(nested(248)).accepted == 1)
    #expect(deep.refusal(of: nested(249)).hasPrefix("found elements nested deeper than 250"))
    #expect(
      extract.limited([.nesting: 3]).refusal(of: nested(2))
        .hasPrefix("found elements nested deeper than 3")
    )
    func long(_ count: Int) -> String {
      "<p><r><n>\(String(repeating: "x", count: count))</n></r></p>"
    }
    #expect(
      extract.refusal(of: long(5 << 20)).hasPrefix("found a text of more than 1048576 bytes")
    )
    let wide = extract.limited([.text: 8 << 20])
    #expect(try wide.read(long(5 << 20)).rows.first?.utf8.count == 5 << 20)
    #expect(
      wide.refusal(of: long((8 << 20) + 1)).hasPrefix("found a text of more than 8388608 bytes")
    )
    let narrow = extract.limited([.text: 9])
    #expect(narrow.refusal(of: long(10)).hasPrefix("found a text of more than 9 bytes"))
    #expect(try narrow.read(long(9)).accepted == 1)
    let comment = "<p><!--\(String(repeating: "x", count: 3 << 20))--><r><n>1</n></r></p>"
    #expect(extract.refusal(of: comment).hasPrefix("found a text of more than 1048576 bytes"))
    #expect(try wide.read(comment).accepted == 1)
  }

  @Test("a message of iWmo may be less deep")
  func iwmo() throws {
    let text = Message(clients: Message.client(Message.assignment)).text
    let extract = Extract.iwmo(iwmoColumns("bsn"))
    #expect(try extract.read(text).accepted == 1)
    #expect(
      extract.limited([.nesting: 3]).refusal(of: text)
        .hasPrefix("found elements nested deeper than 3")
    )
  }

  @Test("a packed file may inflate to so much and no more")
  func inflated() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let lines = Array(("a;b\n" + String(repeating: "1;2\n", count: 1000)).utf8)
    let path = folder.url.appending(path: "a.csv.gz").path(percentEncoded: false)
    var writer = try GzipWriter(path: path)
    try writer.write(lines)
    try writer.finish()
    #expect(try two.limited([.inflated: lines.count]).read(paths: [path]).accepted == 1000)
    let error = #expect(throws: IngestError.self) {
      try two.limited([.inflated: lines.count - 1]).read(paths: [path])
    }
    #expect(
      error?.diagnostics.first?.sentence
        .hasPrefix("the gzip data inflates to more than 4003 bytes") == true
    )
  }
}
