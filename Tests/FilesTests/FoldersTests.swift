import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("Folders")
struct FoldersTests {
  @Test("are made with those above them, for their owner alone")
  func makesParents() throws {
    let folder = try TemporaryFolder()
    try makeFolder(folder.file("a/b/c"))
    try makeFolder(folder.file("a/b/c"))
    try makeFolder(folder.file("a/b/d/"))
    var status = stat()
    unsafe stat(folder.file("a/b"), &status)
    #expect(status.st_mode & 0o777 == 0o700)
    #expect(folder.files() == ["a", "a/b", "a/b/c", "a/b/d"])
  }

  @Test("are not made where a file stands")
  func refusesFile() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "a")
    #expect(throws: FilesError.notFolder(path: folder.file("a"))) {
      try makeFolder(folder.file("a"))
    }
    #expect(throws: FilesError.notFolder(path: folder.file("a/b"))) {
      try makeFolder(folder.file("a/b"))
    }
    #expect(throws: FilesError.system(.create, path: "", code: ENOENT)) { try makeFolder("") }
  }

  @Test("are removed with all in them, without following links")
  func removesTree() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "keep/x")
    try folder.write([1], to: "a/b/x")
    try folder.write([1], to: "a/.hidden")
    unsafe symlink("../keep", folder.file("a/link"))
    try removeTree(folder.file("a"))
    try removeTree(folder.file("a"))
    #expect(folder.files() == ["keep", "keep/x"])
  }

  @Test("list their names in byte order")
  func listsNames() throws {
    let folder = try TemporaryFolder()
    for name in ["é", "b", "a", "B", ".h", "a\u{301}", "z\n"] { try folder.write([], to: name) }
    #expect(try namesInFolder(folder.path) == [".h", "B", "a", "a\u{301}", "b", "z\n", "é"])
    #expect(throws: FilesError.system(.list, path: folder.file("no"), code: ENOENT)) {
      try namesInFolder(folder.file("no"))
    }
  }

  @Test("know their parent and their name")
  func splitsPaths() {
    let cases = [
      ("a", ".", "a"), ("a/b", "a", "b"), ("/a", "/", "a"), ("a//b//", "a", "b"),
      ("/", "/", "/"), ("./a", ".", "a"),
      ("a/\u{301}b", "a", "\u{301}b"), ("a/b/\u{301}", "a/b", "\u{301}"),
    ]
    for (path, parent, name) in cases {
      #expect(parentFolder(of: path) == parent, "\(path)")
      #expect(path == "/" || lastPart(of: path) == name, "\(path)")
    }
  }
}
