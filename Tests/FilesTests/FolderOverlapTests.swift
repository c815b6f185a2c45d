import TestSupport
import Testing

@testable import Files

@Suite("Folders that hold others")
struct FolderOverlapTests {
  @Test("hold themselves and what is in them, and nothing that only begins alike")
  func holdsWhatIsInside() throws {
    let temporary = try TemporaryFolder()
    let outer = temporary.file("out")
    try temporary.write([], to: "out/a/b")
    for inside in ["out", "out/", "out/a/b", "out/new/deep", "out/\u{301}x/y"] {
      #expect(folder(outer, holds: temporary.file(inside)), "\(inside)")
    }
    for outside in ["", "outer", "outer/x", "ou", "out2/a"] {
      #expect(!folder(outer, holds: temporary.file(outside)), "\(outside)")
    }
    #expect(folder("/", holds: outer))
  }

  @Test("are the part of a pattern before its first wildcard")
  func cutsPatterns() {
    #expect(folderOfPattern("in/2026/*.csv") == "in/2026")
    #expect(folderOfPattern("in/a[1-2]/x.csv") == "in")
    #expect(folderOfPattern("*.csv") == ".")
    #expect(folderOfPattern("/*.csv") == "/")
  }
}
