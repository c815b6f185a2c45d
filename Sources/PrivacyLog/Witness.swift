import Cryptography
import Diagnostics
import Files

/// Somebody on another machine who sees each night's checkpoint and signs only what grew.
///
/// Its folder holds its own key, and of each log the pinned signer, the last checkpoint and every
/// one that it signed. What it has seen is on the disk before it signs, so it never signs two
/// histories.
package struct Witness: ~Copyable {
  package let path: String
  /// The key that its signatures are told by.
  package let key: NoteKey
  private let signer: NoteSigner
  private let lock: OpenFile

  private init(path: String, signer: NoteSigner, lock: consuming OpenFile) {
    self.path = path
    self.signer = signer
    self.lock = lock
    key = signer.key
  }

  /// Opens the folder of a witness, and makes it with a key of its own at first use.
  ///
  /// - Parameter path: of the folder.
  /// - Returns: the witness; nobody else uses the folder until it is let go.
  /// - Throws: `witness` when another process uses it; `key`, `file`, `cryptography`.
  package static func open(path: String) throws(PrivacyLogError) -> Witness {
    do {
      try makeFolder(path)
      let lock = try OpenFile(appendingTo: "\(path)/lock")
      guard try lock.takeLock() else { throw PrivacyLogError.witness(path: path, .held) }
      let keyPath = "\(path)/witness.key"
      if !somethingStands(at: keyPath) {
        try KeyFile.createSigning(name: "witness", generation: 1, at: keyPath)
      }
      let signingKey = try KeyFile.loadSigning(.file(keyPath), forbiddenFolders: []).key
      let signer = NoteSigner(
        name: name(of: signingKey.publicKey),
        kind: .cosignature,
        signingKey: signingKey
      )
      try AtomicFile.write("\(path)/witness.pub", Array("\(try signer.key.text())\n".utf8))
      return Witness(path: path, signer: signer, lock: lock)
    } catch {
      throw PrivacyLog.told(error, path)
    }
  }

  /// What a witness is called: its key names it, so no two are called the same.
  private static func name(of publicKey: [UInt8]) -> String {
    "koppel-witness/\(lowerHex(publicKey.prefix(8)))"
  }

  /// What was found out about a proof.
  package struct Judgement: Sendable, Hashable {
    /// The signature under the checkpoint, `— name base64`.
    package let signature: String
    package let checkpoint: Checkpoint
    /// The key that was pinned now; nil when it was known.
    package let pinned: NoteKey?
  }

  /// Checks a night proof, keeps its checkpoint, and only then signs it.
  ///
  /// - Parameters:
  ///   - bytes: of the proof.
  ///   - proofPath: its file, for messages.
  ///   - named: the key that the user says signs this log; pinned instead of the one before.
  ///   - beside: the key that came with the proof; pinned at first use alone.
  ///   - seconds: the time, since 1970.
  /// - Returns: the signature, and what was pinned.
  /// - Throws: `witness` for what may not be signed; `file`, `cryptography`.
  package func take(
    _ bytes: [UInt8],
    path proofPath: String,
    named: String?,
    beside: String?,
    at seconds: Int64
  ) throws(PrivacyLogError) -> Judgement {
    do {
      guard let proof = NightProof(bytes) else { throw WitnessFault.form }
      let checkpoint = proof.checkpoint
      let seen = try WitnessedFolder(witness: path, origin: checkpoint.origin)
      let latest = try seen.latest()
      if latest == nil,
        try Self.others(in: path, than: checkpoint.origin).contains(where: {
          $0.signerName == checkpoint.signerName
        })
      {
        throw WitnessFault.otherOrigin(pipeline: checkpoint.signerName)
      }
      let pinned = try seen.signer()
      let key = try signerKey(of: checkpoint, pinned: pinned, named: named, beside: beside)
      guard try checkpoint.note.isSigned(by: key) else { throw WitnessFault.unknownSigner }
      try Self.check(proof, against: latest)
      if key != pinned { try seen.pin(key) }
      if latest?.size != checkpoint.size { try seen.keep(checkpoint) }
      let signature = try signer.cosign(checkpoint.note.text, at: seconds)
      try seen.keep(signed: checkpoint.adding(signature))
      return Judgement(
        signature: signature.line,
        checkpoint: checkpoint,
        pinned: key == pinned ? nil : key
      )
    } catch let fault as WitnessFault {
      throw .witness(path: proofPath, fault)
    } catch {
      throw PrivacyLog.told(error, path)
    }
  }

  private static func check(_ proof: NightProof, against latest: Checkpoint?) throws {
    let checkpoint = proof.checkpoint
    guard let latest else {
      guard proof.oldSize == 0 else {
        throw WitnessFault.otherSize(found: proof.oldSize, seen: 0)
      }
      guard proof.hashes.isEmpty else { throw WitnessFault.form }
      return
    }
    if checkpoint.size == latest.size {
      // Seen before: it may be asked again, as when the answer was lost.
      guard checkpoint.root == latest.root else { throw WitnessFault.fork(size: latest.size) }
      return
    }
    guard checkpoint.size > latest.size else {
      throw WitnessFault.rollback(found: checkpoint.size, seen: latest.size)
    }
    guard proof.oldSize == latest.size else {
      throw WitnessFault.otherSize(found: proof.oldSize, seen: latest.size)
    }
    guard try proof.holds(from: latest.root) else {
      throw WitnessFault.rewritten(seen: latest.size)
    }
  }

  private func signerKey(
    of checkpoint: Checkpoint,
    pinned: NoteKey?,
    named: String?,
    beside: String?
  ) throws -> NoteKey {
    if named == nil, let pinned { return pinned }
    guard let text = named ?? beside else { throw WitnessFault.noSigner }
    guard let key = try NoteKey(text: text), key.kind == .note, key.name == checkpoint.signerName
    else { throw WitnessFault.signerForm }
    return key
  }

  /// The last checkpoints of other logs that this witness has seen.
  fileprivate static func others(in path: String, than origin: String) throws -> [Checkpoint] {
    try WitnessedFolder.all(in: path).compactMap { try $0.latest() }.filter { $0.origin != origin }
  }
}
