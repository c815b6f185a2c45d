import Files
import Foundation
import Glibc
import Testing

@testable import PrivacyLog

@Suite("A witness")
struct WitnessTests {
  /// A log of some nights, and the folder of a witness.
  struct Scene {
    let folder: LogFolder
    let nights: SignedNights
    var witness: String { "\(folder.path)/witness" }
    var signerLine: String? {
      (try? folder.bytes("checkpoints/signer")).map { String(decoding: $0, as: UTF8.self) }
    }

    init(_ count: Int, key: UInt8 = 7) throws {
      folder = try LogFolder()
      nights = try SignedNights(folder, key: signingKey(key), clock: tickingClock())
      for number in 0..<count { try nights.night(number + 1) }
    }

    func proofs() throws -> [Int] { try nights.checkpoints.sizes().proofs }

    func take(
      _ size: Int,
      named: String? = nil,
      at seconds: Int64 = 1_800_000_000
    ) throws -> Witness.Judgement {
      try take(
        folder.bytes("checkpoints/\(size).proof"),
        named: named,
        beside: signerLine,
        at: seconds
      )
    }

    func take(
      _ bytes: [UInt8],
      named: String? = nil,
      beside: String? = nil,
      at seconds: Int64 = 1_800_000_000
    ) throws -> Witness.Judgement {
      try Witness.open(path: witness)
        .take(bytes, path: "proof", named: named, beside: beside, at: seconds)
    }

    func seen() throws -> WitnessedLog? { try WitnessedLog(witness: witness, log: folder.log) }
  }

  static func fault(_ body: () throws -> Witness.Judgement) -> WitnessFault? {
    do {
      _ = try body()
      return nil
    } catch PrivacyLogError.witness(_, let fault) {
      return fault
    } catch {
      Issue.record("\(error)")
      return nil
    }
  }

  @Test("signs night after night, and each signature is valid at its time")
  func nightAfterNight() throws {
    let scene = try Scene(3)
    let proofs = try scene.proofs()
    #expect(proofs == [9, 17, 25])
    for (number, size) in proofs.enumerated() {
      let judgement = try scene.take(size, at: Int64(1_800_000_000 + number))
      #expect(judgement.checkpoint.size == size)
      #expect((judgement.pinned != nil) == (number == 0))
      let key = try #require(try scene.seen()?.key)
      #expect(key.kind == .cosignature)
      let signature = try #require(NoteSignature(line: judgement.signature))
      #expect(signature.seconds == Int64(1_800_000_000 + number))
      #expect(try signature.isValid(of: judgement.checkpoint.note.text, by: key))
      #expect(try scene.seen()?.size == size)
    }
    let verdict = try scene.nights.verify(scene.seen())
    #expect(verdict.fault == nil && verdict.isWitnessed)
    #expect(verdict.diagnostics.isEmpty)
    var status = stat()
    #expect(unsafe stat("\(scene.witness)/witness.key", &status) == 0)
    #expect(status.st_mode & 0o077 == 0)
  }

