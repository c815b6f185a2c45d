/// Keyed BLAKE2b with 64 bytes of output and a context reused for every message (RFC 7693).
///
/// One a worker and key. The key stays in the context; each message costs its own block and that of
/// the key.
@safe package struct KeyedBlake2b: ~Copyable {
  /// Bytes of a digest.
  package static let byteCount = 64

  private let context: OpaquePointer

  /// - Parameter key: of 1 to 64 bytes.
  /// - Throws: `library` when libcrypto refuses.
  package init(key: SecretBytes) throws(CryptographyError) {
    unsafe context = try key.withBytes { (bytes) throws(CryptographyError) in
      try unsafe LibCrypto.makeKeyedBlake2b(key: bytes)
    }
  }

  deinit { unsafe LibCrypto.freeAuthenticator(context) }

  /// Sets the salt of the messages to come.
  ///
  /// - Parameter salt: at most 16 bytes; shorter ones are followed by zeros, as RFC 7693 has it.
  /// - Throws: `library` for a longer one.
  package mutating func set(salt: [UInt8]) throws(CryptographyError) {
    try unsafe salt.span.withUnsafeBytes { (salt) throws(CryptographyError) in
      try unsafe LibCrypto.setSalt(context, salt)
    }
  }

  /// Writes a message's digest over an array's first 64 bytes; a shorter array is made longer.
  ///
  /// - Note: Clear identifiers pass through here.
  /// - Throws: `library`; a failed digest must never become a filter.
  package mutating func digest(
    _ message: Span<UInt8>,
    to digest: inout [UInt8]
  ) throws(CryptographyError) {
    while digest.count < Self.byteCount { digest.append(0) }
    var span = digest.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (output) throws(CryptographyError) in
      guard let start = output.baseAddress else { throw .library(operation: "keyed BLAKE2b") }
      try unsafe message.withUnsafeBytes { (message) throws(CryptographyError) in
        try unsafe LibCrypto.digestKeyed(context, message, to: start)
      }
    }
  }

  /// Proves, before row 1, that a reused context is keyed still and forgets no salt.
  ///
  /// The expected digests are those of Python's `hashlib`; each is asked after another message has
  /// passed.
  ///
  /// - Throws: `selfTest`, `memoryLock`, `library`.
  package static func selfTest() throws(CryptographyError) {
    let key = Array(UInt8(0)..<64)
    let secret = try unsafe key.span.withUnsafeBytes { (bytes) throws(CryptographyError) in
      try unsafe SecretBytes(copying: bytes)
    }
    var keyed = try KeyedBlake2b(key: secret)
    var digest: [UInt8] = []
    for _ in 0..<2 {
      for test in [
        (
          "0",
          "c39db6c2ff95b2b71fdb3f3904f46cb4f8c6d08caf1a6fcb959a4a4e47c0b334"
            + "f1c7a87899bc123f25e3970f19b515c2bac346ca0c341e80b68c9d671efde83f"
        ),
        (
          "1",
          "621833896bd31735af8267b153d6bff0870836e9fa92dc2f4800503654112c70"
            + "a7a80a4edb0efcd1136d0f898c5b02eff8ba7d296def02cdbcc2be23294344b4"
        ),
      ] {
        try keyed.set(salt: Array(test.0.utf8))
        for _ in 0..<2 {
          try keyed.digest([1, 2, 3].span, to: &digest)
          try keyed.digest(Array("koppel".utf8).span, to: &digest)
          guard lowerHex(digest) == test.1 else { throw .selfTest }
        }
      }
    }
  }
}
