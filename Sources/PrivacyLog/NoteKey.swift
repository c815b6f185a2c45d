package import Cryptography
import FoundationEssentials

/// Who signs a note: a name, and the public half of a key (C2SP signed-note).
package struct NoteKey: Sendable, Hashable {
  /// What a signature is over; its number enters the id of the key.
  package enum Kind: UInt8, Sendable {
    /// The text of the note.
    case note = 0x01
    /// The text and the time at which a witness saw it (C2SP tlog-cosignature).
    case cosignature = 0x04
  }

  /// Not empty; without spaces and plus.
  package let name: String
  package let kind: Kind
  /// Of Ed25519, 32 bytes.
  package let publicKey: [UInt8]

  package init(name: String, kind: Kind, publicKey: [UInt8]) {
    self.name = name
    self.kind = kind
    self.publicKey = publicKey
  }

  /// The first four bytes of SHA-256(name‖0x0A‖kind‖public key): it tells keys apart, no more.
  ///
  /// - Throws: `library`.
  package func identifier() throws(CryptographyError) -> [UInt8] {
    Array(try sha256(of: Array(name.utf8) + [0x0A, kind.rawValue] + publicKey).prefix(4))
  }

  /// The key as other tools take it: `name+id+base64(kind‖public key)`.
  ///
  /// - Throws: `library`.
  package func text() throws(CryptographyError) -> String {
    let bytes = Data([kind.rawValue] + publicKey)
    return "\(name)+\(lowerHex(try identifier()))+\(bytes.base64EncodedString())"
  }
}

extension NoteKey {
  /// Reads the form that other tools take; nil for any other, and for an id that is not the key's.
  ///
  /// - Throws: `library`.
  package init?(text: String) throws(CryptographyError) {
    let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
    let parts = trimmed.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, NoteSignature.isName(parts[0]),
      let data = Data(base64Encoded: String(parts[2])), data.count == 33,
      data.base64EncodedString() == parts[2], let first = data.first,
      let kind = Kind(rawValue: first)
    else { return nil }
    let key = NoteKey(name: String(parts[0]), kind: kind, publicKey: Array(data.dropFirst()))
    guard lowerHex(try key.identifier()) == parts[1] else { return nil }
    self = key
  }
}
