import Cryptography
import Tabular
import Testing

@testable import Ingest
@testable import NightlyRun

@Suite("Keyed digests of messages")
struct MessageDigesterTests {
  private func digest(
    _ sender: String,
    _ identifier: String,
    payload: String = "rows",
    key byte: UInt8 = 1
  ) throws -> MessageDigester.Facts {
    let key = try unsafe [UInt8](repeating: byte, count: 32).span.withUnsafeBytes { bytes in
      try unsafe SecretBytes(copying: bytes)
    }
    var batch = ClearBatch(columnCount: 0)
    batch.bytes = Array("before\(payload)behind".utf8)
    var chunk = ParsedChunk(ordinal: 0, file: 0, batch: batch, columnCount: 0)
    var facts = FileFacts(file: 3)
    facts.sender = Array(sender.utf8)
    facts.identifier = Array(identifier.utf8)
    facts.payload = 6..<6 + payload.utf8.count
    chunk.facts = [facts]
    return try #require(try MessageDigester(key: key).facts(of: chunk).first)
  }

  @Test("equal sender, identifier and rows give equal digests, anything else gives others")
  func same() throws {
    let first = try digest("0384", "77edaa56cd81")
    let again = try digest("0384", "77edaa56cd81")
    #expect(first.message != nil && first.message == again.message)
    #expect(first.payload != nil && first.payload == again.payload)
    #expect(first.message?.count == 16 && first.file == 3)
    #expect(try digest("0385", "77edaa56cd81").message != first.message)
    #expect(try digest("0384", "77edaa56cd82").message != first.message)
    #expect(try digest("03847", "7edaa56cd81").message != first.message)
    let corrected = try digest("0384", "77edaa56cd81", payload: "others")
    #expect(corrected.message == first.message && corrected.payload != first.payload)
    #expect(try digest("0384", "77edaa56cd81", key: 2).message != first.message)
  }

  @Test("an identifier without a sender, or a sender alone, tells no message")
  func lacking() throws {
    #expect(try digest("", "77edaa56cd81").message == nil)
    #expect(try digest("0384", "").message == nil)
    #expect(try digest("0384", "").payload == nil)
  }
}
