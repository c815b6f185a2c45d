/// A key that signs: Ed25519 (RFC 8032), of a seed of 32 bytes.
///
/// The same message always gets the same signature, so no generator of random numbers can give the
/// key away. libcrypto signs in constant time.
package final class SigningKey: Sendable {
  private let seed: SecretBytes
  /// 32 bytes, known to everybody.
  package let publicKey: [UInt8]

  /// - Parameter seed: 32 bytes that nobody can foresee.
  /// - Throws: `seed` for another count; `library`.
  package init(seed: SecretBytes) throws(CryptographyError) {
    guard seed.count == 32 else { throw .seed(count: seed.count) }
    self.seed = seed
    var publicKey = [UInt8](repeating: 0, count: 32)
    var span = publicKey.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (output) throws(CryptographyError) in
      try unsafe seed.withBytes { (seed) throws(CryptographyError) in
        try unsafe LibCrypto.publicKey(seed: seed, to: output)
      }
    }
    self.publicKey = publicKey
  }

  /// Signs a message.
  ///
  /// - Returns: 64 bytes.
  /// - Throws: `library`.
  package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: 64)
    var span = signature.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (output) throws(CryptographyError) in
      try unsafe message.span.withUnsafeBytes { (message) throws(CryptographyError) in
        try unsafe seed.withBytes { (seed) throws(CryptographyError) in
          try unsafe LibCrypto.sign(seed: seed, message, to: output)
        }
      }
    }
    return signature
  }
}

extension SigningKey: CustomStringConvertible {
  /// The public key, never the seed.
  package var description: String { "signing key \(lowerHex(publicKey))" }
}

/// Whether bytes are the Ed25519 signature of a message under a public key.
///
/// Signature, message and key are all public, so nothing is lost by the time that this takes.
///
/// - Returns: false also for a signature that is not 64 bytes or a key that is not 32.
/// - Throws: `library` when libcrypto cannot tell.
package func isValidSignature(
  _ signature: [UInt8],
  of message: [UInt8],
  publicKey: [UInt8]
) throws(CryptographyError) -> Bool {
  guard signature.count == 64, publicKey.count == 32 else { return false }
  return try unsafe signature.span.withUnsafeBytes { (signature) throws(CryptographyError) in
    try unsafe message.span.withUnsafeBytes { (message) throws(CryptographyError) in
      try unsafe publicKey.span.withUnsafeBytes { (key) throws(CryptographyError) in
        try unsafe LibCrypto.isSignature(signature, of: message, publicKey: key)
      }
    }
  }
}
