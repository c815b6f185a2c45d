import Cryptography
import Files

/// The files of one log in the folder of a witness: `signer`, `latest`, and `SIZE.checkpoint` of each
/// that was signed.
struct WitnessedFolder {
  private let path: String

  /// The folder of one log: the hash of its origin names it.
  init(witness: String, origin: String) throws {
    path = "\(witness)/\(lowerHex(try sha256(of: Array(origin.utf8)).prefix(16)))"
  }

  private init(path: String) { self.path = path }

  /// Of all logs that were seen.
  static func all(in witness: String) throws -> [WitnessedFolder] {
    guard somethingStands(at: witness) else { return [] }
    return try namesInFolder(witness)
      .filter { $0.utf8.count == 32 && $0.utf8.allSatisfy { hexValue($0) != nil } }
      .map { WitnessedFolder(path: "\(witness)/\($0)") }
      .filter { somethingStands(at: $0.latestPath) }
  }

  private var latestPath: String { "\(path)/latest" }
  private var signerPath: String { "\(path)/signer" }

  /// The last checkpoint that was seen.
  func latest() throws -> Checkpoint? {
    guard somethingStands(at: latestPath) else { return nil }
    guard let checkpoint = Checkpoint(try CheckpointFolder.bytes(latestPath)) else {
      throw WitnessFault.state
    }
    return checkpoint
  }

  /// The key that signs this log, as pinned.
  func signer() throws -> NoteKey? {
    guard somethingStands(at: signerPath) else { return nil }
    let text = String(decoding: try CheckpointFolder.bytes(signerPath), as: UTF8.self)
    guard let key = try NoteKey(text: text) else { throw WitnessFault.state }
    return key
  }

  func pin(_ key: NoteKey) throws {
    try makeFolder(path)
    try AtomicFile.write(signerPath, Array("\(try key.text())\n".utf8))
  }

  /// From here on nothing smaller or other is signed.
  func keep(_ checkpoint: Checkpoint) throws {
    try AtomicFile.write(latestPath, checkpoint.note.bytes)
  }

  func keep(signed checkpoint: Checkpoint) throws {
    try CheckpointFolder(path: path).write(checkpoint)
  }

  /// All checkpoints that were seen, ascending.
  func checkpoints() throws -> [Checkpoint] {
    let folder = CheckpointFolder(path: path)
    let latest = try latest()
    var found: [Checkpoint] = []
    for size in try folder.sizes().checkpoints where size <= latest?.size ?? 0 {
      guard let checkpoint = try folder.checkpoint(size), checkpoint.origin == latest?.origin,
        size < latest?.size ?? 0 || checkpoint.root == latest?.root
      else { throw WitnessFault.state }
      found.append(checkpoint)
    }
    // It is kept before it is signed.
    if let latest, found.last?.size != latest.size { found.append(latest) }
    return found
  }
}
