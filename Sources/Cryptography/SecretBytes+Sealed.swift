extension SecretBytes {
  /// The secret under another one (AES-256-GCM), to be kept in a file.
  ///
  /// - Parameters:
  ///   - key: 32 bytes that seal this secret and nothing else: the nonce is always the same.
  ///   - context: what the secret is of; it must be given again to open it.
  /// - Returns: as many bytes and 16.
  /// - Throws: `library`.
  package func sealed(
    under key: SecretBytes,
    context: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: count + SealedSegments.overhead)
    var span = sealed.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (output) throws(CryptographyError) in
      try unsafe key.withBytes { (key) throws(CryptographyError) in
        try unsafe withBytes { (plain) throws(CryptographyError) in
          try unsafe LibCrypto.seal(
            plain,
            key: key,
            nonce: Self.nonce,
            context: context,
            to: output
          )
        }
      }
    }
    return sealed
  }

  /// A secret that `sealed` sealed, in locked memory.
  ///
  /// - Returns: nil when it is not one of that key and context.
  /// - Throws: `memoryLock`, `library`.
  package static func opened(
    _ sealed: [UInt8],
    under key: SecretBytes,
    context: [UInt8]
  ) throws(CryptographyError) -> SecretBytes? {
    guard sealed.count > SealedSegments.overhead else { return nil }
    var isProved = false
    let secret = try unsafe SecretBytes(count: sealed.count - SealedSegments.overhead) {
      (output) throws(CryptographyError) in
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
    return isProved ? secret : nil
  }

  private static let nonce = [UInt8](repeating: 0, count: 12)
}
