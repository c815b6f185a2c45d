import Cryptography
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("Gzip input")
struct GzipReaderTests {
  @Test(
    "of several members, some empty, is their bytes in order",
    arguments: [1, 7, 4096, 1 << 20]
  )
  func joinsMembers(pieceByteCount: Int) throws {
    let folder = try TemporaryFolder()
    let first = rows(300, seed: 1)
    let second = rows(200, seed: 2)
    let stored = try gzipMember([]) + gzipMember(first) + gzipMember([]) + gzipMember(second)
    let path = try folder.write(stored, to: "a.gz")
    let read = try readAll(path, pieceByteCount: pieceByteCount)
    #expect(read.bytes == first + second)
    #expect(read.sha256 == lowerHex(try sha256(of: stored)))
  }

  @Test("made by gzip itself is read")
  func readsGzipProgram() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(rows(1000), to: "a.csv")
    let run = try runCommand("/bin/gzip", ["a.csv"], in: folder.path)
    #expect(run.status == 0)
    #expect(try readAll(path + ".gz").bytes == rows(1000))
  }

  @Test("cut at any byte is refused as truncated")
  func refusesEveryTruncation() throws {
    let folder = try TemporaryFolder()
    let members = try [gzipMember(rows(12)), gzipMember([]), gzipMember(rows(3, seed: 5))]
    let stored = Array(members.joined())
    let bounds = [members[0].count, members[0].count + members[1].count]
    for length in 2..<stored.count {
      let path = try folder.write(stored[..<length], to: "a.gz")
      if bounds.contains(length) {
        #expect(try readAll(path).bytes == rows(12), "length \(length)")
      } else {
        #expect(throws: FilesError.gzip(.truncated, path: path, byteOffset: length)) {
          try readAll(path)
        }
      }
    }
  }

  @Test("with any byte of data, check sum or length changed is refused or gives the same bytes")
  func refusesEveryFlip() throws {
    let folder = try TemporaryFolder()
    let bytes = rows(12)
    let stored = try gzipMember(bytes)
    // Bytes 4 to 9 hold time, flags of the compressor and the system: they may be anything.
    for place in Array(2..<4) + Array(10..<stored.count) {
      var changed = stored
      changed[place] ^= 0x10
      let path = try folder.write(changed, to: "a.gz")
      do throws(FilesError) {
        // The bits between the last code and the next whole byte mean nothing.
        #expect(try readAll(path).bytes == bytes, "byte \(place)")
      } catch {
        guard case .gzip(let fault, _, _) = error else {
          Issue.record("byte \(place): another error")
          continue
        }
        #expect([.corrupt, .truncated, .trailingBytes].contains(fault), "byte \(place)")
      }
    }
  }

  @Test("may end in zeros, and in nothing else")
  func allowsZeroPadding() throws {
    let folder = try TemporaryFolder()
    let member = try gzipMember(rows(5))
    for padding in [1, 511, 600_000] {
      let zeros = [UInt8](repeating: 0, count: padding)
      let path = try folder.write(member + zeros, to: "a.gz")
      #expect(try readAll(path).bytes == rows(5))
      let trailing = try folder.write(member + zeros + [1], to: "b.gz")
      #expect(throws: FilesError.self) { try readAll(trailing) }
      let member = try folder.write(member + zeros + member, to: "c.gz")
      #expect(throws: FilesError.self) { try readAll(member) }
    }
    let trailing = try folder.write(member + Array("x".utf8), to: "d.gz")
    #expect(
      throws: FilesError.gzip(.trailingBytes, path: trailing, byteOffset: member.count)
    ) { try readAll(trailing) }
  }

  @Test("that holds gzip is refused, however small the pieces", arguments: [1, 2, 4096])
  func refusesNested(pieceByteCount: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(gzipMember([]) + gzipMember(gzipMember([1])), to: "a.gz")
    let error = #expect(throws: FilesError.self) {
      try readAll(path, pieceByteCount: pieceByteCount)
    }
    guard case .gzip(.nested, _, _) = error else { return #expect(Bool(false), "another error") }
  }

  @Test("that inflates beyond measure is refused")
  func refusesBombs() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(gzipMember([UInt8](repeating: 0, count: 4 << 20)), to: "a.gz")
    let dense = InflationLimits(byteCount: 1 << 30, freeByteCount: 1 << 20, ratio: 250)
    let error = #expect(throws: FilesError.self) { try readAll(path, limits: dense) }
    guard case .gzip(.tooDense(ratioLimit: 250), _, _) = error else {
      return #expect(Bool(false), "another error")
    }
    let small = InflationLimits(byteCount: 2 << 20, freeByteCount: 1 << 30, ratio: 250)
    let large = #expect(throws: FilesError.self) { try readAll(path, limits: small) }
    guard case .gzip(.tooLarge(limit: 2_097_152), _, _) = large else {
      return #expect(Bool(false), "another error")
    }
    let wide = InflationLimits(byteCount: 4 << 20, freeByteCount: 4 << 20, ratio: 250)
    #expect(try readAll(path, limits: wide).bytes.count == 4 << 20)
  }
}
