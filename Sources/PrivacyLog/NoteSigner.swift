package import Cryptography

/// A key that signs notes under a name.
package struct NoteSigner: Sendable {
  package let key: NoteKey
  private let signingKey: SigningKey

  package init(name: String, kind: NoteKey.Kind, signingKey: SigningKey) {
    key = NoteKey(name: name, kind: kind, publicKey: signingKey.publicKey)
    self.signingKey = signingKey
  }

  /// The signature of a note's text.
  ///
  /// - Throws: `library`.
  func sign(_ text: String) throws(CryptographyError) -> NoteSignature {
    NoteSignature(
      name: key.name,
      identifier: try key.identifier(),
      bytes: try signingKey.sign(Array(text.utf8))
    )
  }

  /// A witness's signature: the time in seconds since 1970, eight bytes, then over both.
  ///
  /// - Throws: `library`.
  func cosign(_ text: String, at seconds: Int64) throws(CryptographyError) -> NoteSignature {
    let message = NoteSignature.cosigned(text, at: seconds)
    let time = UInt64(bitPattern: max(0, seconds))
    return NoteSignature(
      name: key.name,
      identifier: try key.identifier(),
      bytes: (0..<8).map { UInt8(truncatingIfNeeded: time >> UInt64(56 - 8 * $0)) }
        + (try signingKey.sign(message))
    )
  }
}
