import Cryptography
import Diagnostics
import Files

/// Under which names files are kept in ledger, stage, rejects and manifests.
///
/// Of a name stays what the pattern says, and the shape of the rest; behind `~` stands a keyed digest,
/// by which the same name is known again. The user is told the name itself.
///
/// - Note: Clear identifiers pass through here: some senders name a file after a person.
struct KeptNames: Sendable {
  let key: SecretBytes

  /// So many bytes of a digest tell names of one source apart.
  private static let byteCount = 8

  /// The name to keep of a file; packed and not, it differs in `.gz` alone.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - pattern: that found it.
  /// - Returns: the name itself where the pattern leaves nothing open.
  /// - Throws: `CryptographyError` when libcrypto refuses.
  func name(of path: String, pattern: String) throws(CryptographyError) -> String {
    let name = lastPart(of: path)
    let bare = unpackedName(name)
    let shaped = Self.shaped(path, pattern: pattern)
    guard shaped != name else { return name }
    var authenticator = try MessageAuthenticator(key: key)
    let tag = try authenticator.fullTag(Array(bare.utf8)).prefix(Self.byteCount)
    return unpackedName(shaped) + "~" + lowerHex(Array(tag)) + (bare == name ? "" : ".gz")
  }

  /// The same without the digest, for who has no key.
  static func shaped(_ path: String, pattern: String) -> String {
    shapedName(lastPart(of: path), pattern: lastPart(of: pattern))
  }

  /// A kept name without its digest.
  static func withoutDigest(_ name: String) -> String {
    let bare = unpackedName(name)
    guard let mark = bare.lastIndex(of: "~"),
      bare[mark...].utf8.count == 1 + 2 * byteCount
    else { return name }
    return bare[..<mark] + (bare == name ? "" : ".gz")
  }
}
