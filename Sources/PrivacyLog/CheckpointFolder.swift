import Cryptography
import Files

/// The folder `checkpoints` beside a log: `SIZE.checkpoint` and `SIZE.proof`, never changed again.
package struct CheckpointFolder: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The folder that belongs to a log.
  package static func beside(log path: String) -> CheckpointFolder {
    CheckpointFolder(path: "\(parentFolder(of: path))/checkpoints")
  }

  /// Where the checkpoint of that many lines stands.
  package func checkpointPath(_ size: Int) -> String { "\(path)/\(size).checkpoint" }

  /// Where the proof up to that many lines stands.
  package func proofPath(_ size: Int) -> String { "\(path)/\(size).proof" }

  /// Whether there is such a folder.
  package var exists: Bool { somethingStands(at: path) }

  /// The sizes of which there is a checkpoint, and those of which there is a proof; ascending.
  ///
  /// Other names are passed over.
  func sizes() throws(FilesError) -> (checkpoints: [Int], proofs: [Int]) {
    guard exists else { return ([], []) }
    var checkpoints: [Int] = []
    var proofs: [Int] = []
    for name in try namesInFolder(path) {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let size = Checkpoint.size(parts[0]), size > 0 else { continue }
      if parts[1] == "checkpoint" { checkpoints.append(size) }
      if parts[1] == "proof" { proofs.append(size) }
    }
    return (checkpoints.sorted(), proofs.sorted())
  }

  /// The checkpoint of that many lines; nil when the file is none of that size.
  func checkpoint(_ size: Int) throws(FilesError) -> Checkpoint? {
    guard let checkpoint = Checkpoint(try Self.bytes(checkpointPath(size))),
      checkpoint.size == size
    else { return nil }
    return checkpoint
  }

  /// The proof up to that many lines; nil when the file is none of that size.
  func proof(_ size: Int) throws(FilesError) -> NightProof? {
    guard let proof = NightProof(try Self.bytes(proofPath(size))), proof.checkpoint.size == size
    else { return nil }
    return proof
  }

  /// A file of one note: none of ours is longer, and no other is read to its end.
  static func bytes(_ path: String) throws(FilesError) -> [UInt8] {
    let file = try OpenFile(reading: path, followingLinks: false)
    return try file.bytes(at: 0, count: min(try file.size(), longest))
  }

  private static let longest = 1 << 16

  /// Puts a checkpoint on the disk; when it returns it is there.
  func write(_ checkpoint: Checkpoint) throws(FilesError) {
    try makeFolder(path)
    try synchroniseFolder(parentFolder(of: path))
    try AtomicFile.write(checkpointPath(checkpoint.size), checkpoint.note.bytes)
  }

  /// Puts a proof on the disk.
  func write(_ proof: NightProof) throws(FilesError) {
    try AtomicFile.write(proofPath(proof.checkpoint.size), proof.bytes)
  }

  /// The public key that signs, in the form that other tools take, for a witness's first use.
  package var signerPath: String { "\(path)/signer" }

  /// Writes who signs, when that is not what stands there.
  func write(signer: NoteKey) throws {
    let text = Array("\(try signer.text())\n".utf8)
    if somethingStands(at: signerPath), try Self.bytes(signerPath) == text { return }
    try AtomicFile.write(signerPath, text)
  }
}
