package import Cryptography

/// Text signed by one key or more (C2SP signed-note).
package struct SignedNote: Sendable, Hashable {
  /// Ends with a line end.
  package let text: String
  /// At least one.
  package let signatures: [NoteSignature]

  /// More signatures than this no note of ours has: a witness each, and the log's own.
  static let mostSignatures = 64

  init(text: String, signatures: [NoteSignature]) {
    self.text = text
    self.signatures = signatures
  }

  /// Reads the bytes of a note; nil for any other form.
  package init?(_ bytes: some Sequence<UInt8>) {
    guard let whole = String(validating: bytes, as: UTF8.self),
      whole.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" }), whole.last == "\n"
    else { return nil }
    // The last empty line parts the text from the signatures.
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let gap = lines.lastIndex(of: ""), gap > lines.startIndex else { return nil }
    var signatures: [NoteSignature] = []
    for line in lines[(gap + 1)...] {
      guard let signature = NoteSignature(line: line), signatures.count < Self.mostSignatures else {
        return nil
      }
      signatures.append(signature)
    }
    guard !signatures.isEmpty else { return nil }
    text = lines[..<gap].map { $0 + "\n" }.joined()
    self.signatures = signatures
  }

  /// The bytes of the note.
  package var bytes: [UInt8] {
    Array((text + "\n" + signatures.map { $0.line + "\n" }.joined()).utf8)
  }

  /// The same note with one signature more; one of the same key gives way.
  func adding(_ signature: NoteSignature) -> SignedNote {
    let others = signatures.filter {
      $0.name != signature.name || $0.identifier != signature.identifier
    }
    return SignedNote(text: text, signatures: others + [signature])
  }

  /// Whether that key signed the text, and every signature under its name and id is valid.
  ///
  /// Signatures of other keys say nothing, good or bad.
  ///
  /// - Throws: `library`.
  package func isSigned(by key: NoteKey) throws(CryptographyError) -> Bool {
    var isSigned = false
    for signature in signatures where try signature.isOf(key) {
      guard try signature.isValid(of: text, by: key) else { return false }
      isSigned = true
    }
    return isSigned
  }
}
