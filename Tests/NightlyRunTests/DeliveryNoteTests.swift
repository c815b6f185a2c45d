import Cryptography
import Foundation
import Tabular
import Testing

@testable import NightlyRun

@Suite("The note of a package")
struct DeliveryNoteTests {
  private func note() -> DeliveryNote {
    DeliveryNote(
      source: "care",
      period: "2026-08",
      scope: "region",
      fingerprint: "4a87a90e3b88d749",
      standardisation: "NL-1:test",
      columns: [
        .init(name: "bsn", label: "person", kind: .token),
        .init(name: "amount", kind: .kept, type: .money),
      ],
      counts: .init(read: 10, accepted: 5, rejected: ["bsn-check": 2], skipped: 2, optedOut: 1),
      byteCount: 99,
      sha256: String(repeating: "a", count: 64),
      policy: String(repeating: "b", count: 64),
      toolVersion: "1",
      created: "2026-09-01T02:00:00.000Z"
    )
  }

  private func signingKey() throws -> SigningKey {
    let seed = [UInt8](repeating: 5, count: 32)
    return try SigningKey(
      seed: try unsafe seed.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
    )
  }

  private func signed() throws -> DeliveryNote {
    var note = note()
    let key = try signingKey()
    note.signature = .init(
      name: "koppel/supplier",
      publicKey: key.publicKey,
      value: try key.sign(note.signedBytes)
    )
    return note
  }

  @Test("reads what it wrote, with and without a signature")
  func readsItself() throws {
    #expect(try DeliveryNote.note(note().bytes) == note())
    let signed = try signed()
    let read = try DeliveryNote.note(signed.bytes)
    #expect(read == signed)
    #expect(try read.isSignedWell())
    #expect(try !note().isSignedWell())
  }

  @Test("is refused with any byte flipped, or its signature does not hold")
  func noByteMayChange() throws {
    let bytes = try signed().bytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      guard let read = try? DeliveryNote.note(changed) else { continue }
      // Base64 may change into other base64: then it is another key, or no signature of it.
      let isSigned = try read.signature != nil && read.isSignedWell()
      let isUnnamed = read.signature?.name != "koppel/supplier"
      #expect(!isSigned || isUnnamed, "byte \(place)")
    }
  }

  @Test(
    "is refused when it is not stored as it would be written",
    arguments: [
      ("{", "{ "), ("}\n", "}"), ("\"period\"", "\"more\":1,\"period\""),
      ("\"source\":\"care\"", "\"source\":\"c\\u0061re\""), ("\"read\":10", "\"read\":1e1"),
    ]
  )
  func onlyCanonicalIsRead(old: String, new: String) throws {
    let text = String(decoding: note().bytes, as: UTF8.self)
    let range = try #require(text.range(of: old))
    let changed = Array(text.replacingCharacters(in: range, with: new).utf8)
    #expect(changed != note().bytes)
    #expect(throws: DeliveryNote.Fault.self) { try DeliveryNote.note(changed) }
  }

  @Test("of another version is told as such")
  func otherFormat() {
    let text = String(decoding: note().bytes, as: UTF8.self)
    let other = text.replacingOccurrences(of: "koppel-hand-over/1", with: "koppel-hand-over/2")
    #expect(throws: DeliveryNote.Fault.format) { try DeliveryNote.note(Array(other.utf8)) }
  }

  @Test("counts that do not add up, or overflow, are seen")
  func countsAddUp() {
    #expect(note().counts.balances)
    var counts = note().counts
    counts.read = 11
    #expect(!counts.balances)
    counts = .init(read: .max, accepted: .max, rejected: ["a": .max], skipped: 2, optedOut: 1)
    #expect(!counts.balances)
    counts = .init(read: 0, accepted: -1, rejected: ["a": 1], skipped: 0, optedOut: 0)
    #expect(!counts.balances)
  }
}
