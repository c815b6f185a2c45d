import Testing

@testable import Ingest

@Suite("Long tags")
struct XMLTagLengthTests {
  private func isTaken(_ text: String, pieces: Int) -> Bool {
    let bytes = Array(text.utf8)
    var length = XMLTagLength()
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + pieces)
      let isGood = unsafe bytes[start..<end].withUnsafeBytes { unsafe length.take($0) }
      if !isGood { return false }
      start = end
    }
    return true
  }

  private static let attributes = String(repeating: " a='>'", count: 12_000)

  @Test(
    "a tag of many attributes is refused, in whatever pieces it comes",
    arguments: [1, 7, 4096]
  )
  func refusesLongTag(pieces: Int) {
    #expect(!isTaken("<a>x</a><b\(Self.attributes)/>", pieces: pieces))
  }

  @Test("long texts, comments and many short tags are no long tag", arguments: [1, 7, 4096])
  func takesLongTexts(pieces: Int) {
    let long = String(repeating: "it's ", count: 20_000)
    #expect(isTaken("<a>\(long)</a>", pieces: pieces))
    #expect(isTaken("<a><!--\(long)--></a>", pieces: pieces))
    #expect(isTaken("<?a \(long)?><a/>", pieces: pieces))
    #expect(isTaken(String(repeating: "<a b=\"1\" c='>'/>", count: 10_000), pieces: pieces))
  }
}
