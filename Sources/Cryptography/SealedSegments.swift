/// AES-256-GCM over a file in segments, for what is too large to be sealed at once (NIST SP 800-38D).
///
/// A segment's nonce is its number, and whether it is the last: so none can be moved, repeated or
/// left out at the end unseen. A key seals one file only, or nonces would repeat. All segments also
/// prove the context, which stands in clear at the head of the file.
@safe package struct SealedSegments {
  /// What each segment grows by: its proof.
  package static let overhead = 16

  private let key: SecretBytes
  private let context: [UInt8]
  private var number: UInt64 = 0

  /// Begins with the first segment, to seal or to open.
  ///
  /// - Parameters:
  ///   - key: 32 bytes, for this file alone.
  ///   - context: what the segments belong to.
  package init(key: SecretBytes, context: [UInt8]) {
    self.key = key
    self.context = context
  }

  /// Seals the next segment.
  ///
  /// - Parameters:
  ///   - plain: its bytes; at most a gigabyte.
  ///   - isLast: whether none follows.
  /// - Returns: as many bytes and `overhead`.
  /// - Throws: `library`.
  package mutating func seal(
    _ plain: [UInt8],
    isLast: Bool
  ) throws(CryptographyError) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: plain.count + Self.overhead)
    let nonce = nonce(isLast: isLast)
    let (key, context) = (key, context)
    var span = sealed.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (output) throws(CryptographyError) in
      try unsafe key.withBytes { (key) throws(CryptographyError) in
        try unsafe plain.span.withUnsafeBytes { (plain) throws(CryptographyError) in
          try unsafe LibCrypto.seal(plain, key: key, nonce: nonce, context: context, to: output)
        }
      }
    }
    number += 1
    return sealed
  }

  /// Opens the next segment.
  ///
  /// - Returns: nil when it is not the segment that was sealed here.
  /// - Throws: `library`.
  package mutating func open(
    _ sealed: [UInt8],
    isLast: Bool
  ) throws(CryptographyError) -> [UInt8]? {
    guard sealed.count >= Self.overhead else { return nil }
    var plain = [UInt8](repeating: 0, count: sealed.count - Self.overhead)
    let nonce = nonce(isLast: isLast)
    let (key, context) = (key, context)
    var isProved = false
    var span = plain.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (output) throws(CryptographyError) in
      try unsafe key.withBytes { (key) throws(CryptographyError) in
        try unsafe sealed.span.withUnsafeBytes { (sealed) throws(CryptographyError) in
          isProved = try unsafe LibCrypto.open(
            sealed,
            key: key,
            nonce: nonce,
            context: context,
            to: output
          )
        }
      }
    }
    number += 1
    return isProved ? plain : nil
  }

  /// Twelve bytes: 1 for the last, three zeros, the number big-endian.
  private func nonce(isLast: Bool) -> [UInt8] {
    [isLast ? 1 : 0, 0, 0, 0]
      + (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
  }
}
