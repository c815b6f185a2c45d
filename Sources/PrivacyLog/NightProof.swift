package import Cryptography

/// The proof that a log only grew since an earlier checkpoint, for a witness who saw that one.
///
/// `old N`, the hashes in base64, an empty line, the checkpoint: what a C2SP witness takes.
package struct NightProof: Sendable, Hashable {
  /// The size that the witness must have seen last; 0 for the first proof.
  package let oldSize: Int
  package let hashes: [TreeDigest]
  package let checkpoint: Checkpoint

  package init(oldSize: Int, hashes: [TreeDigest], checkpoint: Checkpoint) {
    self.oldSize = oldSize
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  /// Reads the bytes of a proof; nil for any other form.
  package init?(_ bytes: some Collection<UInt8>) {
    let head = bytes.split(
      separator: 0x0A,
      maxSplits: Self.mostHeadLines,
      omittingEmptySubsequences: false
    )
    guard let gap = head.firstIndex(where: \.isEmpty), gap >= 1, gap < head.count - 1,
      let checkpoint = Checkpoint(bytes[head[gap + 1].startIndex...])
    else { return nil }
    let lines = head[..<gap].map { String(decoding: $0, as: UTF8.self) }
    guard lines[0].hasPrefix("old "), let oldSize = Checkpoint.size(lines[0].dropFirst(4)) else {
      return nil
    }
    var hashes: [TreeDigest] = []
    for line in lines.dropFirst() {
      guard let hash = TreeDigest(base64: line) else { return nil }
      hashes.append(hash)
    }
    self.init(oldSize: oldSize, hashes: hashes, checkpoint: checkpoint)
  }

  private static let mostHeadLines = ConsistencyProof.longest + 2

  /// The bytes of the proof.
  package var bytes: [UInt8] {
    let head = ["old \(oldSize)"] + hashes.map(\.base64)
    return Array((head.map { $0 + "\n" }.joined() + "\n").utf8) + checkpoint.note.bytes
  }

  /// Whether the log only grew since its tree had that root.
  ///
  /// - Parameter oldRoot: of `oldSize` lines; for 0 of no meaning.
  /// - Returns: false for a proof that proves nothing.
  /// - Throws: `library`.
  package func holds(from oldRoot: TreeDigest) throws(CryptographyError) -> Bool {
    guard oldSize > 0 else { return hashes.isEmpty }
    return try ConsistencyProof.holds(
      hashes,
      from: (oldSize, oldRoot),
      to: (checkpoint.size, checkpoint.root)
    )
  }
}
