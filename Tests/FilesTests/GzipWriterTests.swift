import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("Gzip output")
struct GzipWriterTests {
  @Test("is read back to the byte, however it was written", arguments: [0, 1, 6, 9, 99])
  func roundTrips(level: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = rows(60_000)
    var writer = try GzipWriter(path: folder.file("a.gz"), level: Int32(level))
    var start = 0
    var length = 1
    while start < bytes.count {
      let end = min(bytes.count, start + length)
      try writer.write(Array(bytes[start..<end]))
      start = end
      length = length * 3 % 200_000 + 1
    }
    try writer.write([])
    try writer.finish()
    #expect(try readAll(folder.file("a.gz")).bytes == bytes)
  }

  @Test("holds no time, no name and no system of its making")
  func isDeterministic() throws {
    let member = try gzipMember(rows(100))
    #expect(Array(member[..<10]) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
    #expect(try gzipMember(rows(100)) == member)
  }

  @Test("that was not finished is truncated for its reader")
  func showsUnfinished() throws {
    let folder = try TemporaryFolder()
    try writeUnfinished(folder.file("a.gz"))
    #expect(throws: FilesError.self) { try readAll(folder.file("a.gz")) }
  }

  private func writeUnfinished(_ path: String) throws {
    var writer = try GzipWriter(path: path)
    try writer.write(rows(100_000))
  }

  @Test("never overwrites")
  func refusesExisting() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "a.gz")
    #expect(throws: FilesError.system(.create, path: path, code: EEXIST)) {
      _ = try GzipWriter(path: path)
    }
  }

  @Test("has the check sum of the standard")
  func knowsCheckSum() {
    let digits = Array("123456789".utf8)
    let whole = unsafe digits.withUnsafeBytes { unsafe crc32($0) }
    let parts = unsafe digits.withUnsafeBytes { bytes in
      unsafe crc32(
        UnsafeRawBufferPointer(rebasing: bytes[4...]),
        seed: crc32(UnsafeRawBufferPointer(rebasing: bytes[..<4]))
      )
    }
    #expect(whole == 0xCBF4_3926)
    #expect(parts == whole)
    #expect(unsafe crc32(UnsafeRawBufferPointer(start: nil, count: 0), seed: 7) == 7)
  }
}
