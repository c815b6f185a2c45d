import Cryptography
import Files

extension PrivacyLog {
  /// What a log is to be held against.
  package struct Evidence {
    /// A head that was kept: by the last run's manifest, or elsewhere.
    package var head: LogHead?
    /// Whether that head was kept elsewhere.
    package var headIsWitness = false
    /// The checkpoints beside the log; nil for a log that came alone.
    package var checkpoints: CheckpointFolder?
    /// What a witness has seen of this log.
    package var witness: WitnessedLog?
    /// Folders with tables that runs of this log published.
    package var published: [PublishedFolder] = []

    package init() {}
  }

  /// Tells whether a log is as it was written, and if not, the first line that is bad.
  ///
  /// Every line's form, number and link are checked, the root of every checkpoint and proof, their
  /// signatures, the use of keys, and the published tables. The end of a log, and a log written anew
  /// from some line on with the key that signs it, can be told only by what was kept elsewhere;
  /// lines after that are checked among themselves. Memory does not grow with the log.
  ///
  /// - Parameters:
  ///   - path: the log.
  ///   - evidence: what it is held against.
  /// - Returns: the first bad line if there is one, else the head, with what is worth a warning.
  /// - Throws: `file` when it cannot be read; `cryptography`.
  package static func verify(
    path: String,
    against evidence: Evidence
  ) throws(PrivacyLogError) -> LogVerdict {
    do {
      var examination = try LogExamination(
        LogExamination.Evidence(
          expectedHead: evidence.head,
          checkpoints: evidence.checkpoints,
          witnessed: evidence.witness?.checkpoints ?? [],
          witnessKey: evidence.witness?.key,
          published: evidence.published
        )
      )
      var fault = try examination.run(LogScanner(OpenFile(reading: path, followingLinks: false)))
      if fault == nil, let proof = examination.unchainedProof,
        try Self.proof(of: path, from: proof.oldSize, to: proof.checkpoint).hashes != proof.hashes
      {
        let file = evidence.checkpoints?.proofPath(proof.checkpoint.size)
        fault = LogFault(file: file ?? path, cause: .proof)
      }
      if fault == nil, let pinned = evidence.witness?.signer, let signer = examination.rules.signer,
        signer.publicKey != pinned.publicKey
      {
        fault = LogFault(line: signer.line, cause: .otherSigner)
      }
      let isWitnessed = evidence.witness != nil || evidence.head != nil && evidence.headIsWitness
      return LogVerdict(
        path: path,
        head: examination.verifier.head,
        tornByteCount: examination.tornByteCount,
        isWitnessed: isWitnessed,
        fault: fault ?? (evidence.witness?.isOther == true ? Self.otherLog : nil),
        checkpointCount: examination.checkpointCount,
        sealedSize: examination.lastCheckpoint?.size ?? 0,
        publishedCount: evidence.published.count,
        remarks: examination.remarks(
          path: path,
          isWitnessed: isWitnessed,
          witnessedSize: evidence.witness?.checkpoints.last?.size ?? 0
        )
      )
    } catch {
      throw told(error, path)
    }
  }

  private static let otherLog = LogFault(line: 1, cause: .otherLog)

  /// The same against a head alone.
  package static func verify(
    path: String,
    expectedHead: LogHead? = nil
  ) throws(PrivacyLogError) -> LogVerdict {
    var evidence = Evidence()
    evidence.head = expectedHead
    evidence.headIsWitness = true
    return try verify(path: path, against: evidence)
  }
}
