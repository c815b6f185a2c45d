import Diagnostics
import Testing

@testable import PipelineFile

@Suite struct YAMLReadingTests {
  @Test("A node knows its line, column and end in characters") func knowsPlaces() throws {
    let (root, faults) = read("a: 1\nbé: {c: [x, \"é y\"]}\n")
    #expect(faults.isEmpty)
    let list = try #require(root?["bé"]?["c"])
    #expect(list.span == SourceSpan(file: 0, line: 2, column: 9, endLine: 2, endColumn: 19))
    guard case .sequence(let elements) = list.content, elements.count == 2 else {
      Issue.record("no list")
      return
    }
    #expect(elements[1].text == "é y")
    #expect(elements[1].span.column == 13)
    #expect(elements[1].span.endColumn == 18)
  }

  @Test("Scalars stay text") func scalarsStayText() {
    let (root, _) = read("a: no\nb: 0755\nc: 012345678\nd: ~\ne: 1e3\n")
    #expect(root?.entries.map(\.value.text) == ["no", "0755", "012345678", "~", "1e3"])
  }

  @Test(
    "What plain YAML lets through is refused, with the place",
    arguments: [
      ("a: 1\nb: 2\na: 3\n", 3, 1, "'a' twice"),
      ("a: &x 1\n", 1, 4, "an anchor"),
      ("a: 1\nb: *x\n", 2, 4, "an alias"),
      ("a: !!str 1\n", 1, 4, "a tag"),
      ("a: !x {b: c}\n", 1, 4, "a tag"),
      ("a: 1\n---\nb: 2\n", 2, 1, "a second document"),
      ("a:\n\tb: 1\n", 2, 1, "a tab as indent"),
      ("a:\n  \tb: 1\n", 2, 3, "a tab as indent"),
      ("? [x]\n: 1\n", 1, 3, "a list or mapping as a key"),
      ("a: [1\nb: 2\n", 2, 2, "did not find expected"),
      ("a: b: c\n", 1, 5, "mapping values are not allowed"),
      ("", 1, 1, "found nothing"),
      ("# only a comment\n", 1, 1, "found nothing"),
      ("a: \u{7}\n", 1, 4, "control character U+0007"),
      ("a: x\u{85}y\n", 1, 5, "control character U+0085"),
      ("é: x\u{2028}\n", 1, 5, "control character U+2028"),
    ]
  )
  func refuses(text: String, line: Int, column: Int, sentence: String) throws {
    let (_, faults) = read(text)
    #expect(faults.count == 1, "\(faults.map(\.text))")
    let fault = try #require(faults.first)
    #expect(fault.place == Place(file: "x.yaml", line: line, column: column), "\(fault.text)")
    #expect(fault.sentence.contains(sentence), "\(fault.text)")
  }

  @Test("Bytes that are not UTF-8 are refused at their place") func refusesBytes() {
    let (_, faults) = read(bytes: Array("a: 1\nbé: ".utf8) + [0xE9, 0x0A])
    #expect(faults.map(\.place) == [Place(file: "x.yaml", line: 2, column: 5)])
  }

  @Test("A byte-order mark is no character of the first line") func swallowsMark() {
    let (root, faults) = read(bytes: [0xEF, 0xBB, 0xBF] + Array("a: 1\n".utf8))
    #expect(faults.isEmpty)
    #expect(root?.entries.first?.keySpan.column == 1)
  }

  @Test("64 levels are read, 65 are refused") func boundsDepth() {
    let deep = { (levels: Int) in
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(read(deep(64)).faults.isEmpty)
    #expect(read(deep(65)).faults.map(\.sentence) == ["found more than 64 levels of nesting"])
    #expect(read(String(repeating: "[", count: 200_000)).faults.count == 1)
  }

  @Test("A file of more than 1 MiB is refused") func boundsSize() {
    let text = "a: " + String(repeating: "x", count: 1 << 20)
    #expect(read(text).faults.first?.sentence.contains("1 MiB") == true)
  }

  @Test("Line ends of Windows count as one") func readsCarriageReturns() {
    let (root, faults) = read("a: 1\r\nb: 2\r\n")
    #expect(faults.isEmpty)
    #expect(root?["b"]?.text == "2")
    #expect(root?.entries.last?.keySpan.line == 2)
  }

  @Test("A value that begins with a brace draws the hint to quote it") func hintsAtQuotes() {
    let (_, faults) = read("a: {data}/x.csv\n")
    #expect(faults.first?.hint?.contains("quotes") == true, "\(faults.map(\.text))")
  }

  private func read(_ text: String) -> (root: YAMLNode?, faults: [Diagnostic]) {
    read(bytes: Array(text.utf8))
  }

  private func read(bytes: [UInt8]) -> (root: YAMLNode?, faults: [Diagnostic]) {
    var faults = FaultList()
    let file = faults.add(SourceText(path: "x.yaml", bytes: bytes))
    let root = YAMLReading.root(of: file, &faults)
    return (root, faults.errors)
  }
}
