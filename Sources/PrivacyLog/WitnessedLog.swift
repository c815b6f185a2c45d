import Cryptography
import Files

/// What a witness has seen of one log.
package struct WitnessedLog: Sendable {
  /// Ascending by size.
  let checkpoints: [Checkpoint]
  /// The witness's own key; nil when its folder does not tell.
  let key: NoteKey?
  /// The key that it pinned as the one that signs the log; nil when it has seen none.
  let signer: NoteKey?
  /// Whether it has seen other logs and not this one.
  let isOther: Bool

  /// How many lines it has seen.
  package var size: Int { checkpoints.last?.size ?? 0 }

  /// Looks up a log in the folder of a witness; nil when the witness has seen nothing at all.
  ///
  /// - Parameters:
  ///   - path: of the witness's folder.
  ///   - log: of the log.
  /// - Throws: `file`, `witness`, `cryptography`.
  package init?(witness path: String, log: String) throws(PrivacyLogError) {
    do {
      let all = try WitnessedFolder.all(in: path)
      guard !all.isEmpty else { return nil }
      let (pipeline, first) = try Self.beginning(of: log)
      let latest = try all.map { folder in (folder: folder, latest: try folder.latest()) }
      let origin = pipeline.flatMap { pipeline in
        first.map { Checkpoint.origin(pipeline: pipeline, first: $0) }
      }
      let name = pipeline.map { Checkpoint.signerName(pipeline: $0) }
      // A log of this pipeline that is called otherwise has another first line.
      let found =
        latest.first { origin != nil && $0.latest?.origin == origin }
        ?? latest.first { name != nil && $0.latest?.signerName == name }
        ?? (latest.count == 1 ? latest.first : nil)
      checkpoints = try found?.folder.checkpoints() ?? []
      signer = try found?.folder.signer()
      isOther = checkpoints.isEmpty
      let keyPath = "\(path)/witness.pub"
      key =
        somethingStands(at: keyPath)
        ? try NoteKey(text: String(decoding: CheckpointFolder.bytes(keyPath), as: UTF8.self)) : nil
    } catch let fault as WitnessFault {
      throw .witness(path: path, fault)
    } catch {
      throw PrivacyLog.told(error, path)
    }
  }

  /// The pipeline that a log names first, and the hash of its first line.
  private static func beginning(of log: String) throws -> (pipeline: String?, first: TreeDigest?) {
    var scanner = LogScanner(try OpenFile(reading: log, followingLinks: false))
    var hash = try TreeHash()
    var rules = LogRules(sealedSize: .max)
    var reader = LogLineReader()
    var first: TreeDigest?
    for number in 1...1000 {
      guard case .line(let range) = try scanner.next() else { break }
      let line = scanner.buffer.span.extracting(range)
      if number == 1 { first = try hash.leaf(line) }
      if case .success(let read) = reader.read(line) { rules.take(line, read, reader, at: number) }
      if rules.pipeline != nil { break }
    }
    return (rules.pipeline, first)
  }
}
