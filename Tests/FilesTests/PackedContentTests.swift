import Cryptography
import TestSupport
import Testing

@testable import Files

@Suite("What a packed file holds")
struct PackedContentTests {
  @Test(
    "its digest is that of the inflated bytes, for any size and buffer, in one member or several",
    arguments: [0, 1, 1000, 1 << 18, (1 << 18) + 1, 1 << 20, 3_000_001],
    [1, 4096, 1 << 18, 5 << 20]
  )
  func agrees(byteCount: Int, bufferLength: Int) throws {
    // A buffer of a byte is slow, and says the same of less.
    let byteCount = bufferLength == 1 ? min(byteCount, 10_000) : byteCount
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: UInt64(byteCount))
    let bytes = (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: random.next() & 0x3F) }
    let expected = PackedContent(sha256: lowerHex(try sha256(of: bytes)), byteCount: byteCount)
    let half = byteCount / 2
    let members = try gzipMember(Array(bytes[..<half])) + gzipMember(Array(bytes[half...]))
    for (name, stored) in [("one.gz", try gzipMember(bytes)), ("two.gz", members)] {
      let path = try folder.write(stored, to: name)
      var source = try ByteSource(path: path, digestsContent: true)
      var buffer = [UInt8](repeating: 0, count: bufferLength)
      #expect(source.content == nil)
      while try source.read(into: &buffer) > 0 {}
      #expect(source.content == expected)
      #expect(source.sha256 == lowerHex(try sha256(of: stored)))
      #expect(try packedContent(ofFile: path) == expected)
    }
  }

  @Test("it is told of no plain file, of none that breaks off, and only where it is wanted")
  func untold() throws {
    let folder = try TemporaryFolder()
    let packed = try gzipMember([1, 2, 3])
    var buffer: [UInt8] = [0, 0, 0, 0, 0]
    var plain = try ByteSource(path: try folder.write([1], to: "a"), digestsContent: true)
    while try plain.read(into: &buffer) > 0 {}
    #expect(plain.content == nil && plain.sha256 != nil)
    var unwanted = try ByteSource(path: try folder.write(packed, to: "b.gz"))
    while try unwanted.read(into: &buffer) > 0 {}
    #expect(unwanted.content == nil && unwanted.sha256 != nil)
    let cut = try folder.write(packed.dropLast(), to: "c.gz")
    #expect(throws: FilesError.self) { try packedContent(ofFile: cut) }
  }
}
