import Cryptography
import Diagnostics
import Files

/// All that is found out about a log while its lines pass by once: chain, tree, checkpoints, rules.
///
/// Memory does not grow with the log.
struct LogExamination: ~Copyable {
  /// What the log is held against.
  struct Evidence {
    /// A head that was kept elsewhere.
    var expectedHead: LogHead?
    /// The checkpoints beside the log; nil when there need be none.
    var checkpoints: CheckpointFolder?
    /// What a witness saw, by size.
    var witnessed: [Checkpoint] = []
    /// A witness's key, whose signatures under checkpoints are to be valid.
    var witnessKey: NoteKey?
    /// What runs of the log published.
    var published: [PublishedFolder] = []
  }

  private(set) var verifier: LogVerifier
  private var hash: TreeHash
  private(set) var rules: LogRules
  private var published: PublishedCheck
  /// Bytes of whole lines.
  private(set) var byteCount = 0
  private(set) var tornByteCount = 0
  /// The last checkpoint and proof beside the log.
  private(set) var lastCheckpoint: Checkpoint?
  private(set) var checkpointCount = 0
  /// The first proof, when those before it are gone.
  private(set) var unchainedProof: NightProof?

  private let evidence: Evidence
  private let checkpointSizes: [Int]
  private let proofSizes: [Int]
  private var nextCheckpoint = 0
  private var nextProof = 0
  private var nextWitnessed = 0
  private var lastProof: (size: Int, root: TreeDigest)?
  private var signatures = SignatureBatch()
  /// A checkpoint whose signature could not be believed when the lines did not fit it.
  private var suspect: (size: Int, fault: LogFault)?

  init(_ evidence: Evidence) throws {
    let sizes = try evidence.checkpoints?.sizes() ?? (checkpoints: [], proofs: [])
    let verifier = LogVerifier(
      expected: evidence.expectedHead,
      firstDigits: evidence.witnessed.last.map { String($0.firstDigits) }
    )
    hash = try TreeHash()
    self.evidence = evidence
    self.verifier = verifier
    published = PublishedCheck(evidence.published)
    (checkpointSizes, proofSizes) = sizes
    // A log that came alone cannot show what was signed.
    let sealed = evidence.checkpoints == nil ? Int.max : sizes.checkpoints.last ?? 0
    rules = LogRules(sealedSize: max(sealed, evidence.witnessed.last?.size ?? 0))
  }

  /// The size of the last proof; 0 when there is none.
  var lastProofSize: Int { proofSizes.last ?? 0 }

  /// Whether lines stand at the end that no checkpoint covers.
  var isUnsealed: Bool { rules.sealedSize < verifier.count }

  /// Reads a whole log.
  ///
  /// - Returns: the first fault.
  /// - Throws: `FilesError`, `CryptographyError`.
  mutating func run(_ scanner: consuming LogScanner) throws -> LogFault? {
    while true {
      switch try scanner.next() {
      case .line(let range):
        byteCount += range.count + 1
        if let fault = try take(scanner.buffer.span.extracting(range)) {
          return try earliest(fault)
        }
      case .end(let tornByteCount):
        self.tornByteCount = tornByteCount
        return try earliest(finish())
      case .tooLong:
        return try earliest(LogFault(line: verifier.count + 1, cause: .tooLong))
      }
    }
  }

  private mutating func take(_ line: Span<UInt8>) throws -> LogFault? {
    let number = verifier.count + 1
    var roots = LogVerifier.Roots()
    let checkpoint = try checkpoint(at: number)
    if case .failure(let fault) = checkpoint { return fault }
    let signed = try? checkpoint?.get()
    roots.signed = signed?.root
    let witnessed = witnessed(at: number)
    roots.witnessed = witnessed?.root
    let before = verifier.count
    if let fault = try verifier.take(line, roots, &hash) { return told(fault) }
    guard verifier.count == before + 1 else { return nil }
    if let read = verifier.lastRead {
      rules.take(line, read, verifier.reader, at: number)
      if !published.isEmpty, read.event == .outputReleased || read.event == .outputBlocked {
        published.take(line, read, verifier.reader, at: number)
      }
    }
    if let signed { try judge(signed, roots) }
    if let key = evidence.witnessKey, let signatures = witnessed?.note.signatures,
      let seconds = try signatures.first(where: { try $0.isOf(key) })?.seconds
    {
      rules.witnessed(at: number, seconds: seconds)
    }
    return try proof(at: number)
  }

  private mutating func finish() throws -> LogFault? {
    rules.finish()
    if let fault = try verifier.finish(&hash) { return told(fault) }
    let expected = max(checkpointSizes.last ?? 0, evidence.witnessed.last?.size ?? 0)
    if expected > verifier.count {
      let cause = LogFault.Cause.cut(found: verifier.count, expected: expected)
      return LogFault(line: verifier.count + 1, cause: cause)
    }
    if let fault = suspect?.fault ?? published.fault(sealedSize: rules.sealedSize) { return fault }
    return rules.fault
  }