  @Test("asked again it signs the same, and nothing smaller, other or out of turn")
  func refusals() throws {
    let scene = try Scene(3)
    let proofs = try scene.proofs()
    #expect(Self.fault { try scene.take(proofs[1]) } == .otherSize(found: 9, seen: 0))
    _ = try scene.take(proofs[0])
    _ = try scene.take(proofs[0])
    #expect(Self.fault { try scene.take(proofs[2]) } == .otherSize(found: 17, seen: 9))
    _ = try scene.take(proofs[1])
    #expect(Self.fault { try scene.take(proofs[0]) } == .rollback(found: 9, seen: 17))
    #expect(Self.fault { try scene.take(Array("old 3\n".utf8)) } == .form)
    #expect(try scene.seen()?.size == 17)
    // Missed nights are proved by the log itself.
    let proof = try #require(
      try PrivacyLog.proof(path: scene.folder.log, from: 17, checkpoints: scene.nights.checkpoints)
    )
    #expect(try scene.take(proof.bytes).checkpoint.size == 25)
    let none = try PrivacyLog.proof(
      path: scene.folder.log,
      from: 26,
      checkpoints: scene.nights.checkpoints
    )
    #expect(none == nil)
  }

  @Test("refuses a log that was written anew, at the same size and at a larger one")
  func rewritten() throws {
    let scene = try Scene(2)
    let proofs = try scene.proofs()
    for size in proofs { _ = try scene.take(size) }
    // The same first line, so the same origin; other lines after it; the old key.
    let other = try LogFolder()
    let first = try scene.nights.lines()[0]
    try other.write([first])
    let nights = try SignedNights(other, clock: tickingClock())
    for number in 1...3 { try nights.night(100 + number) }
    let sizes = try nights.checkpoints.sizes().proofs
    #expect(sizes == [9, 17, 25])
    let same = try other.bytes("checkpoints/17.proof")
    #expect(Self.fault { try scene.take(same) } == .fork(size: 17))
    let larger = try other.bytes("checkpoints/25.proof")
    #expect(Self.fault { try scene.take(larger) } == .rewritten(seen: 17))
    // A log held against what the witness has seen tells the same.
    let seen = try #require(
      try WitnessedLog(witness: scene.witness, log: other.log)
    )
    let fault = try #require(try nights.verify(seen).fault)
    #expect(fault == LogFault(line: 2, cause: .notWitnessed(through: 9)))
  }

  @Test("refuses another log of the pipeline, and another key, unless that is named")
  func others() throws {
    let scene = try Scene(1)
    _ = try scene.take(9)
    let other = try Scene(1)
    // The clock ticks alike in both: another first line makes another log.
    let moved = try LogFolder()
    let nights = try SignedNights(moved, clock: { 1_790_000_000_000 })
    try nights.night(1)
    let foreign = try moved.bytes("checkpoints/9.proof")
    #expect(
      Self.fault { try scene.take(foreign, beside: other.signerLine) }
        == .otherOrigin(pipeline: "koppel/region")
    )
    let seen = try #require(try WitnessedLog(witness: scene.witness, log: moved.log))
    #expect(try nights.verify(seen).fault?.line == 1)

    let changed = try SignedNights(scene.folder, key: signingKey(8), clock: tickingClock())
    try changed.night(2)
    #expect(Self.fault { try scene.take(17) } == .unknownSigner)
    let line = try #require(scene.signerLine)
    #expect(Self.fault { try scene.take(17, named: "koppel/region") } == .signerForm)
    #expect(try scene.take(17, named: line).pinned != nil)
    #expect(try scene.take(17).pinned == nil)
  }

  @Test("does not sign the first time without a word on who signs")
  func noSigner() throws {
    let scene = try Scene(1)
    let bytes = try scene.folder.bytes("checkpoints/9.proof")
    #expect(Self.fault { try scene.take(bytes) } == .noSigner)
    let other = try Scene(1, key: 9).signerLine
    #expect(Self.fault { try scene.take(bytes, beside: other) } == .unknownSigner)
    #expect(try scene.seen() == nil)
  }

  @Test("every changed byte of a proof is refused, and what was seen stays")
  func everyByte() throws {
    let scene = try Scene(2)
    _ = try scene.take(9)
    let bytes = try scene.folder.bytes("checkpoints/17.proof")
    let witness = try Witness.open(path: scene.witness)
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0x04
      do {
        _ = try witness.take(changed, path: "proof", named: nil, beside: nil, at: 1)
        Issue.record("place \(place) was signed")
      } catch {
        #expect(try scene.seen()?.size == 9)
      }
    }
  }

  @Test("its signatures under the checkpoints of the log are verified too")
  func cosigned() throws {
    let scene = try Scene(1)
    let line = try scene.take(9).signature
    let path = scene.nights.checkpoints.checkpointPath(9)
    let bytes = try scene.folder.bytes("checkpoints/9.checkpoint") + Array((line + "\n").utf8)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    #expect(try scene.nights.verify(scene.seen()).fault == nil)
    let other = try Scene(1, key: 9)
    try other.nights.night(2)
    // The time is the first thing under the signature.
    let signature = try #require(NoteSignature(line: line))
    let forged = NoteSignature(
      name: signature.name,
      identifier: signature.identifier,
      bytes: [0, 0, 0, 0, 0, 0, 0, 1] + signature.bytes[8...]
    )
    let own = try scene.folder.bytes("checkpoints/9.proof")
    let checkpoint = try #require(NightProof(own)?.checkpoint)
    try Data(checkpoint.adding(forged).note.bytes).write(to: URL(fileURLWithPath: path))
    #expect(try scene.nights.verify(scene.seen()).fault?.cause == .cosignature)
    #expect(try scene.nights.verify().fault == nil, "nobody knows that witness")
  }

  @Test("is used by one at a time")
  func held() throws {
    let scene = try Scene(0)
    let first = try Witness.open(path: scene.witness)
    #expect(throws: PrivacyLogError.witness(path: scene.witness, .held)) {
      _ = try Witness.open(path: scene.witness)
    }
    #expect(first.key.kind == .cosignature)
  }
}
