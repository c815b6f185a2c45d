import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("An open file")
struct OpenFileTests {
  @Test("gives back what was written, by place and in order")
  func readsWhatWasWritten() throws {
    let folder = try TemporaryFolder()
    let file = try OpenFile(creating: folder.file("a"))
    try file.write([1, 2, 3])
    try file.write([4, 5])
    try file.write([9], at: 1)
    #expect(try file.size() == 5)
    #expect(try file.bytes(at: 0, count: 5) == [1, 9, 3, 4, 5])
    #expect(try file.bytes(at: 5, count: 0) == [])
    try file.setSize(2)
    try file.synchronise()
    try file.synchroniseData()
    #expect(try folder.bytes(of: "a") == [1, 9])
  }

  @Test("says where the file ended when more was asked for")
  func tellsUnexpectedEnd() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "a")
    let file = try OpenFile(reading: path)
    let error = #expect(throws: FilesError.self) { try file.bytes(at: 1, count: 3) }
    #expect(error == .unexpectedEnd(path: path, byteOffset: 3))
    for (byteOffset, count) in [(0, -1), (-1, 1), (Int.max, 1), (0, Int.max), (Int.max, Int.max)] {
      #expect(throws: FilesError.self) { try file.bytes(at: byteOffset, count: count) }
    }
  }

  @Test("is made for its owner alone, and never over another")
  func createsPrivately() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a")
    let file = try OpenFile(creating: path)
    #expect(try file.status().st_mode & 0o777 == 0o600)
    let error = #expect(throws: FilesError.self) { _ = try OpenFile(creating: path) }
    #expect(error == .system(.create, path: path, code: EEXIST))
  }

  @Test("is closed when its owner goes")
  func closes() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "a")
    let descriptor = try descriptorOfClosedFile(path)
    // The number may already be another test's: what counts is that it is not this file.
    var status = stat()
    var named = stat()
    unsafe stat(path, &named)
    let isOpen = unsafe fstat(descriptor, &status) == 0
    #expect(!isOpen || status.st_ino != named.st_ino)
  }

  private func descriptorOfClosedFile(_ path: String) throws -> Int32 {
    try OpenFile(reading: path).descriptor
  }

  @Test("can only be a regular file")
  func refusesOtherKinds() throws {
    let folder = try TemporaryFolder()
    unsafe mkfifo(folder.file("pipe"), 0o600)
    for (path, kind) in [
      (folder.file("pipe"), FileKind.pipe), (folder.path, .folder), ("/dev/null", .device),
    ] {
      let error = #expect(throws: FilesError.self) { _ = try OpenFile(reading: path) }
      #expect(error == .notRegularFile(path: path, found: kind))
    }
  }

  @Test("follows a link only when told to")
  func refusesLinks() throws {
    let folder = try TemporaryFolder()
    try folder.write([7], to: "a")
    unsafe symlink("a", folder.file("link"))
    #expect(try OpenFile(reading: folder.file("link")).size() == 1)
    let error = #expect(throws: FilesError.self) {
      _ = try OpenFile(reading: folder.file("link"), followingLinks: false)
    }
    #expect(error == .notRegularFile(path: folder.file("link"), found: .symbolicLink))
  }

  @Test("is not opened by half a path")
  func refusesNUL() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "a")
    #expect(throws: FilesError.self) { _ = try OpenFile(reading: path + "\0.csv") }
  }

  @Test("says that the disk is full, and ends with 73")
  func tellsFullDisk() throws {
    let full = OpenFile(
      descriptor: try OpenFile.open("/dev/full", O_WRONLY | O_CLOEXEC, for: .open),
      path: "out/x.csv"
    )
    let error = #expect(throws: FilesError.self) { try full.write([1, 2, 3]) }
    #expect(error == .system(.write, path: "out/x.csv", code: ENOSPC))
    #expect(error?.exitStatus == .cannotCreate)
    #expect(
      error?.diagnostics.first?.text == """
        out/x.csv: error: cannot write: no space left on device (ENOSPC)
        hint: the disk is full: free some space and run again
        """
    )
  }

  @Test("that is missing is named with its errno, and ends with 74")
  func tellsMissing() {
    let error = #expect(throws: FilesError.self) { _ = try OpenFile(reading: "no/such/file") }
    #expect(error?.exitStatus == .inputOutput)
    #expect(
      error?.diagnostics.first?.text
        == "no/such/file: error: cannot open: no such file or directory (ENOENT)"
    )
  }

  @Test("without a name leaves nothing behind")
  func leavesNoScratch() throws {
    let folder = try TemporaryFolder()
    let file = try makeScratchFile(in: folder.path)
    try file.write([1, 2])
    #expect(try file.bytes(at: 0, count: 2) == [1, 2])
    #expect(try file.status().st_mode & 0o777 == 0o600)
    #expect(folder.files() == [])
    let plain = try makeUnlinkedFile(in: folder.path)
    try plain.write([3])
    #expect(try plain.bytes(at: 0, count: 1) == [3])
    #expect(folder.files() == [])
  }
}
