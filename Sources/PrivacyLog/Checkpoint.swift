import Cryptography

/// What a log was at one moment: its origin, how many lines it had, and the root of its tree.
///
/// Signed, it commits whoever wrote the log to every one of these lines (C2SP tlog-checkpoint).
package struct Checkpoint: Sendable, Hashable {
  /// `koppel/PIPELINE/` and the first 16 hexadecimal digits of the hash of line 1.
  package let origin: String
  /// How many lines; at least 1.
  package let size: Int
  package let root: TreeDigest
  /// As it is signed, with all signatures.
  package let note: SignedNote

  /// Reads the bytes of a checkpoint; nil for any other form.
  ///
  /// Whether a signature is valid is another question. Extension lines are refused: none of ours
  /// has any, and nobody could check what they say.
  package init?(_ bytes: some Sequence<UInt8>) {
    guard let note = SignedNote(bytes) else { return nil }
    let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard lines.count == 3, !lines[0].isEmpty, let size = Self.size(lines[1]), size > 0,
      let root = TreeDigest(base64: lines[2])
    else { return nil }
    origin = String(lines[0])
    self.size = size
    self.root = root
    self.note = note
  }

  /// Makes and signs a checkpoint.
  ///
  /// - Throws: `library`.
  init(
    origin: String,
    size: Int,
    root: TreeDigest,
    signer: NoteSigner
  ) throws(CryptographyError) {
    self.origin = origin
    self.size = size
    self.root = root
    let text = "\(origin)\n\(size)\n\(root.base64)\n"
    note = SignedNote(text: text, signatures: [try signer.sign(text)])
  }

  private init(origin: String, size: Int, root: TreeDigest, note: SignedNote) {
    self.origin = origin
    self.size = size
    self.root = root
    self.note = note
  }

  /// The same checkpoint with a witness's signature under it.
  func adding(_ signature: NoteSignature) -> Checkpoint {
    Checkpoint(origin: origin, size: size, root: root, note: note.adding(signature))
  }

  /// A number of lines as a checkpoint writes it: digits, without leading zeros.
  static func size(_ text: some StringProtocol) -> Int? {
    guard let size = Int(text), size >= 0, String(size) == text else { return nil }
    return size
  }

  /// What the log of a pipeline is called whose line 1 has that hash.
  static func origin(pipeline: String, first: TreeDigest) -> String {
    "\(signerName(pipeline: pipeline))/\(first.hex.prefix(16))"
  }

  /// What the key is called that signs the log of a pipeline.
  package static func signerName(pipeline: String) -> String { "koppel/\(pipeline)" }

  /// The first hexadecimal digits of the hash of line 1, by the origin.
  var firstDigits: Substring { origin.suffix(16) }

  /// The name of the key that should have signed: the origin without its last part.
  package var signerName: String { String(origin.dropLast(17)) }
}