  /// A bad signature of an earlier checkpoint comes before a bad line.
  private mutating func earliest(_ fault: LogFault?) throws -> LogFault? {
    guard let bad = try signatures.firstBad() else { return fault }
    guard let fault, fault.line > 0, fault.line <= bad.size else { return bad.fault }
    return fault
  }

  /// Lines that do not fit a checkpoint which the log's key did not sign accuse that file.
  private func told(_ fault: LogFault) -> LogFault {
    if let suspect, case .notSigned(suspect.size) = fault.cause { return suspect.fault }
    return fault
  }

  private mutating func checkpoint(at number: Int) throws -> Result<Checkpoint, LogFault>? {
    guard nextCheckpoint < checkpointSizes.count, checkpointSizes[nextCheckpoint] == number,
      let folder = evidence.checkpoints
    else { return nil }
    nextCheckpoint += 1
    guard let checkpoint = try folder.checkpoint(number) else {
      return .failure(LogFault(file: folder.checkpointPath(number), cause: .checkpointForm))
    }
    return .success(checkpoint)
  }

  private mutating func witnessed(at number: Int) -> Checkpoint? {
    guard nextWitnessed < evidence.witnessed.count,
      evidence.witnessed[nextWitnessed].size == number
    else { return nil }
    nextWitnessed += 1
    return evidence.witnessed[nextWitnessed - 1]
  }

  /// Judges a checkpoint by everything but its root, which the verifier has compared.
  private mutating func judge(_ checkpoint: Checkpoint, _ roots: LogVerifier.Roots) throws {
    guard let folder = evidence.checkpoints else { return }
    let path = folder.checkpointPath(checkpoint.size)
    let key = signerKey()
    guard verifier.soundSize == checkpoint.size else {
      // The lines do not fit it. If it is not even signed, it is the one to blame.
      let isSigned = try key.map { key throws in try checkpoint.note.isSigned(by: key) } ?? false
      if !isSigned || roots.witnessed != nil && roots.witnessed != roots.signed {
        suspect = (checkpoint.size, LogFault(file: path, cause: .unknownSigner))
      }
      return
    }
    guard checkpoint.origin == origin() else {
      suspect = suspect ?? (checkpoint.size, LogFault(file: path, cause: .checkpointForm))
      return
    }
    lastCheckpoint = checkpoint
    checkpointCount += 1
    guard let key else {
      suspect = suspect ?? (checkpoint.size, LogFault(file: path, cause: .unknownSigner))
      return
    }
    try signatures.add(
      checkpoint.note,
      key,
      size: checkpoint.size,
      LogFault(file: path, cause: .unknownSigner)
    )
    guard let witness = evidence.witnessKey else { return }
    for signature in checkpoint.note.signatures where try signature.isOf(witness) {
      try signatures.add(
        checkpoint.note,
        witness,
        size: checkpoint.size,
        LogFault(file: path, cause: .cosignature)
      )
    }
  }

  private mutating func proof(at number: Int) throws -> LogFault? {
    guard nextProof < proofSizes.count, proofSizes[nextProof] == number,
      let folder = evidence.checkpoints
    else { return nil }
    nextProof += 1
    let path = folder.proofPath(number)
    guard let proof = try folder.proof(number), proof.checkpoint.origin == origin() else {
      return LogFault(file: path, cause: .checkpointForm)
    }
    // A root that does not fit is a matter of the lines, which the checkpoint beside it tells.
    let root = try verifier.root(&hash)
    guard
      verifier.soundSize == number || nextCheckpoint == 0
        || checkpointSizes[nextCheckpoint - 1] != number
    else { return nil }
    guard proof.checkpoint.root == root else {
      return LogFault(file: path, cause: .proof)
    }
    defer { lastProof = (number, root) }
    if lastProof == nil, proof.oldSize > 0 {
      // The proofs before it are gone; its hashes cannot be told from one pass over the log.
      unchainedProof = proof
    } else {
      guard proof.oldSize == lastProof?.size ?? 0,
        try proof.holds(from: lastProof?.root ?? .zeros)
      else { return LogFault(file: path, cause: .proof) }
    }
    guard
      proof.checkpoint.note.text != lastCheckpoint?.note.text
        || !(lastCheckpoint?.note.signatures.starts(with: proof.checkpoint.note.signatures) ?? false)
    else { return nil }
    guard let key = signerKey() else { return LogFault(file: path, cause: .unknownSigner) }
    try signatures.add(
      proof.checkpoint.note,
      key,
      size: number,
      LogFault(file: path, cause: .unknownSigner)
    )
    return nil
  }

  /// The tree of all lines.
  mutating func frontier() throws(CryptographyError) -> TreeFrontier {
    try verifier.frontier(&hash)
  }

  /// The key that signs the log at this line; nil before the log names one.
  func signerKey() -> NoteKey? {
    guard let pipeline = rules.pipeline, let signer = rules.signer else { return nil }
    return NoteKey(
      name: Checkpoint.signerName(pipeline: pipeline),
      kind: .note,
      publicKey: signer.publicKey
    )
  }

  /// What the log is called; nil for one that tells no pipeline.
  func origin() -> String? {
    rules.pipeline.map { Checkpoint.origin(pipeline: $0, first: verifier.first) }
  }
}
