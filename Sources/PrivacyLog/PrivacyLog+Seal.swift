package import Cryptography
import Files

extension PrivacyLog {
  /// Signs the log as it is: a checkpoint over every line, on the disk when this returns.
  ///
  /// The lines come to the disk before it: a checkpoint of lines that a power cut took would accuse the
  /// log of a cut. A log that has no new line since its last checkpoint is left alone.
  ///
  /// - Parameters:
  ///   - signingKey: the key that the log names.
  ///   - isNightEnd: whether a proof for witnesses follows, from the last proof to here.
  /// - Throws: `file`, `cryptography`; `unfitField` for a log that names no pipeline; `tampered`
  ///   when the file no longer holds what was written; `closed`.
  package func seal(
    _ signingKey: SigningKey,
    isNightEnd: Bool
  ) throws(PrivacyLogError) {
    guard let origin else { throw .unfitField("pipeline") }
    try synchronise()
    do {
      let signer = NoteSigner(
        name: Checkpoint.signerName(pipeline: pipeline ?? ""),
        kind: .note,
        signingKey: signingKey
      )
      if head.size > sealedSize {
        var hash = try TreeHash()
        let checkpoint = try Checkpoint(
          origin: origin,
          size: head.size,
          root: frontier.root(&hash),
          signer: signer
        )
        try checkpoints.write(checkpoint)
        try checkpoints.write(signer: signer.key)
        lastCheckpoint = checkpoint
      }
      guard isNightEnd, let lastCheckpoint, lastCheckpoint.size > lastProof?.checkpoint.size ?? 0
      else { return }
      let proof = try Self.proof(
        of: path,
        from: lastProof?.checkpoint.size ?? 0,
        to: lastCheckpoint
      )
      guard try proof.holds(from: lastProof?.checkpoint.root ?? .zeros) else {
        throw LogFault(file: checkpoints.proofPath(lastCheckpoint.size), cause: .proof)
      }
      try checkpoints.write(proof)
      lastProof = proof
    } catch {
      throw Self.told(error, path)
    }
  }

  /// Proves to whoever saw the log at an earlier size that it only grew.
  ///
  /// - Parameters:
  ///   - path: the log.
  ///   - old: how many lines were seen; 0 for who has seen none.
  ///   - checkpoints: the folder of its checkpoints; the last one is proved.
  /// - Returns: nil when there is no checkpoint yet, or the last one is of fewer lines.
  /// - Throws: `tampered` when the lines are not those of the checkpoint; `file`, `cryptography`.
  package static func proof(
    path: String,
    from old: Int,
    checkpoints: CheckpointFolder
  ) throws(PrivacyLogError) -> NightProof? {
    do {
      guard let size = try checkpoints.sizes().checkpoints.last, old <= size else { return nil }
      guard let checkpoint = try checkpoints.checkpoint(size) else {
        throw LogFault(file: checkpoints.checkpointPath(size), cause: .checkpointForm)
      }
      return try proof(of: path, from: old, to: checkpoint)
    } catch {
      throw told(error, path)
    }
  }

  /// One pass over the file: what was written is what is proved.
  static func proof(
    of path: String,
    from old: Int,
    to checkpoint: Checkpoint
  ) throws -> NightProof {
    var hash = try TreeHash()
    var maker = ConsistencyProofMaker(from: old, to: checkpoint.size)
    var scanner = LogScanner(try OpenFile(reading: path, followingLinks: false))
    scan: while maker.whole.size < checkpoint.size {
      guard case .line(let range) = try scanner.next() else {
        let cause = LogFault.Cause.cut(found: maker.whole.size, expected: checkpoint.size)
        throw LogFault(line: maker.whole.size + 1, cause: cause)
      }
      try maker.take(hash.leaf(scanner.buffer.span.extracting(range)), &hash)
    }
    guard try maker.whole.root(&hash) == checkpoint.root else {
      throw LogFault(line: 1, cause: .notSigned(through: checkpoint.size))
    }
    return NightProof(oldSize: old, hashes: try maker.finish(&hash), checkpoint: checkpoint)
  }
}
