import Cryptography
import Foundation
import TestSupport
import Testing

@testable import PrivacyLog

@Suite struct SignedNoteTests {
  /// From the documentation of Go's golang.org/x/mod/sumdb/note.
  static let published = """
    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

    """
  static let publishedKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

  static func signer(_ name: String, _ kind: NoteKey.Kind, seed: UInt8) throws -> NoteSigner {
    NoteSigner(name: name, kind: kind, signingKey: try signingKey(seed))
  }

  @Test("a note that another implementation signed is valid, and of its key alone")
  func publishedNote() throws {
    let note = try #require(SignedNote(Self.published.utf8))
    let key = try #require(try NoteKey(text: Self.publishedKey))
    #expect(try note.isSigned(by: key))
    #expect(try key.text() == Self.publishedKey)
    #expect(note.bytes == Array(Self.published.utf8))
    let changed = Self.published.replacingOccurrences(of: "your problem is", with: "it is")
    #expect(try #require(SignedNote(changed.utf8)).isSigned(by: key) == false)
    let other = try Self.signer("PeterNeumann", .note, seed: 1).key
    #expect(try !note.isSigned(by: other))
  }

  @Test("what is written is read back, and every changed byte is refused or not signed")
  func everyByte() throws {
    let signer = try Self.signer("koppel/region", .note, seed: 2)
    let witness = try Self.signer("koppel-witness/00", .cosignature, seed: 3)
    let made = try Checkpoint(
      origin: "koppel/region/0011223344556677",
      size: 12,
      root: TreeDigest.zeros,
      signer: signer
    )
    let signed = made.adding(try witness.cosign(made.note.text, at: 1_700_000_000))
    let bytes = signed.note.bytes
    let read = try #require(Checkpoint(bytes))
    #expect(read == signed)
    #expect(try read.note.isSigned(by: signer.key))
    #expect(try read.note.isSigned(by: witness.key))
    let signature = try #require(read.note.signatures.last)
    #expect(signature.seconds == 1_700_000_000)
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << UInt8(bit)
        guard let found = Checkpoint(changed) else { continue }
        let isSigned = try found.note.isSigned(by: signer.key)
        let isWitnessed = try found.note.isSigned(by: witness.key)
        #expect(!isSigned || !isWitnessed, "place \(place), bit \(bit)")
      }
    }
  }

  @Test("a cosignature signs the time and the text as C2SP says")
  func cosigned() {
    let text =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    #expect(
      String(decoding: NoteSignature.cosigned(text, at: 1_679_315_147), as: UTF8.self)
        == "cosignature/v1\ntime 1679315147\n" + text
    )
  }

  @Test(
    "anything that is no checkpoint is refused",
    arguments: [
      "", "\n", "a\n1\nb\n", "koppel/x\n1\n\n", "koppel/x\n1\nAAAA\n\n— a AAAAAAAA\n",
      "koppel/x\n01\n\(TreeDigest.zeros.base64)\n\n— a AAAAAAAA\n",
      "koppel/x\n-1\n\(TreeDigest.zeros.base64)\n\n— a AAAAAAAA\n",
      "koppel/x\n0\n\(TreeDigest.zeros.base64)\n\n— a AAAAAAAA\n",
      "koppel/x\n99999999999999999999\n\(TreeDigest.zeros.base64)\n\n— a AAAAAAAA\n",
      "koppel/x\n1\n\(TreeDigest.zeros.base64)\nmore\n\n— a AAAAAAAA\n",
      "koppel/x\n1\n\(TreeDigest.zeros.base64)\n\n- a AAAAAAAA\n",
      "koppel/x\n1\n\(TreeDigest.zeros.base64)\n\n— a AAAAAAA\n",
      "koppel/x\n1\n\(TreeDigest.zeros.base64)\n\n— a AAAA\n",
      "koppel/x\n1\n\(TreeDigest.zeros.base64)\n\n— a+b AAAAAAAA\n",
      "koppel/x\n1\n\(TreeDigest.zeros.base64)\n\n— a b AAAAAAAA\n",
      "koppel/x\n1\n\(TreeDigest.zeros.base64)\n\n— a AAAAAAAA",
      "koppel/x\r\n1\n\(TreeDigest.zeros.base64)\n\n— a AAAAAAAA\n",
    ]
  )
  func refused(text: String) { #expect(Checkpoint(text.utf8) == nil) }

  @Test("a proof is read back as it was written, and another form is refused")
  func proofs() throws {
    let signer = try Self.signer("koppel/region", .note, seed: 2)
    let checkpoint = try Checkpoint(
      origin: "koppel/region/0011223344556677",
      size: 12,
      root: TreeDigest.zeros,
      signer: signer
    )
    for hashes in [[], [TreeDigest.zeros], [TreeDigest](repeating: .zeros, count: 63)] {
      let proof = NightProof(oldSize: 3, hashes: hashes, checkpoint: checkpoint)
      #expect(NightProof(proof.bytes) == proof)
    }
    let long = [TreeDigest](repeating: .zeros, count: 64)
    #expect(NightProof(NightProof(oldSize: 3, hashes: long, checkpoint: checkpoint).bytes) == nil)
    let text = String(
      decoding: NightProof(oldSize: 3, hashes: [.zeros], checkpoint: checkpoint).bytes,
      as: UTF8.self
    )
    for (old, new) in [("old 3", "old 03"), ("old 3", "old -3"), ("old", "new"), ("AAAA", "AA")] {
      #expect(NightProof(text.replacingOccurrences(of: old, with: new).utf8) == nil)
    }
    #expect(NightProof([UInt8]()) == nil)
    #expect(NightProof(Array("old 3\n\n".utf8)) == nil)
  }

  @Test("a key of another form, or whose id is not its own, is refused")
  func keys() throws {
    let text = Self.publishedKey
    for other in [
      "", "+", "a+b+c", text + "x", String(text.dropLast()), "x" + text,
      text.replacingOccurrences(of: "c74f20a3", with: "c74f20a4"),
    ] {
      #expect(try NoteKey(text: other) == nil, "\(other)")
    }
  }

  @Test("no bytes make the readers trap", arguments: 0..<50 as Range<UInt64>)
  func anyBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let parts = [
      "old 3\n", "\n", "— a ", "AAAAAAAA\n", TreeDigest.zeros.base64 + "\n", "koppel/x\n", "1\n",
      "+",
      "\u{0}", "é",
    ]
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0...9, using: &random))
        .flatMap { _ in Array(parts[Int.random(in: parts.indices, using: &random)].utf8) }
      _ = Checkpoint(bytes)
      _ = NightProof(bytes)
      _ = try NoteKey(text: String(decoding: bytes, as: UTF8.self))
    }
  }
}
