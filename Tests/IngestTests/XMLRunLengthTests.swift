import Testing

@testable import Ingest

@Suite("Long tags and texts")
struct XMLRunLengthTests {
  private func finding(_ text: String, pieces: Int) -> XMLRunLength.Finding? {
    let bytes = Array(text.utf8)
    var length = XMLRunLength()
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + pieces)
      if let found = unsafe bytes[start..<end].withUnsafeBytes({ unsafe length.take($0) }) {
        return found
      }
      start = end
    }
    return nil
  }

  private static let attributes = String(repeating: " a='>'", count: 12_000)

  @Test(
    "a tag of many attributes is refused, in whatever pieces it comes",
    arguments: [1, 7, 4096]
  )
  func refusesLongTag(pieces: Int) {
    #expect(finding("<a>x</a><b\(Self.attributes)/>", pieces: pieces) == .tag)
  }

  @Test("long texts, comments and many short tags are no long tag", arguments: [1, 7, 4096])
  func takesLongTexts(pieces: Int) {
    let long = String(repeating: "it's ", count: 20_000)
    #expect(finding("<a>\(long)</a>", pieces: pieces) == nil)
    #expect(finding("<a><!--\(long)--></a>", pieces: pieces) == nil)
    #expect(finding("<?a \(long)?><a/>", pieces: pieces) == nil)
    #expect(finding(String(repeating: "<a b=\"1\" c='>'/>", count: 10_000), pieces: pieces) == nil)
  }

  @Test(
    "a text, a comment or a name of more than 4 MiB is a long text",
    arguments: [4096, 1 << 23]
  )
  func refusesLongText(pieces: Int) {
    let fits = String(repeating: "x", count: XMLRunLength.textLimit - 8)
    for (before, after) in [("<a>", "</a>"), ("<!--", "-->"), ("<?x ", "?>"), ("</", ">")] {
      #expect(finding(before + fits + after, pieces: pieces) == nil)
      #expect(finding("\(before)\(fits)123456789\(after)", pieces: pieces) == .text)
    }
    #expect(finding("<a>\(fits)<b/>\(fits)</a>", pieces: pieces) == nil)
  }
}
