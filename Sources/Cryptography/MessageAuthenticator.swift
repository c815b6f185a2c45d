/// HMAC-SHA-256 with a key set once and a context reused for every message (RFC 2104).
///
/// One a worker and label. Setting the key again for each value would cost twice the time: it is
/// two blocks of SHA-256, as many as a short message.
@safe package struct MessageAuthenticator: ~Copyable {
  private let context: OpaquePointer

  /// - Throws: `library` when libcrypto refuses.
  package init(key: SecretBytes) throws(CryptographyError) {
    unsafe context = try key.withBytes { (bytes) throws(CryptographyError) in
      try unsafe LibCrypto.makeAuthenticator(key: bytes)
    }
  }

  deinit { unsafe LibCrypto.freeAuthenticator(context) }

  /// The first 16 bytes of a message's keyed hash, as two big-endian numbers.
  ///
  /// - Note: Clear identifiers pass through here.
  /// - Throws: `library`; a failed hash must never become a token.
  package mutating func tag(
    _ message: UnsafeRawBufferPointer
  ) throws(CryptographyError) -> (high: UInt64, low: UInt64) {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    try unsafe withUnsafeMutableBytes(of: &words) { (raw) throws(CryptographyError) in
      guard let output = raw.baseAddress else { throw .library(operation: "HMAC-SHA-256") }
      try unsafe LibCrypto.authenticate(context, message, to: output)
    }
    return (UInt64(bigEndian: words.0), UInt64(bigEndian: words.1))
  }

  /// The first 16 bytes of a message's keyed hash, as two big-endian numbers.
  ///
  /// - Note: Clear identifiers pass through here.
  package mutating func tag(
    _ message: Span<UInt8>
  ) throws(CryptographyError) -> (high: UInt64, low: UInt64) {
    try unsafe message.withUnsafeBytes { (raw) throws(CryptographyError) in try unsafe tag(raw) }
  }

  /// All 32 bytes of a message's keyed hash.
  package mutating func fullTag(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: 32)
    var span = output.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (raw) throws(CryptographyError) in
      guard let output = raw.baseAddress else { throw .library(operation: "HMAC-SHA-256") }
      try unsafe message.span.withUnsafeBytes { (message) throws(CryptographyError) in
        try unsafe LibCrypto.authenticate(context, message, to: output)
      }
    }
    return output
  }

  /// Proves, before row 1, that a reused context is keyed still.
  ///
  /// OpenSSL before 3.0.3 silently gave wrong results. The expected tags are cases 1 and 2 of
  /// RFC 4231; each is asked after another message has passed.
  ///
  /// - Throws: `selfTest`, `memoryLock`, `library`.
  package static func selfTest() throws(CryptographyError) {
    let known: [(key: [UInt8], message: String, tag: (UInt64, UInt64))] = [
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There",
        (0xB034_4C61_D8DB_3853, 0x5CA8_AFCE_AF0B_F12B)
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        (0x5BDC_C146_BF60_754E, 0x6A04_2426_0895_75C7)
      ),
    ]
    for test in known {
      let key = try unsafe test.key.span.withUnsafeBytes { (bytes) throws(CryptographyError) in
        try unsafe SecretBytes(copying: bytes)
      }
      var authenticator = try MessageAuthenticator(key: key)
      for _ in 0..<3 {
        guard try authenticator.tag(Array(test.message.utf8).span) == test.tag else {
          throw .selfTest
        }
        _ = try authenticator.tag([0x01, 0x02].span)
      }
    }
  }
}
