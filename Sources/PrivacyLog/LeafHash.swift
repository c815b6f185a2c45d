import Cryptography

/// The hash of a line as a leaf of the log's tree (RFC 6962, 2.1): SHA-256(0x00‖line without LF).
///
/// One context serves all lines. The stored bytes are hashed, never a line written anew.
struct LeafHash: ~Copyable {
  private var digest: SHA256
  private var output = [UInt8](repeating: 0, count: 32)
  private static let prefix: [UInt8] = [0]

  init() throws(CryptographyError) { digest = try SHA256() }

  /// The hash of one line.
  mutating func hash(_ line: Span<UInt8>) throws(CryptographyError) -> LeafDigest {
    try digest.update(Self.prefix)
    try digest.update(line)
    try digest.finish(to: &output)
    return LeafDigest(output)
  }

  /// The hash of one line, in hexadecimal.
  static func hash(_ line: [UInt8]) throws(CryptographyError) -> String {
    var leaf = try LeafHash()
    return try leaf.hash(line.span).hex
  }
}
