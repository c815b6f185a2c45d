import Cryptography
import FoundationEssentials

/// One line of signature under a note: `— name base64(id‖signature)`.
package struct NoteSignature: Sendable, Hashable {
  package let name: String
  /// Four bytes; with the name it tells which key signed, and how.
  package let identifier: [UInt8]
  /// What the kind of the key says: 64 bytes, or eight of time before them.
  package let bytes: [UInt8]

  init(name: String, identifier: [UInt8], bytes: [UInt8]) {
    self.name = name
    self.identifier = identifier
    self.bytes = bytes
  }

  /// Reads a line without its line end; nil for any other form.
  package init?(line: some StringProtocol) {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "—", Self.isName(parts[1]),
      let data = Data(base64Encoded: String(parts[2])), data.count > 4,
      data.base64EncodedString() == parts[2]
    else { return nil }
    name = String(parts[1])
    identifier = Array(data.prefix(4))
    bytes = Array(data.dropFirst(4))
  }

  /// The line, without its line end.
  package var line: String { "— \(name) \(Data(identifier + bytes).base64EncodedString())" }

  /// Whether a key may be called so.
  static func isName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0.value != 0x7F && $0 != "+" && !$0.properties.isWhitespace
      }
  }

  /// Whether this is of that key, by name and id; whether it is valid is another question.
  func isOf(_ key: NoteKey) throws(CryptographyError) -> Bool {
    guard name == key.name else { return false }
    return try key.identifier() == identifier
  }

  /// Whether it is a valid signature of a note's text by that key.
  ///
  /// - Throws: `library`.
  func isValid(of text: String, by key: NoteKey) throws(CryptographyError) -> Bool {
    guard try isOf(key) else { return false }
    switch key.kind {
    case .note:
      return try isValidSignature(bytes, of: Array(text.utf8), publicKey: key.publicKey)
    case .cosignature:
      guard bytes.count == 72, let seconds else { return false }
      return try isValidSignature(
        Array(bytes[8...]),
        of: Self.cosigned(text, at: seconds),
        publicKey: key.publicKey
      )
    }
  }

  /// When a witness says that it signed, in seconds since 1970; nil for a time that no clock has.
  var seconds: Int64? {
    guard bytes.count == 72 else { return nil }
    return Int64(exactly: bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// What a witness signs: the time, then the whole text of the note.
  static func cosigned(_ text: String, at seconds: Int64) -> [UInt8] {
    Array("cosignature/v1\ntime \(max(0, seconds))\n\(text)".utf8)
  }
}
