import Cryptography
import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("A byte source")
struct ByteSourceTests {
  @Test("gives the bytes of a plain file and their digest", arguments: [0, 1, 2, 70_000, 600_000])
  func readsPlain(byteCount: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = Array(rows(byteCount / 10 + 1).prefix(byteCount))
    let path = try folder.write(bytes, to: "a.csv")
    let read = try readAll(path)
    #expect(read.bytes == bytes)
    #expect(read.sha256 == lowerHex(try sha256(of: bytes)))
  }

  @Test("fills the buffer unless the end comes first", arguments: ["a.csv", "a.csv.gz"])
  func fillsBuffer(name: String) throws {
    let folder = try TemporaryFolder()
    let bytes = Array(rows(100_000).prefix(700_000))
    let path = try folder.write(
      name.hasSuffix("gz") ? gzipMember(bytes) + gzipMember([]) : bytes,
      to: name
    )
    var source = try ByteSource(path: path)
    var buffer = [UInt8](repeating: 0, count: 300_000)
    #expect(try source.read(into: &buffer) == 300_000)
    #expect(try source.read(into: &buffer, from: 100_000) == 200_000)
    #expect(source.sha256 == nil)
    #expect(try source.read(into: &buffer, from: 300_000) == 0)
    #expect(try source.read(into: &buffer) == 200_000)
    #expect(try source.read(into: &buffer) == 0)
    #expect(source.sha256 != nil)
    #expect(source.isGzip == name.hasSuffix("gz"))
    #expect(source.storedByteCount == FileManager.default.contents(atPath: path)?.count)
  }

  @Test("does not open what is no regular file of its own")
  func refusesOtherKinds() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "a.csv")
    unsafe symlink("a.csv", folder.file("b.csv"))
    unsafe mkfifo(folder.file("c.csv"), 0o600)
    for (name, kind) in [("b.csv", FileKind.symbolicLink), ("c.csv", .pipe), ("", .folder)] {
      let error = #expect(throws: FilesError.self) { _ = try ByteSource(path: folder.file(name)) }
      #expect(error == .notRegularFile(path: folder.file(name), found: kind))
      #expect(error?.exitStatus == .inputOutput)
    }
  }

  @Test("refuses a file that grows while it is read")
  func refusesGrowth() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(rows(100), to: "a.csv")
    var source = try ByteSource(path: path)
    var buffer = [UInt8](repeating: 0, count: 100)
    #expect(try source.read(into: &buffer) == 100)
    let writer = try OpenFile(appendingTo: path)
    try writer.write([1])
    buffer = [UInt8](repeating: 0, count: 1 << 20)
    let error = #expect(throws: FilesError.self) { try source.read(into: &buffer) }
    #expect(error == .changedWhileRead(path: path))
    #expect(source.sha256 == nil)
  }

  @Test("refuses gzip under another name, and another thing under the name of gzip")
  func comparesNameAndContent() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write(try gzipMember([1]), to: "a.csv")
    #expect(throws: FilesError.gzip(.unexpectedGzip, path: plain, byteOffset: 0)) {
      try readAll(plain)
    }
    for content in [[], [0x1F], rows(3), [0x1F, 0x8C, 8]] {
      let named = try folder.write(content, to: "b.csv.gz")
      let error = #expect(throws: FilesError.gzip(.notGzip, path: named, byteOffset: 0)) {
        try readAll(named)
      }
      #expect(error?.exitStatus == .dataGate)
    }
  }
}
