import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("A file pattern")
struct FilePatternTests {
  private func matches(_ pattern: String, in folder: TemporaryFolder) throws -> [String] {
    try matchFiles(pattern: folder.path + "/" + pattern).map {
      String($0.dropFirst(folder.path.count + 1))
    }
  }

  @Test("finds what it names, in byte order")
  func findsFiles() throws {
    let folder = try TemporaryFolder()
    for name in [
      "in/b.csv", "in/a.csv", "in/C.csv", "in/.hidden.csv", "in/a.csv.part", "in/e[1].csv",
      "other/a.csv", "deep/x/y.csv", "deep/z/w.csv", "in/n\tl\u{1B}.csv",
    ] {
      try folder.write([], to: name)
    }
    #expect(
      try matches("in/*.csv", in: folder)
        == ["in/C.csv", "in/a.csv", "in/b.csv", "in/e[1].csv", "in/n\tl\u{1B}.csv"]
    )
    #expect(try matches("in/?.csv", in: folder) == ["in/C.csv", "in/a.csv", "in/b.csv"])
    #expect(try matches("in/[a-b].csv", in: folder) == ["in/a.csv", "in/b.csv"])
    #expect(try matches("deep/*/*.csv", in: folder) == ["deep/x/y.csv", "deep/z/w.csv"])
    #expect(try matches("in/a.csv", in: folder) == ["in/a.csv"])
    #expect(try matches("in/e\\[1\\].csv", in: folder) == ["in/e[1].csv"])
    #expect(try matches("in/.*.csv", in: folder) == ["in/.hidden.csv"])
  }

  @Test("that names nothing finds nothing")
  func findsNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "a/x.csv")
    try folder.write([], to: "b")
    #expect(try matches("a/*.xml", in: folder) == [])
    #expect(try matches("no/*.csv", in: folder) == [])
    #expect(try matches("*/x.csv", in: folder) == ["a/x.csv"])
    #expect(try matches("*/sub/*.csv", in: folder) == [])
  }

  @Test("follows a link in a folder that is named, and none where any name may stand")
  func refusesLinkedFolders() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "out/sub/a.csv")
    try folder.write([], to: "in/own/sub/a.csv")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("in/evil"),
      withDestinationPath: "../out"
    )
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("named"),
      withDestinationPath: "in/own"
    )
    #expect(try matches("named/*/*.csv", in: folder) == ["named/sub/a.csv"])
    #expect(try matches("named/sub/*.csv", in: folder) == ["named/sub/a.csv"])
    #expect(try matches("in/*/*.csv", in: folder) == [])
    #expect(
      throws: FilesError.notRegularFile(path: folder.file("in/evil"), found: .symbolicLink)
    ) { try matches("in/*/sub/*.csv", in: folder) }
    #expect(throws: FilesError.self) { try matches("in/e*//sub/a.csv", in: folder) }
  }

  @Test("that is cut by a NUL is refused")
  func refusesNUL() {
    #expect(throws: FilesError.self) { try matchFiles(pattern: "/tmp\0/*") }
  }

  @Test("through a folder that may not be read is an error, not an empty delivery")
  func tellsUnreadable() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "shut/a.csv")
    unsafe chmod(folder.file("shut"), 0)
    defer { unsafe _ = chmod(folder.file("shut"), 0o700) }
    // Root may read any folder: then there is nothing to see here.
    guard unsafe access(folder.file("shut"), R_OK) != 0 else { return }
    #expect(throws: FilesError.self) { try matches("shut/*.csv", in: folder) }
  }
}
