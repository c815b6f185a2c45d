import Cryptography

/// A secret that a partner has chosen: from standard input alone.
enum PartnerSecret {
  private static let limit = 256

  /// Reads the secret that option `--secret -` announces; nil without it, for one that is made.
  ///
  /// - Throws: `UsageError` for another value than `-`, which others can see, and for none; as
  ///   `StandardInput`.
  static func given(_ option: String?) throws -> SecretBytes? {
    guard let option else { return nil }
    guard option == "-" else {
      throw UsageError(
        "option '--secret' takes '-' alone: the secret is read from standard input",
        hint: "the shell keeps what was typed: agree on another secret"
      )
    }
    let (bytes, count) = try StandardInput.secret(limit: limit)
    let length = unsafe bytes.withBytes { bytes in
      unsafe bytes[..<count].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? count
    }
    guard length > 0 else { throw UsageError("found no secret on standard input") }
    return try unsafe bytes.withBytes { (bytes) throws(CryptographyError) in
      try unsafe SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<length]))
    }
  }
}
