import Cryptography

/// The hash of a line as a leaf of the log's tree (RFC 6962, 2.1): SHA-256(0x00‖line without LF).
///
/// One context serves all lines. The stored bytes are hashed, never a line written anew.
struct LeafHash: ~Copyable {
  private var digest: SHA256
  private static let prefix: [UInt8] = [0]

  init() throws(CryptographyError) { digest = try SHA256() }

  /// Writes the 32 bytes of a line's hash over those of an array.
  mutating func hash(
    _ line: Span<UInt8>,
    to output: inout [UInt8]
  ) throws(CryptographyError) {
    try digest.update(Self.prefix)
    try digest.update(line)
    try digest.finish(to: &output)
  }

  static func hash(_ line: [UInt8]) throws(CryptographyError) -> String {
    var leaf = try LeafHash()
    var output: [UInt8] = []
    try leaf.hash(line.span, to: &output)
    return lowerHex(output)
  }
}
