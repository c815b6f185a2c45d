import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("An atomic file")
struct AtomicFileTests {
  @Test("appears with its bytes and mode, and nothing beside it")
  func writes() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(folder.file("a"), [1, 2])
    try AtomicFile.write(folder.file("a"), [3], mode: 0o640)
    #expect(folder.files() == ["a"])
    #expect(try folder.bytes(of: "a") == [3])
    var status = stat()
    unsafe stat(folder.file("a"), &status)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test("that cannot be written leaves what stood there")
  func keepsOld() throws {
    let folder = try TemporaryFolder()
    try folder.write([7], to: "a/old")
    let error = #expect(throws: FilesError.self) { try AtomicFile.write(folder.file("a"), [1]) }
    #expect(error == .system(.rename, path: folder.file("a"), code: EISDIR))
    #expect(error?.exitStatus == .cannotCreate)
    #expect(folder.files() == ["a", "a/old"])
    let missing = #expect(throws: FilesError.self) {
      try AtomicFile.write(folder.file("no/b"), [1])
    }
    #expect(missing == .system(.create, path: folder.file("no/b"), code: ENOENT))
  }

  @Test("replaces a link, not what it leads to")
  func replacesLink() throws {
    let folder = try TemporaryFolder()
    try folder.write([7], to: "target")
    unsafe symlink("target", folder.file("a"))
    try AtomicFile.write(folder.file("a"), [1])
    #expect(try folder.bytes(of: "target") == [7])
    #expect(fileKind(of: folder.file("a")) == .regular)
  }
}
