import Cryptography

/// The hashes of the log's tree (RFC 6962, 2.1): SHA-256(0x00‖line without LF) of a leaf,
/// SHA-256(0x01‖left‖right) of a node.
///
/// One context serves all. The stored bytes are hashed, never a line written anew.
struct TreeHash: ~Copyable {
  private var digest: SHA256
  private var output = [UInt8](repeating: 0, count: 32)
  private var pair = [UInt8](repeating: 0, count: 65)
  private static let leafPrefix: [UInt8] = [0]
  private static let nodePrefix: UInt8 = 1

  init() throws(CryptographyError) { digest = try SHA256() }

  /// The hash of one line.
  mutating func leaf(_ line: Span<UInt8>) throws(CryptographyError) -> TreeDigest {
    try digest.update(Self.leafPrefix)
    try digest.update(line)
    try digest.finish(to: &output)
    return TreeDigest(output)
  }

  /// The hash of the two below.
  mutating func node(
    _ left: TreeDigest,
    _ right: TreeDigest
  ) throws(CryptographyError) -> TreeDigest {
    pair[0] = Self.nodePrefix
    left.write(to: &pair, at: 1)
    right.write(to: &pair, at: 33)
    try digest.update(pair)
    try digest.finish(to: &output)
    return TreeDigest(output)
  }

  /// The root of a tree without a leaf: the hash of nothing.
  mutating func empty() throws(CryptographyError) -> TreeDigest {
    try digest.finish(to: &output)
    return TreeDigest(output)
  }

  /// The hash of one line.
  static func leaf(_ line: [UInt8]) throws(CryptographyError) -> TreeDigest {
    var hash = try TreeHash()
    return try hash.leaf(line.span)
  }
}
