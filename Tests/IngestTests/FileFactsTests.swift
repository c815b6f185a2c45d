import Testing

@testable import Ingest

@Suite("What a file says of itself")
struct FileFactsTests {
  @Test("totals of two trailers that no number holds stay the largest, never a small one")
  func largeTotals() {
    #expect(FileFacts.sum(Int64.max, 1) == .max)
    #expect(FileFacts.sum(Int64.max, .max) == .max)
    #expect(FileFacts.sum(2, 3) == 5)
    #expect(FileFacts.sum(nil, 3) == 3)
    #expect(FileFacts.sum(nil as Int?, nil) == nil)
  }
}
