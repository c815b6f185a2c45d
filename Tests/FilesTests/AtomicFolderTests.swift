import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("An atomic folder")
struct AtomicFolderTests {
  private func publish(_ content: String, to target: String, run: String = "r1") throws {
    let folder = try AtomicFolder(target: target, run: run)
    try folder.write(Array(content.utf8), to: "a.csv")
    try folder.write(Array("sums".utf8), to: "SHA256SUMS")
    try folder.publish()
  }

  private func content(_ folder: TemporaryFolder, _ name: String) throws -> String {
    String(decoding: try folder.bytes(of: name), as: UTF8.self)
  }

  @Test("appears whole, with the folders above it")
  func appears() throws {
    let folder = try TemporaryFolder()
    try publish("one", to: folder.file("out/2026-08"))
    #expect(
      folder.files() == ["out", "out/2026-08", "out/2026-08/SHA256SUMS", "out/2026-08/a.csv"]
    )
    #expect(try content(folder, "out/2026-08/a.csv") == "one")
  }

  @Test("takes the place of the one before, and leaves nothing of it")
  func replaces() throws {
    let folder = try TemporaryFolder()
    let first = try AtomicFolder(target: folder.file("out/"), run: "r1")
    try first.write([1], to: "gone.csv")
    try first.write([1], to: "SHA256SUMS")
    try first.publish()
    try publish("two", to: folder.file("out"), run: "r2")
    #expect(folder.files() == ["out", "out/SHA256SUMS", "out/a.csv"])
    #expect(try content(folder, "out/a.csv") == "two")
  }

  @Test(
    "is not there, and the one before it is, when the disk cannot hold its name",
    arguments: [true, false],
    [true, false]
  )
  func undoesWhatIsNotSafe(hasOld: Bool, canExchange: Bool) throws {
    let folder = try TemporaryFolder()
    if hasOld { try folder.write([1], to: "out/old.csv") }
    try folder.write([2], to: ".out.staging-r1/new.csv")
    let before = folder.files()
    let failure = FilesError.system(.synchronise, path: folder.path, code: EIO)
    var place = try FolderPlace(folder.file("out"))
    place.synchronise = { _ throws(FilesError) in throw failure }
    #expect(throws: failure) {
      try place.replace(with: folder.file(".out.staging-r1"), canExchange: canExchange)
    }
    #expect(folder.files() == before)
  }

  @Test("is not seen before it is published, and gone if it never is")
  func staysHidden() throws {
    let folder = try TemporaryFolder()
    try publish("one", to: folder.file("out"))
    try writeUnpublished(folder)
    #expect(folder.files() == ["out", "out/SHA256SUMS", "out/a.csv"])
    #expect(try content(folder, "out/a.csv") == "one")
  }

  private func writeUnpublished(_ folder: TemporaryFolder) throws {
    let next = try AtomicFolder(target: folder.file("out"), run: "r2")
    try next.write([1], to: "b.csv")
    #expect(try content(folder, "out/a.csv") == "one")
  }

  @Test("never replaces files of somebody else")
  func keepsForeignFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "out/thesis.doc")
    let error = #expect(throws: FilesError.self) {
      _ = try AtomicFolder(target: folder.file("out"), run: "r1")
    }
    #expect(error == .foreignFolder(path: folder.file("out")))
    #expect(error?.exitStatus == .cannotCreate)
    #expect(folder.files() == ["out", "out/thesis.doc"])
  }

  @Test("never replaces files that somebody put there while it was written")
  func keepsLateFiles() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FilesError.foreignFolder(path: folder.file("out"))) {
      let next = try AtomicFolder(target: folder.file("out"), run: "r1")
      try folder.write([1], to: "out/thesis.doc")
      try next.publish()
    }
    #expect(folder.files() == ["out", "out/thesis.doc"])
  }

  @Test("may stand where an empty folder stood")
  func replacesEmptyFolder() throws {
    let folder = try TemporaryFolder()
    try makeFolder(folder.file("out"))
    try publish("one", to: folder.file("out"))
    #expect(try content(folder, "out/a.csv") == "one")
  }

  @Test("is refused where a file stands, and where no name is left")
  func refusesFile() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "out")
    #expect(throws: FilesError.notFolder(path: folder.file("out"))) {
      _ = try AtomicFolder(target: folder.file("out"), run: "r1")
    }
    for target in ["/", "", "no/such/.."] {
      #expect(throws: FilesError.self) { _ = try AtomicFolder(target: target, run: "r1") }
    }
  }

  @Test("reached through a link is replaced where the link leads")
  func followsLink() throws {
    let folder = try TemporaryFolder()
    try publish("one", to: folder.file("disk/out"))
    unsafe symlink("disk/out", folder.file("out"))
    try publish("two", to: folder.file("out"))
    #expect(try content(folder, "disk/out/a.csv") == "two")
    #expect(fileKind(of: folder.file("out")) == .symbolicLink)
  }

  @Test("is replaced in two steps where names cannot be exchanged")
  func replacesWithoutExchange() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "out/old")
    try folder.write([2], to: ".out.staging-r2/new")
    let place = try FolderPlace(folder.file("out"))
    try place.replace(with: folder.file(".out.staging-r2"), canExchange: false)
    #expect(folder.files() == ["out", "out/new"])
    #expect(throws: FilesError.self) {
      try place.replace(with: folder.file(".out.staging-r3"), canExchange: false)
    }
    #expect(folder.files() == ["out", "out/new"])
  }

  @Test("cleans what killed runs left, and nothing else")
  func cleansLeftovers() throws {
    let folder = try TemporaryFolder()
    for name in [
      "out/a.csv", ".out.staging-r1/b.csv", ".out.old-r0/c.csv", ".out2.staging-r1/d.csv",
      "out.staging-r1/e.csv",
    ] {
      try folder.write([1], to: name)
    }
    try AtomicFolder.clean(target: folder.file("out"))
    try AtomicFolder.clean(target: folder.file("out"))
    #expect(
      folder.files() == [
        ".out2.staging-r1", ".out2.staging-r1/d.csv", "out", "out.staging-r1",
        "out.staging-r1/e.csv", "out/a.csv",
      ]
    )
    try AtomicFolder.clean(target: folder.file("no/such/folder"))
  }

  @Test("comes back if a run was killed between the two steps")
  func restoresOld() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: ".out.old-r1/a.csv")
    try folder.write([2], to: ".out.staging-r1/b.csv")
    try AtomicFolder.clean(target: folder.file("out"))
    #expect(folder.files() == ["out", "out/a.csv"])
  }

  @Test("is there at every moment of a change")
  func isAlwaysThere() throws {
    let folder = try TemporaryFolder()
    let target = folder.file("out")
    try publish("one", to: target)
    let place = try FolderPlace(target)
    let watcher = Thread {
      while !Thread.current.isCancelled {
        if fileKind(of: target) != .folder { Issue.record("the published folder was missing") }
      }
    }
    watcher.start()
    for round in 1...50 {
      try folder.write([1], to: ".out.staging-r\(round)/a.csv")
      try place.replace(with: folder.file(".out.staging-r\(round)"))
    }
    watcher.cancel()
    while !watcher.isFinished { usleep(1000) }
    #expect(folder.files() == ["out", "out/a.csv"])
  }
}
